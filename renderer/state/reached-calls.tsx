import type { Spread, SpreadStep } from '#shared/contract/graph.ts';
import { addClause } from '#shared/query/edit.ts';
import { matching } from '../query/queries.ts';
import { CountLink } from './count-link.tsx';
import { toCalls } from './places.ts';

interface ReachedCallsProps {
  readonly data: Spread;
  readonly step: SpreadStep;
  /** The query whose calls spread. */
  readonly query: string;
}

/** How many calls went to a host of a spread, leading to them; plain where calls are counted in that the query does not name. */
export function ReachedCalls({ data, step: { host, calls }, query }: ReachedCallsProps) {
  const there = host === '' ? '-has:host' : matching('host', host);
  return (
    <CountLink count={calls} to={data.followed > 0 ? undefined : toCalls(addClause(query, there))} title="Show the calls to this host" />
  );
}
