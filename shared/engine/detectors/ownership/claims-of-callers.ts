import { isJsonObject, type Json } from '../../../lib/json.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readScopes } from '../jwt/claims.ts';

/** Claims that say nothing about who somebody is. Source: RFC 7519, 4.1, and RFC 9068. */
const NO_IDENTITY = /^(?:iss|aud|exp|iat|nbf|jti|typ|alg|azp|client_id|scope|scopes|scp|roles?|groups?|permissions|acr|amr|auth_time|sid|nonce|at_hash|ver|act|may_act|cnf)$/; // prettier-ignore
const MAX_LENGTH = 120;

/** What a token says about who holds it. */
export interface HolderClaims {
  /** Claim names and values that may name an object's owner. */
  readonly identity: ReadonlyMap<string, string>;
  /** Program, scopes and roles as one text: holders of the same cluster may do the same. */
  readonly cluster: string;
  /** Somebody acts for the subject: he may touch what is not his own. */
  readonly isDelegated: boolean;
}

const textOf = (value: Json | undefined): string => JSON.stringify(value ?? null);

/** Claims of all readable tokens, by credential. Subjects written as `user:17` or `auth0|17` also count as `17`. */
export function readHolderClaims(db: SqlDriver): ReadonlyMap<number, HolderClaims> {
  const holders = new Map<number, HolderClaims>();
  for (const { id, claims: text } of db.prepare('SELECT id, jwt_claims AS claims FROM credential WHERE jwt_claims IS NOT NULL').all<{ id: number; claims: string }>()) {
    // Written by the intake.
    const claims: unknown = JSON.parse(text);
    if (!isJsonObject(claims)) continue;
    const identity = new Map<string, string>();
    for (const [name, value] of Object.entries(claims)) {
      if (NO_IDENTITY.test(name) || (typeof value !== 'string' && typeof value !== 'number')) continue;
      const plain = String(value).split(/[:|/]/).at(-1) ?? '';
      if (plain !== '' && plain.length <= MAX_LENGTH) identity.set(name, plain);
    }
    const cluster = [claims['client_id'] ?? claims['azp'], [...readScopes(claims)].sort(), claims['roles'] ?? claims['groups']].map((each) => textOf(each)).join(' '); // prettier-ignore
    holders.set(id, { identity, cluster, isDelegated: claims['act'] !== undefined });
  }
  return holders;
} // prettier-ignore
