import type { Severity } from '../../../../contract/report-json.ts';
import type { SqlDriver } from '../../driver.ts';
import type { CallFilter } from '../calls/calls.ts';
import type { Member } from './boxes.ts';
import type { Flow } from './flows.ts';

/** A caller and an endpoint with a call that fits and that a finding of an incident names. Ids are row ids, 0 for none. */
export interface NamedPair {
  readonly principal: number;
  readonly endpoint: number;
  readonly severity: Severity;
}

/** Who called what in calls that fit a filter and that findings of incidents name. Cost: the calls that findings name, not those that fit. */
export const namedPairs = (db: SqlDriver, { where, params }: CallFilter): readonly NamedPair[] =>
  db
    .prepare(
      `SELECT DISTINCT coalesce(f.principal_id, 0) AS principal, coalesce(f.endpoint_id, 0) AS endpoint, g.severity AS severity
       FROM finding g CROSS JOIN finding_call n ON n.finding_id = g.id CROSS JOIN call c ON c.id = n.call_id
         LEFT JOIN call_fact f ON f.call_id = c.id
       WHERE g.family = 'incident' AND (${where})`,
    )
    .all<NamedPair>(...params);

/** Callers and endpoints of flows, with their counts. */
export function membersOf(
  flows: readonly Flow[],
  named: readonly NamedPair[],
): readonly [principals: readonly Member[], endpoints: readonly Member[]] {
  const sum = (idOf: (each: { readonly principal: number; readonly endpoint: number }) => number): readonly Member[] => {
    const names = new Set(named.map(idOf));
    const counts = new Map<number, number>();
    for (const flow of flows) counts.set(idOf(flow), (counts.get(idOf(flow)) ?? 0) + flow.calls);
    return [...counts].map(([id, calls]) => ({ id, calls, isNamed: names.has(id) }));
  };
  return [sum(({ principal }) => principal), sum(({ endpoint }) => endpoint)];
}
