import { groupBy } from '../../../lib/group-by.ts';
import { quantileOfSorted, sortNumbers } from '../../../lib/stats.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Tokens of a host that must be seen before its clock is judged by them. */
const MIN_TOKENS = 5;

/**
 * How far the clock behind each host's log may be off, told by tokens that it accepted: a token used "before" it was issued shows a slow clock,
 * and a slow or fast clock also makes good tokens look expired. The tenth of the tokens that looks earliest is taken, so that one forged
 * token does not decide. Units: s; 0 where the tokens show nothing.
 */
export function readSkews(db: SqlDriver): ReadonlyMap<number, number> {
  const rows = db
    .prepare(
      `SELECT h.host_id AS host, h.first_use / 1e6 - json_extract(k.jwt_claims, '$.iat') AS age, h.last_use / 1e6 - json_extract(k.jwt_claims, '$.exp') AS late
         FROM credential_host h JOIN credential k ON k.id = h.credential_id
        WHERE h.accepted > 0 AND h.first_use IS NOT NULL AND json_type(k.jwt_claims, '$.iat') IN ('integer', 'real')`,
    )
    .all<{ host: number; age: number; late: number | null }>();
  const hosts = groupBy(rows, ({ host }) => host);
  return new Map(
    [...hosts].map(([host, seen]) => {
      if (seen.length < MIN_TOKENS) return [host, 0];
      const early = quantileOfSorted(sortNumbers(seen.map(({ age }) => age)), 0.1);
      // Half of all tokens late by about as much is a clock; single ones are not.
      const late = quantileOfSorted(sortNumbers(seen.map(({ late: by }) => by ?? -Infinity)), 0.5);
      return [host, Math.max(0, -early, late)];
    }),
  );
}
