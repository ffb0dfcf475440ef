import { grantedScopes, readClaims } from '../../../../model/claims.ts';
import { isCovered } from '../../../../model/scopes.ts';
import type { SqlDriver } from '../../driver.ts';
import { readTraits } from '../../principal-traits.ts';

/** Scopes of one principal. `used` and `unused` are empty when no description in the case says which scopes its calls needed. */
export interface ScopeUse {
  readonly granted: readonly string[];
  readonly used: readonly string[];
  readonly unused: readonly string[];
}

interface Alternative {
  readonly scheme: string;
  readonly scopes: readonly string[];
}

/** SQL test for a column that names a principal: one of these row ids, or any. */
export const ofPrincipals = (column: string, among: readonly number[] | undefined): string =>
  among === undefined ? `${column} IS NOT NULL` : `${column} IN (${among.join(', ')})`;

/** Scopes that lists of principals in the case's knowledge grant, by row id of the principal, as the principals pass matched them. */
export function readListedScopes(db: SqlDriver, among?: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const rows = db
    .prepare(`SELECT id, traits FROM principal WHERE instr(traits, '"grants":') > 0 AND ${ofPrincipals('id', among)}`)
    .all<{ id: number; traits: string }>();
  return new Map(
    rows.flatMap(({ id, traits }) => {
      const { grants } = readTraits(traits);
      return grants === undefined ? [] : [[id, grants] as const];
    }),
  );
}

/**
 * What each principal's tokens and lists of principals allow and what its successful calls needed, by row id of the principal; `among`:
 * of these only.
 * Source: an operation's `security` names the scopes that it needs. With several alternatives the one counts that the
 * tokens satisfy, else the first. A scope that covers a needed one (`orders:*` for `orders:read`) counts as used.
 */
export function readScopeUse(db: SqlDriver, among?: readonly number[]): ReadonlyMap<number, ScopeUse> {
  const granted = new Map<number, Set<string>>();
  const tokens = db
    .prepare(
      `SELECT u.principal_id AS principal, c.jwt_claims AS claims FROM credential_use u JOIN credential c ON c.id = u.credential_id WHERE ${ofPrincipals('u.principal_id', among)} AND c.jwt_claims IS NOT NULL`,
    )
    .all<{ principal: number; claims: string }>();
  for (const { principal, claims } of tokens) {
    let scopes = granted.get(principal);
    if (scopes === undefined) granted.set(principal, (scopes = new Set()));
    for (const scope of grantedScopes(readClaims(claims) ?? {})) scopes.add(scope);
  }
  for (const [principal, scopes] of readListedScopes(db, among))
    granted.set(principal, new Set([...(granted.get(principal) ?? []), ...scopes]));
  const needed = new Map<number, Set<string>>();
  const uses = db
    .prepare(
      `SELECT u.principal_id AS principal, o.security FROM operation_use u JOIN operation o ON o.id = u.operation_id WHERE o.security <> '[]' AND ${ofPrincipals('u.principal_id', among)}`,
    )
    .all<{ principal: number; security: string }>();
  for (const { principal, security } of uses) {
    const scopes = neededScopes(security, granted.get(principal) ?? new Set());
    if (scopes.length === 0) continue;
    let known = needed.get(principal);
    if (known === undefined) needed.set(principal, (known = new Set()));
    for (const scope of scopes) known.add(scope);
  }
  const result = new Map<number, ScopeUse>();
  for (const principal of new Set([...granted.keys(), ...needed.keys()])) {
    const all = [...(granted.get(principal) ?? [])].sort();
    const wanted = needed.get(principal);
    const used = wanted === undefined ? [] : all.filter((scope) => [...wanted].some((need) => meets(scope, need, all)));
    result.set(principal, { granted: all, used, unused: wanted === undefined ? [] : all.filter((scope) => !used.includes(scope)) });
  }
  return result;
}

/** A scope was used for a need that is itself; a stronger one only where the caller did not hold the needed one. */
const meets = (scope: string, need: string, granted: readonly string[]): boolean =>
  granted.includes(need) ? scope === need : isCovered(need, [scope]);

/** Scopes that an operation needs of a caller with these. */
function neededScopes(security: string, granted: ReadonlySet<string>): readonly string[] {
  // Written by `write.ts` from what the importer read.
  const alternatives = (JSON.parse(security) as readonly Alternative[]).filter(({ scopes }) => scopes.length > 0);
  const satisfied = alternatives.find(({ scopes }) => scopes.every((need) => isCovered(need, [...granted])));
  return (satisfied ?? alternatives[0])?.scopes ?? [];
}
