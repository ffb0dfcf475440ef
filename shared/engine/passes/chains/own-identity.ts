import { isJsonObject, type Json } from '../../../lib/json.ts';
import { valueFingerprint } from '../../intake/value-forms.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Claims that say who the caller is or where it belongs: a caller repeats them in every call of its own accord. */
const IDENTITY_CLAIMS = [
  'sub',
  'client_id',
  'azp',
  'cid',
  'appid',
  'email',
  'preferred_username',
  'upn',
  'oid',
  'tid',
  'tenant',
  'tenant_id',
  'org_id',
  'iss',
  'aud',
  'jti',
  'sid',
];

const textsOf = (value: Json | undefined): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
};

/** Fingerprints of what each principal says about itself; such a value in its request did not come from an answer. */
export function readOwnIdentities(db: SqlDriver, crypto: CryptoPort, caseKey: Uint8Array): ReadonlyMap<number, ReadonlySet<number>> {
  const own = new Map<number, Set<number>>();
  const add = (principal: number, text: string): void => {
    const set = own.get(principal) ?? new Set<number>();
    own.set(principal, set);
    set.add(valueFingerprint(crypto, caseKey, text));
    set.add(valueFingerprint(crypto, caseKey, text.toLowerCase()));
  };
  for (const row of db.prepare('SELECT id, label FROM principal').all<{ id: number; label: string }>()) {
    for (const part of new Set([row.label, ...row.label.split(/[\s→,()]+/)])) if (part.length >= 4) add(row.id, part);
  }
  const credentials = db
    .prepare(
      'SELECT u.principal_id AS principal, c.jwt_claims AS claims, c.label FROM credential_use u JOIN credential c ON c.id = u.credential_id WHERE u.principal_id IS NOT NULL',
    )
    .all<{ principal: number; claims: string | null; label: string | null }>();
  for (const row of credentials) {
    if (row.label !== null) add(row.principal, row.label);
    if (row.claims === null) continue;
    const claims: unknown = JSON.parse(row.claims);
    if (!isJsonObject(claims)) continue;
    for (const name of IDENTITY_CLAIMS) for (const text of textsOf(claims[name])) add(row.principal, text);
  }
  return own;
}
