import { joinNodes, type QueryNode } from './ast.ts';
import { listClauses, removeClause, replaceClause } from './clauses.ts';
import { addClause, toClause } from './edit.ts';
import type { FieldName } from './fields.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';

/** How a query stands to one value of a field. */
export type ValueState = 'included' | 'excluded' | 'open';

/** The values that a condition asks a field for, one node each; `undefined` when it asks for something else. */
function alternativesOf(node: QueryNode, field: FieldName): readonly QueryNode[] | undefined {
  if (node.kind === 'match') return node.field === field ? node.values.map((value) => ({ ...node, values: [value] })) : undefined;
  if (node.kind === 'compare') return node.field === field && node.op === '=' ? [node] : undefined;
  if (node.kind !== 'or') return undefined;
  const parts = node.items.map((item) => alternativesOf(item, field));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function nodeOf(field: FieldName, value: string): QueryNode | undefined {
  const parsed = parseQuery(toClause(field, value));
  return parsed.ok ? parsed.ast : undefined;
}

/** Alternatives as one condition: `status:(403 or 404)`. */
function joinAlternatives(nodes: readonly QueryNode[]): string {
  const [first] = nodes;
  const patterns = nodes.map((node) => (node.kind === 'match' ? node.values : undefined));
  if (first?.kind === 'match' && patterns.every((values) => values !== undefined)) return printQuery({ ...first, values: patterns.flat() });
  return printQuery(joinNodes('or', nodes));
}

const sameAs =
  (node: QueryNode) =>
  (other: QueryNode): boolean =>
    printQuery(other) === printQuery(node);

/**
 * Makes the function that says whether a query asks for a value of a field, rules it out, or says nothing of it.
 * Cost: reads the query once, and each field's conditions once, however many values are asked about.
 */
export function valueStates(text: string): (field: FieldName, value: string) => ValueState {
  const clauses = listClauses(text);
  const byField = new Map<FieldName, ReadonlyMap<string, ValueState>>();
  const statesOf = (field: FieldName): ReadonlyMap<string, ValueState> => {
    const states = new Map<string, ValueState>();
    // Of two conditions on one value the first counts.
    for (const { node, negated } of clauses.toReversed())
      for (const asked of alternativesOf(node.kind === 'not' ? node.item : node, field) ?? [])
        states.set(printQuery(asked), negated ? 'excluded' : 'included');
    byField.set(field, states);
    return states;
  };
  return (field, value) => {
    const states = byField.get(field) ?? statesOf(field);
    const node = states.size === 0 ? undefined : nodeOf(field, value);
    return (node === undefined ? undefined : states.get(printQuery(node))) ?? 'open';
  };
}

/**
 * The query that asks for a value as well: beside other values of the same field, one of them is enough, so
 * `status:403` becomes `status:(403 or 404)`; else the condition is added.
 */
export function includeValue(text: string, field: FieldName, value: string): string {
  const node = nodeOf(field, value);
  const clauses = listClauses(text);
  const index = clauses.findIndex((clause) => clause.node.kind !== 'not' && alternativesOf(clause.node, field) !== undefined);
  const asked = clauses[index] === undefined ? undefined : alternativesOf(clauses[index].node, field);
  if (node === undefined || asked === undefined) return addClause(text, toClause(field, value));
  return asked.some(sameAs(node)) ? text : replaceClause(text, index, joinAlternatives([...asked, node]));
}

/** The query that no longer asks for a value, nor rules it out. */
export function forgetValue(text: string, field: FieldName, value: string): string {
  const node = nodeOf(field, value);
  if (node === undefined) return text;
  let left = text;
  for (let index = listClauses(text).length - 1; index >= 0; index -= 1) {
    const clause = listClauses(left)[index];
    const isNot = clause?.node.kind === 'not';
    const item = clause?.node.kind === 'not' ? clause.node.item : clause?.node;
    const asked = item === undefined ? undefined : alternativesOf(item, field);
    if (asked?.some(sameAs(node)) !== true) continue;
    const kept = asked.filter((other) => !sameAs(node)(other));
    left = kept.length === 0 ? removeClause(left, index) : replaceClause(left, index, `${isNot ? '-' : ''}${joinAlternatives(kept)}`);
  }
  return left;
}
