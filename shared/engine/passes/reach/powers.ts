import { textHash } from '../../../lib/text-hash.ts';
import { claimList, claimText, grantedScopes, readClaims } from '../../../model/claims.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A credential and what stands for its power: equal for tokens of one issuer, audiences and scopes. */
export interface Power {
  readonly credential: number;
  readonly power: number;
}

/** The powers of tokens that name scopes; others say nothing about what they may do. */
export function readPowers(db: SqlDriver): readonly Power[] {
  const powers: Power[] = [];
  const rows = db.prepare('SELECT id, jwt_claims AS claims FROM credential WHERE jwt_claims IS NOT NULL');
  for (const { id, claims } of rows.iterate<{ id: number; claims: string }>()) {
    const read = readClaims(claims) ?? {};
    const scopes = [...grantedScopes(read)].sort();
    if (scopes.length === 0) continue;
    const parts = [claimText(read, 'iss') ?? '', [...claimList(read, 'aud')].sort(), scopes];
    powers.push({ credential: id, power: textHash(JSON.stringify(parts)) });
  }
  return powers;
}
