import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { createTokenCheck } from '#shared/engine/intake/tokens/check-token.ts';
import { decodeJwt } from '#shared/engine/intake/tokens/jwt.ts';
import type { TokenSignature } from '#shared/model/token-signature.ts';
import { issuerKeys, macToken, newIssuer, plainToken, signToken, type TestIssuer } from '#test/support/tokens.ts';

const check = (token: string, keys: readonly object[], header?: object): TokenSignature | undefined =>
  createTokenCheck(nodeCrypto, issuerKeys(...keys))?.(token, { ...(header ?? decodeJwt(token)?.header) });
const reason = (token: string, ...keys: readonly object[]): string | undefined => check(token, keys)?.reason;

const RFC_CLAIMS = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
const RFC_RSA = {
  kty: 'RSA', e: 'AQAB',
  n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
}; // prettier-ignore
const RFC_EC = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};
const RFC_OKP = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const RFC_RS256 = `eyJhbGciOiJSUzI1NiJ9.${RFC_CLAIMS}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw`;
const RFC_ES256 = `eyJhbGciOiJFUzI1NiJ9.${RFC_CLAIMS}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q`;
// RFC 8037 signs a sentence, not claims, so its header is given beside it.
const RFC_EDDSA =
  'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';

test('the examples of the standards verify: RFC 7515 A.2 and A.3, RFC 8037 A.4', () => {
  const keys = [RFC_RSA, RFC_EC, RFC_OKP];
  expect(check(RFC_RS256, keys)).toEqual({ reason: 'fits', file: 'issuer.json' });
  expect(check(RFC_ES256, keys)).toEqual({ reason: 'fits', file: 'issuer.json' });
  expect(check(RFC_EDDSA, keys, { alg: 'EdDSA' })).toEqual({ reason: 'fits', file: 'issuer.json' });
});

const claims = { iss: 'https://id.acme.test', sub: 'ann' };
const rsa = newIssuer('RSA', 'k1');
const other = newIssuer('RSA', 'k1');

const SIGNERS: readonly (readonly [alg: string, issuer: TestIssuer])[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((alg) => [alg, rsa] as const),
  ['ES256', newIssuer('P-256', 'k1')],
  ['ES384', newIssuer('P-384', 'k1')],
  ['ES512', newIssuer('P-521', 'k1')],
  ['EdDSA', newIssuer('Ed25519', 'k1')],
  ['EdDSA', newIssuer('Ed448', 'k1')],
];

test.each(SIGNERS)('%s verifies, and with one letter of the claims changed it does not', (alg, issuer) => {
  const token = signToken(issuer, { alg, kid: 'k1' }, claims);
  expect(reason(token, issuer.jwk)).toBe('fits');
  const [header = '', , signature = ''] = token.split('.');
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url');
  expect(reason(`${header}.${changed}.${signature}`, issuer.jwk)).toBe('wrong');
});

test('another key of the same id is wrong, unless the right one is in another set', () => {
  const token = signToken(rsa, { alg: 'RS256', kid: 'k1' }, claims);
  expect(reason(token, other.jwk)).toBe('wrong');
  expect(reason(token, other.jwk, rsa.jwk)).toBe('fits');
});

test('an id that no set has is no key, not a forgery', () => {
  expect(reason(signToken(rsa, { alg: 'RS256', kid: 'k2' }, claims), rsa.jwk)).toBe('unknown-id');
  expect(reason(signToken(other, { alg: 'RS256' }, claims), rsa.jwk)).toBe('no-id');
  expect(reason(signToken(rsa, { alg: 'RS256' }, claims), other.jwk, rsa.jwk)).toBe('fits');
});

test('a key of another kind, or curve, is told apart', () => {
  expect(reason(signToken(rsa, { alg: 'RS256', kid: 'k1' }, claims), newIssuer('P-256', 'k1').jwk)).toBe('key-type');
  expect(reason(signToken(newIssuer('P-256', 'k1'), { alg: 'ES256', kid: 'k1' }, claims), newIssuer('P-384', 'k1').jwk)).toBe('key-type');
});

test('no algorithm is unsigned in any spelling', () => {
  for (const alg of ['none', 'None', 'NONE', '']) expect(reason(plainToken({ alg, kid: 'k1' }, claims), rsa.jwk)).toBe('unsigned');
  expect(reason(plainToken({ kid: 'k1' }, claims), rsa.jwk)).toBe('unsigned');
});

test('the public key as shared secret is confusion in each form that servers hold it in', () => {
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  for (const secret of [pem, pem.trimEnd(), pkcs1]) {
    expect(reason(macToken(secret, { alg: 'HS256', kid: 'k1' }, claims), rsa.jwk)).toBe('confused');
    expect(reason(macToken(secret, { alg: 'HS512' }, claims), rsa.jwk)).toBe('confused');
  }
});

test('a true shared secret is no key; beside the id of a public key it is of the wrong kind', () => {
  expect(reason(macToken('a secret of the issuer', { alg: 'HS256' }, claims), rsa.jwk)).toBe('shared-secret');
  expect(reason(macToken('a secret of the issuer', { alg: 'HS256', kid: 'other' }, claims), rsa.jwk)).toBe('shared-secret');
  expect(reason(macToken('a secret of the issuer', { alg: 'HS256', kid: 'k1' }, claims), rsa.jwk)).toBe('key-type');
});

test('a signature that the log cut off is not called wrong', () => {
  const token = signToken(rsa, { alg: 'RS256', kid: 'k1' }, claims);
  expect(reason(token.slice(0, -40), rsa.jwk)).toBe('cut');
  expect(reason(token.slice(0, token.lastIndexOf('.') + 1), rsa.jwk)).toBe('cut');
  expect(reason(token.slice(0, token.lastIndexOf('.')), rsa.jwk)).toBe('cut');
  expect(reason(`${token}AAAA`, rsa.jwk)).toBe('wrong');
});

test('what cannot be judged is said to be so', () => {
  expect(check(RFC_RS256, [RFC_RSA], { alg: 'XS256' })?.reason).toBe('algorithm');
  expect(check(RFC_RS256, [RFC_RSA], { alg: 'RS256', crit: ['exp2'] })?.reason).toBe('critical');
  expect(check(RFC_RS256, [other.jwk], { alg: 'RS256', jwk: RFC_RSA })?.reason).toBe('own-key');
  expect(createTokenCheck(nodeCrypto, [])).toBeUndefined();
});

test('a set of very many keys costs one token no more than some tries', () => {
  let tries = 0;
  const counting = { verifyToken: (): boolean => ((tries += 1), false) };
  const keys = issuerKeys(...Array.from({ length: 900 }, (_, index) => ({ ...RFC_OKP, kid: String(index) })));
  expect(createTokenCheck(counting, keys)?.(RFC_EDDSA, { alg: 'EdDSA' }).reason).toBe('no-id');
  expect(tries).toBe(16);
});

test('a key that lies on no curve fits nothing', () => {
  const broken = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA', kid: 'k1' };
  expect(reason(signToken(newIssuer('P-256', 'k1'), { alg: 'ES256', kid: 'k1' }, claims), broken)).toBe('wrong');
});
