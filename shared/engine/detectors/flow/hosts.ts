import { isInternalHost, registrableDomain } from '../../../lib/domains.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Which hosts belong to the estate under investigation, and how we know. */
export interface Estate {
  readonly domains: readonly string[];
  readonly how: string;
  /** Hosts outside of it, by interned text. */
  readonly foreign: ReadonlyMap<number, string>;
}

function specificationDomains(db: SqlDriver): readonly string[] {
  const domains = new Set<string>();
  for (const row of db.prepare('SELECT servers FROM specification').all<{ servers: string }>()) {
    // Written by the import, always an array of texts.
    for (const server of JSON.parse(row.servers) as readonly string[]) {
      if (!URL.canParse(server)) continue;
      const host = new URL(server).hostname;
      if (!isInternalHost(host)) domains.add(registrableDomain(host));
    }
  }
  return [...domains].sort();
}

/** Calls per host, of calls that stand for themselves. */
const hostCounts = (db: SqlDriver): readonly { readonly id: number; readonly host: string; readonly calls: number }[] =>
  db
    .prepare(
      'SELECT t.id, t.value AS host, n.calls FROM (SELECT host_id, count(*) AS calls FROM call WHERE host_id IS NOT NULL GROUP BY host_id) n JOIN term t ON t.id = n.host_id ORDER BY t.value',
    )
    .all<{ id: number; host: string; calls: number }>();

/**
 * The estate is what the API descriptions name; without any, the registrable domain that got most calls. Internal names always belong.
 */
export function readEstate(db: SqlDriver): Estate {
  const hosts = hostCounts(db);
  let domains = specificationDomains(db);
  let how = 'the domains that the API descriptions name';
  if (domains.length === 0) {
    const calls = new Map<string, number>();
    for (const row of hosts)
      if (!isInternalHost(row.host)) calls.set(registrableDomain(row.host), (calls.get(registrableDomain(row.host)) ?? 0) + row.calls);
    const most = [...calls].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    domains = most === undefined ? [] : [most[0]];
    how = 'no API description names it, so it is taken to be the domain that got most calls';
  }
  const own = new Set(domains);
  const foreign = new Map<number, string>();
  for (const row of hosts) if (!isInternalHost(row.host) && !own.has(registrableDomain(row.host))) foreign.set(row.id, row.host);
  return { domains, how, foreign };
}
