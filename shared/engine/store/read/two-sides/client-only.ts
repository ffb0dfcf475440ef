import type { SideReason } from '../../../../contract/two-sides.ts';
import type { StoredDetail } from '../../../intake/masking/masked-call.ts';
import type { SqlDriver } from '../../driver.ts';
import type { Sides } from './read-sides.ts';
import type { SideCall } from './side-call.ts';

/** What is known of the logs beside a capture, for saying why a request is in none of them. Times on the capture's clock, in µs. */
export interface LogReach {
  /** True when some log shows requests to the host. */
  readonly servesHost: (host: number | undefined) => boolean;
  /** True when some log has records before and after the time. */
  readonly coversTime: (time: number) => boolean;
}

const extra = (detail: StoredDetail, name: string): string | undefined => detail.extras?.find(([key]) => key === name)?.[1];

/**
 * Why only the client's side shows a request, by what the capture itself says of it first, then by what the logs could have seen.
 * Example: Chrome writes `_fromCache: "disk"` for what never left the browser.
 */
export function reasonOf(call: SideCall, detail: StoredDetail, reach: LogReach): SideReason {
  const from = (extra(detail, 'from-cache') ?? '').toLowerCase();
  const worker = extra(detail, 'service-worker');
  if ((worker !== undefined && worker !== 'network') || from.includes('worker')) return 'service-worker';
  if (from !== '' && from !== 'false' && !from.includes('network')) return 'cached';
  if (call.status === undefined || call.status === 0) return 'failed';
  if (!reach.servesHost(call.host)) return 'other-host';
  if (call.start === undefined || !reach.coversTime(call.start)) return 'outside-log';
  return 'never-arrived';
}

/** What the logs beside a capture could have seen. Cost: a look-up by host for each host, and one by source for each log. */
export function logReach(db: SqlDriver, { logs, matched, changed }: Sides): LogReach {
  const served = new Set([...matched, ...changed].map(({ client }) => client.host));
  const known = new Map<number, boolean>();
  const select = db.prepare('SELECT 1 AS yes FROM call WHERE host_id = ? AND +source_id = ? LIMIT 1');
  const isLogged = (host: number): boolean => logs.some(({ source }) => select.get<{ yes: number }>(host, source) !== undefined);
  const range = db.prepare('SELECT min(time) AS first, max(time) AS last FROM call WHERE source_id = ?');
  const spans = logs.flatMap(({ source, skew }) => {
    const row = range.get<{ first: number | null; last: number | null }>(source);
    return row === undefined || row.first === null || row.last === null ? [] : [[row.first - skew, row.last - skew] as const];
  });
  return {
    servesHost(host) {
      if (host === undefined || served.has(host)) return host !== undefined;
      let isServed = known.get(host);
      if (isServed === undefined) known.set(host, (isServed = isLogged(host)));
      return isServed;
    },
    coversTime: (time) => spans.some(([first, last]) => first <= time && time <= last),
  };
}
