import type { JsonObject } from '../../lib/json.ts';
import type { PublicKey } from '../../model/knowledge/key-set.ts';
import type { TokenSignatureJson } from '../../contract/report-json.ts';
import { DECIDED, signatureSentence, stateOf, type TokenSignature } from '../../model/token-signature.ts';
import type { SqlDriver } from './driver.ts';

/**
 * Checks of tokens stand in the case's key-value table, one row a token: out of reach of what a token says of itself, which its
 * header and claims hold.
 */
const KEY = 'token_signature ';

/** SQL: the stored check of credential `c`, as `g.value`. */
export const SIGNATURE_JOIN = `LEFT JOIN meta g ON g.key = '${KEY}' || c.fingerprint`;

/** Keeps what checks came to. A later one replaces an earlier one, save where only the earlier had the key. */
export function signatureStore(db: SqlDriver): (fingerprint: string, signature: TokenSignature) => void {
  const always = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const decided = `json_extract(value, '$.reason') IN (${DECIDED.map((reason) => `'${reason}'`).join()})`;
  const unlessDecided = db.prepare(
    `INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE NOT ${decided}`,
  );
  return (fingerprint, signature) => {
    (DECIDED.includes(signature.reason) ? always : unlessDecided).run(KEY + fingerprint, JSON.stringify(signature));
  };
}

/**
 * What is known of a token's signature now: the check on import, or why there was none. Keys that came after the token can not be
 * tried on it until its source is read again.
 */
export function signatureNow(
  stored: TokenSignature | undefined,
  header: JsonObject,
  keys: readonly Pick<PublicKey, 'kid'>[],
): TokenSignature {
  if (stored === undefined) return { reason: keys.length === 0 ? 'no-keys' : 'keys-later' };
  const hasKeyNow = stored.reason === 'unknown-id' && keys.some(({ kid }) => kid !== undefined && kid === header['kid']);
  return hasKeyNow ? { reason: 'keys-later' } : stored;
}

/** As the report states it. */
export const toSignatureJson = (signature: TokenSignature): TokenSignatureJson => ({
  state: stateOf(signature),
  reason: signature.reason,
  says: signatureSentence(signature),
  ...(signature.file === undefined ? {} : { keySet: signature.file }),
});
