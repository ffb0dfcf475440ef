import { LIFETIME_BANDS, type IssuerLifetimes, type Rotation } from '../../../../contract/credentials.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import { quantileOfSorted, sortNumbers } from '../../../../lib/stats.ts';
import { claimSeconds, claimText, readClaims } from '../../../../model/claims.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';

/** The band of a lifetime; the one after the last is longer, the one after that has no end. */
const bandOf = (lifetime: number | undefined): number => {
  if (lifetime === undefined) return LIFETIME_BANDS.length + 1;
  const at = LIFETIME_BANDS.findIndex((end) => lifetime <= end);
  return at < 0 ? LIFETIME_BANDS.length : at;
};

/** How long the tokens of each issuer are good, by band; issuers with most tokens first. */
export function listLifetimes(db: SqlDriver): readonly IssuerLifetimes[] {
  const tokens = db
    .prepare('SELECT k.jwt_claims AS claims FROM credential k JOIN credential_use u ON u.credential_id = k.id WHERE k.jwt_claims IS NOT NULL AND u.calls > 0')
    .all<{ claims: string }>()
    .map(({ claims: text }) => {
      const claims = readClaims(text) ?? {};
      const [issued, expires] = [claimSeconds(claims, 'iat') ?? claimSeconds(claims, 'nbf'), claimSeconds(claims, 'exp')];
      return { issuer: claimText(claims, 'iss') ?? '', lifetime: issued === undefined || expires === undefined ? undefined : expires - issued };
    });
  return [...groupBy(tokens, ({ issuer }) => issuer)]
    .map(([issuer, own]) => {
      const bands = new Array<number>(LIFETIME_BANDS.length + 2).fill(0);
      for (const { lifetime } of own) bands[bandOf(lifetime)] = (bands[bandOf(lifetime)] ?? 0) + 1;
      const known = sortNumbers(own.flatMap(({ lifetime }) => lifetime ?? []));
      return { issuer, tokens: own.length, ...(known.length === 0 ? {} : { medianSeconds: Math.round(quantileOfSorted(known, 0.5)) }), bands };
    })
    .sort((a, b) => b.tokens - a.tokens || (a.issuer < b.issuer ? -1 : 1));
} // prettier-ignore

/** Owners of static keys in the calendar. */
const MAX_ROTATIONS = 200;

/** The static keys of every owner, in order of first use; owners of several first. */
export function listRotations(db: SqlDriver): readonly Rotation[] {
  const keys = db
    .prepare(
      `SELECT u.key AS id, k.masked, u.first_use AS first, u.last_use AS last, p.key AS principal, p.label
         FROM credential_use u JOIN credential k ON k.id = u.credential_id JOIN principal p ON p.id = u.principal_id
        WHERE k.kind IN ('api-key', 'basic', 'mtls') AND u.first_use IS NOT NULL ORDER BY u.first_use, u.key`,
    )
    .all<{ id: string; masked: string; first: number; last: number; principal: string; label: string }>();
  return [...groupBy(keys, ({ principal }) => principal)]
    .map(([principal, own]) => {
      let overlap = 0;
      let latest = -Infinity;
      for (const { first, last } of own) {
        overlap = Math.max(overlap, Math.min(latest, last) - first);
        latest = Math.max(latest, last);
      }
      return {
        principal,
        label: own[0]?.label ?? principal,
        keys: own.map(({ id, masked, first, last }) => ({ id, masked, first: printTime(epochMicros(first)), last: printTime(epochMicros(last)) })),
        overlapSeconds: Math.max(0, Math.round(overlap / 1e6)),
      };
    })
    .sort((a, b) => b.keys.length - a.keys.length || (a.principal < b.principal ? -1 : 1))
    .slice(0, MAX_ROTATIONS);
} // prettier-ignore
