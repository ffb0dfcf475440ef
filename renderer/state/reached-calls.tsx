import type { Spread, SpreadStep } from '#shared/contract/graph.ts';
import { addClause } from '#shared/query/edit.ts';
import { matching } from '../query/queries.ts';
import { formatPlural } from '../widgets/format.ts';
import { GoLink } from './go-link.tsx';
import { toCalls } from './places.ts';

interface ReachedCallsProps {
  readonly data: Spread;
  readonly step: SpreadStep;
  /** The query whose calls spread. */
  readonly query: string;
}

/** How many calls went to a host of a spread, leading to them; plain where calls are counted in that the query does not name. */
export function ReachedCalls({ data, step: { host, calls }, query }: ReachedCallsProps) {
  const words = formatPlural(calls, 'call');
  if (data.followed > 0) return words;
  return <GoLink to={toCalls(addClause(query, host === '' ? '-has:host' : matching('host', host)))}>{words}</GoLink>;
}
