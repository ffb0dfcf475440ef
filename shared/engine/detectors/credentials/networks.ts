import { useLogs } from '../rows/logs.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** From this share of a source's callers on a network is a carrier, a proxy or an office, not a place. Ratio. */
const SHARED_SHARE = 0.05;
/** Fewer callers than this on one network share nothing yet. */
const MIN_SHARING = 3;

/** Which networks of a source are shared by its callers. */
export interface SharedNetworks {
  /** True for the way out of many callers: a mobile carrier, a proxy, an office, a fleet of one cloud. */
  isShared(source: number, network: string): boolean;
}

/** Counts the callers behind every network. Cost: one read of the contexts. */
export function readSharedNetworks(db: SqlDriver): SharedNetworks {
  useLogs(db);
  const callers = new Map(
    db
      .prepare(
        `SELECT x.source_id AS source, count(DISTINCT ifnull(u.principal_id, -x.credential_id)) AS n
           FROM temp.log_context x JOIN credential_use u USING (credential_id) GROUP BY 1`,
      )
      .all<{ source: number; n: number }>()
      .map(({ source, n }) => [source, n]),
  );
  const shared = new Set<string>();
  for (const { source, network, n } of db
    .prepare(
      `SELECT x.source_id AS source, x.network, count(DISTINCT ifnull(u.principal_id, -x.credential_id)) AS n
         FROM temp.log_context x JOIN credential_use u USING (credential_id) GROUP BY 1, 2 HAVING n >= ${String(MIN_SHARING)}`,
    )
    .all<{ source: number; network: string; n: number }>())
    if (n >= (callers.get(source) ?? 0) * SHARED_SHARE) shared.add(`${String(source)} ${network}`);
  return { isShared: (source, network) => shared.has(`${String(source)} ${network}`) };
}

/** True when two networks lie far apart: no common /16 (IPv4) or /32 (IPv6), or one of each kind. */
export function areFarApart(a: string, b: string): boolean {
  const wide = (network: string): string =>
    network.includes(':') ? network.split(':').slice(0, 2).join(':') : network.split('.').slice(0, 2).join('.');
  return wide(a) !== wide(b);
}

/** True for an IPv4 and an IPv6 network: one machine may have both. */
export const areTwins = (a: string, b: string): boolean => a.includes(':') !== b.includes(':');
