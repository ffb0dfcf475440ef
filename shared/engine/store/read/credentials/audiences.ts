import { claimList, readClaims } from '../../../../model/claims.ts';
import type { SqlDriver } from '../../driver.ts';
import { termReader } from '../terms.ts';

/** Calls from which an audience's host is known. */
export const MIN_CALLS = 20;
/** Share of an audience's accepted calls from which a host is one of its own. Several hosts may stand for one service. */
export const OWN_SHARE = 0.05;

/** Which hosts take which audience, learned from what they accepted. */
export interface AudienceMap {
  /** What `host` makes of a token with these audiences: one of its own, a stranger's, or unknown for want of calls. */
  judge(audiences: readonly string[], host: string): 'own' | 'foreign' | 'unknown';
  /** The audience that `host` mostly takes, when it is known. */
  audienceOf(host: string): string | undefined;
  /** Hosts that are known to take an audience. */
  hostsOf(audience: string): readonly string[];
}

/**
 * True when an audience names the host itself, or a domain above it, as a URL or a bare name: a resource indicator may stand for all
 * that is served below it (RFC 8707, section 2: the most specific URI that the client can, which need not be the host).
 */
const names = (audience: string, host: string): boolean => {
  const bare = audience.replace(/^[a-z][\w+.-]*:\/\//i, '').replace(/[/?#].*$/, '').replace(/:\d+$/, '').toLowerCase();
  return bare !== '' && (bare === host.toLowerCase() || (bare.includes('.') && host.toLowerCase().endsWith(`.${bare}`)));
}; // prettier-ignore

/** Learns the map from all tokens. Cost: one read of where credentials were shown. */
export function readAudiences(db: SqlDriver): AudienceMap {
  const term = termReader(db);
  const byAudience = new Map<string, Map<string, number>>();
  const byHost = new Map<string, Map<string, number>>();
  for (const row of db
    .prepare('SELECT h.host_id AS host, h.accepted, k.jwt_claims AS claims FROM credential_host h JOIN credential k ON k.id = h.credential_id WHERE k.jwt_claims IS NOT NULL AND h.accepted > 0')
    .all<{ host: number; accepted: number; claims: string }>()) {
    const host = term(row.host);
    if (host === undefined) continue;
    for (const audience of claimList(readClaims(row.claims) ?? {}, 'aud')) {
      count(byAudience, audience, host, row.accepted);
      count(byHost, host, audience, row.accepted);
    }
  }
  const audienceOf = (host: string): string | undefined => {
    const [top] = [...(byHost.get(host) ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return top !== undefined && top[1] >= MIN_CALLS && top[1] * 2 > total(byHost.get(host)) ? top[0] : undefined;
  };
  const hostsOf = (audience: string): readonly string[] => {
    const hosts = byAudience.get(audience);
    return [...(hosts ?? [])].filter(([, calls]) => calls >= MIN_CALLS && calls / total(hosts) >= OWN_SHARE).map(([host]) => host).sort();
  };
  return {
    audienceOf,
    hostsOf,
    judge(audiences, host) {
      if (audiences.some((audience) => names(audience, host) || hostsOf(audience).includes(host))) return 'own';
      const own = audienceOf(host);
      // Foreign only when both sides are known: the host takes another audience as a rule, and this one has hosts elsewhere.
      return own !== undefined && !audiences.includes(own) && audiences.some((audience) => hostsOf(audience).length > 0) ? 'foreign' : 'unknown';
    },
  };
} // prettier-ignore

function count(map: Map<string, Map<string, number>>, key: string, value: string, by: number): void {
  const inner = map.get(key) ?? new Map<string, number>();
  map.set(key, inner);
  inner.set(value, (inner.get(value) ?? 0) + by);
}

const total = (counts: ReadonlyMap<string, number> | undefined): number =>
  [...(counts ?? new Map<string, number>()).values()].reduce((sum, n) => sum + n, 0);
