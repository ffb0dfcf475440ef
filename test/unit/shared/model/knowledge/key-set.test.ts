import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { parseKeySet, thumbprintText } from '#shared/model/knowledge/key-set.ts';

// RFC 8037, appendix A.1 and A.3: the key and its thumbprint.
const ED25519 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

test('public keys are read with their id and days', () => {
  expect(parseKeySet(JSON.stringify({ keys: [{ ...ED25519, kid: 'one', exp: 1_800_000_000_000, use: 'sig' }] }))).toEqual([
    { kty: 'OKP', kid: 'one', exp: 1_800_000_000, members: ED25519 },
  ]);
});

test('the thumbprint is that of the standard', () => {
  const keys = parseKeySet(JSON.stringify({ keys: [ED25519] }));
  const [key] = typeof keys === 'string' ? [] : keys;
  const hex = nodeCrypto.sha256Hex(key === undefined ? '' : thumbprintText(key));
  expect(Buffer.from(hex, 'hex').toString('base64url')).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('private and shared keys are refused', () => {
  expect(parseKeySet(JSON.stringify({ keys: [{ ...ED25519, d: 'AAAA' }] }))).toMatch(/key 1 is a private or shared key/);
  expect(parseKeySet(JSON.stringify({ keys: [{ kty: 'oct', k: 'AAAA' }] }))).toMatch(/private or shared/);
});

test('what is no key set is refused with the reason', () => {
  expect(parseKeySet('[]')).toMatch(/no member keys/);
  expect(parseKeySet('{"keys":[]}')).toMatch(/no key/);
  expect(parseKeySet('{"keys":[{"kty":"RSA","n":"AQAB"}]}')).toMatch(/lacks e/);
  expect(parseKeySet('{"keys":[{"kty":"XYZ"}]}')).toMatch(/kty XYZ/);
});
