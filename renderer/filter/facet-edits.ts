import { forgetValue, includeValue, valueStates, type ValueState } from '#shared/query/alternatives.ts';
import { addClause, toClause } from '#shared/query/edit.ts';
import { flagStates, forgetFlag } from '#shared/query/flag-states.ts';
import type { FacetField } from './facet-fields.ts';

type Field = FacetField['field'];

/** How a query stands to the values of the fields beside it, and what it becomes when one is chosen. */
export interface FacetEdits {
  stateOf(field: Field, value: string): ValueState;
  include(field: Field, value: string): string;
  exclude(field: Field, value: string): string;
  forget(field: Field, value: string): string;
  /** The query for calls that have no value of a field. */
  without(field: Field): string;
}

/** Reads the query once for all values. */
export function facetEdits(query: string): FacetEdits {
  const [ofValue, ofFlag] = [valueStates(query), flagStates(query)];
  return {
    stateOf: (field, value) => (field === 'flag' ? ofFlag(value) : ofValue(field, value)),
    // A call has any number of flags: two of them narrow the query, where two values of a field widen it.
    include: (field, value) => (field === 'flag' ? addClause(query, value) : includeValue(query, field, value)),
    exclude: (field, value) => addClause(query, field === 'flag' ? `-${value}` : toClause(field, value, true)),
    forget: (field, value) => (field === 'flag' ? forgetFlag(query, value) : forgetValue(query, field, value)),
    without: (field) => addClause(query, `-${field}:*`),
  };
}
