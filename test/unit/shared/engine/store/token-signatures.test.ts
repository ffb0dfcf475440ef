import { expect, test } from 'vitest';
import { caseKey } from '#shared/engine/store/open.ts';
import { localReader } from '#shared/engine/reading/local-reader.ts';
import { SIGNATURE_JOIN, signatureNow, signatureStore } from '#shared/engine/store/token-signatures.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { parseTokenSignature, type TokenSignature } from '#shared/model/token-signature.ts';
import type { IssuerKey } from '#shared/model/knowledge/issuer-key.ts';
import { fixedCrypto, memoryCase, testCodec } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { issuerKeys, newIssuer, signToken } from '#test/support/tokens.ts';

const issuer = newIssuer('Ed25519', 'k1');
const forger = newIssuer('Ed25519', 'k1');
const keys = issuerKeys(issuer.jwk);
const token = signToken(issuer, { alg: 'EdDSA', kid: 'k1' }, { iss: 'https://id.acme.test', sub: 'ann' });
// A token that says of itself that it was checked.
const liar = signToken(forger, { alg: 'EdDSA', kid: 'k1', token_signature: { reason: 'fits' } } as { alg: string }, {
  iss: 'https://id.acme.test',
  sub: 'bob',
  reason: 'fits',
});

const kong = (authorization: string, path = '/a'): string =>
  JSON.stringify({
    request: { method: 'GET', uri: path, headers: { host: 'api.acme.test', authorization } },
    response: { status: 200, size: 1 },
    started_at: 1_790_812_800_000,
    client_ip: '10.0.0.9',
  });

const read = (db: SqlDriver, text: string, known: readonly IssuerKey[]): Promise<unknown> =>
  importText(db, `kong-${String(known.length)}.log`, text, {
    reader: localReader(
      { caseKey: caseKey(db), passingKey: fixedCrypto.randomBytes(32), issuerKeys: known },
      { crypto: fixedCrypto, codec: testCodec },
    ),
  });

const stored = (db: SqlDriver): readonly (TokenSignature | undefined)[] =>
  db
    .prepare(`SELECT g.value AS signature FROM credential c ${SIGNATURE_JOIN} ORDER BY c.id`)
    .all<{ signature: string | null }>()
    .map(({ signature }) => parseTokenSignature(signature));

test('an import keeps what the check of each token came to, and nothing without a key set', async () => {
  const db = memoryCase();
  await read(db, [kong(`Bearer ${token}`), kong(`Bearer ${liar}`), kong(`Bearer ${token}`)].join('\n'), keys);
  expect(stored(db)).toEqual([
    { reason: 'fits', file: 'issuer.json' },
    { reason: 'wrong', file: 'issuer.json' },
  ]);
  const without = memoryCase();
  await read(without, [kong(`Bearer ${token}`), kong(`Bearer ${liar}`)].join('\n'), []);
  expect(stored(without)).toEqual([undefined, undefined]);
  expect(JSON.stringify(without.prepare('SELECT key, value FROM meta').all())).not.toContain('token_signature');
});

test('a token that was read before its key came is checked when it is read again', async () => {
  const db = memoryCase();
  await read(db, kong(`Bearer ${token}`), []);
  await read(db, kong(`Bearer ${token}`, '/b'), keys);
  expect(stored(db)).toEqual([{ reason: 'fits', file: 'issuer.json' }]);
});

test('no part of a signature is in the case', async () => {
  const db = memoryCase();
  await read(db, kong(`Bearer ${token}`), keys);
  const kept = JSON.stringify([db.prepare('SELECT * FROM meta').all(), db.prepare('SELECT * FROM credential').all()]);
  expect(kept).not.toContain(token.slice(token.lastIndexOf('.') + 1));
});

test('a check without the key does not replace one with it', () => {
  const db = memoryCase();
  db.prepare("INSERT INTO credential (fingerprint, kind, masked) VALUES ('f', 'jwt', '…')").run();
  const keep = signatureStore(db);
  const after = (signature: TokenSignature): unknown => (keep('f', signature), stored(db)[0]?.reason);
  expect(after({ reason: 'unknown-id' })).toBe('unknown-id');
  expect(after({ reason: 'wrong' })).toBe('wrong');
  expect(after({ reason: 'unknown-id' })).toBe('wrong');
  expect(after({ reason: 'fits' })).toBe('fits');
});

test('keys that came later are said to have come later', () => {
  const header = { alg: 'EdDSA', kid: 'k1' };
  expect(signatureNow(undefined, header, [])).toEqual({ reason: 'no-keys' });
  expect(signatureNow(undefined, header, keys)).toEqual({ reason: 'keys-later' });
  expect(signatureNow({ reason: 'unknown-id' }, header, keys)).toEqual({ reason: 'keys-later' });
  expect(signatureNow({ reason: 'unknown-id' }, { kid: 'k9' }, keys)).toEqual({ reason: 'unknown-id' });
  expect(signatureNow({ reason: 'wrong' }, header, keys)).toEqual({ reason: 'wrong' });
});

test('what a later version keeps is not guessed at', () => {
  expect(parseTokenSignature('{"reason":"toString"}')).toBeUndefined();
  expect(parseTokenSignature('{"reason":"quantum"}')).toBeUndefined();
  expect(parseTokenSignature('[]')).toBeUndefined();
});
