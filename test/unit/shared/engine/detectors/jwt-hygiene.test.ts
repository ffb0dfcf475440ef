import { expect, test } from 'vitest';
import type { SignatureReason } from '#shared/model/token-signature.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const full = { iss: 'https://id.acme.test', aud: 'shop', sub: 'sync', iat: 1_790_000_000, exp: 1_790_003_600 };
const one = (claims: object, header: object, status = '200'): Promise<Detected> =>
  detect(['jwt-hygiene'], `00:00 service:sync GET api.acme.test/v1/orders ${status} cred=jwt-1`, {
    tokens: { 'jwt-1': { header, claims } },
  });

test('a complete signed token is no finding', async () => {
  expect((await one(full, { alg: 'RS256', typ: 'at+jwt', kid: 'k1' })).findings).toEqual([]);
});

test('an unsigned token that was accepted is critical', async () => {
  expect((await one(full, { alg: 'none' })).findings).toMatchObject([
    { severity: 'critical', family: 'posture', title: 'The token of sync is not signed: anyone can write one' },
  ]);
});

test('an unsigned token that was refused is not', async () => {
  expect((await one(full, { alg: 'none' }, '401')).findings.map((finding) => finding.severity)).toEqual(['medium']);
});

test('missing claims are told one by one, and what each costs', async () => {
  const { findings } = await one({ iss: 'https://id.acme.test' }, { alg: 'RS256' });
  expect(findings.map((finding) => `${finding.severity} ${finding.title}`)).toEqual(
    [
      'medium The token of sync is without `exp`: it never expires',
      'low The token of sync is without `aud`: any service may be offered it',
      'low The token of sync is without `sub`: its uses cannot be attributed',
    ].sort((a, b) => (a < b ? 1 : -1)),
  );
});

test.each([
  ['a key id that is a path', { alg: 'RS256', kid: '../../dev/null' }, 'high'],
  ['a key that comes with the token', { alg: 'RS256', jwk: { kty: 'RSA' } }, 'medium'],
  ['a type that no token has', { alg: 'RS256', typ: 'pickle' }, 'info'],
])('%s is a finding', async (_, header, severity) => {
  expect((await one(full, header)).findings.map((finding) => finding.severity)).toEqual([severity]);
});

test('a shared-secret signature beside public-key ones of the same issuer is confusion', async () => {
  const { findings } = await detect(
    ['jwt-hygiene'],
    '00:00 service:sync GET api.acme.test/a 200 cred=jwt-1\n00:01 service:other GET api.acme.test/a 200 cred=jwt-2',
    {
      tokens: {
        'jwt-1': { header: { alg: 'HS256' }, claims: full },
        'jwt-2': { header: { alg: 'RS256' }, claims: { ...full, sub: 'other' } },
      },
    },
  );
  expect(findings.map((finding) => finding.credentials)).toEqual([['jwt-1']]);
});

test('a secret among the claims is a finding, its name aside nothing of it is shown', async () => {
  const { findings } = await one({ ...full, client_secret: 'hunter2-hunter2' }, { alg: 'RS256' });
  expect(findings).toHaveLength(1);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('without a readable token it cannot be answered', async () => {
  const { notEvaluable } = await detect(['jwt-hygiene'], '00:00 service:sync GET api.acme.test/a 200 cred=key-1');
  expect(notEvaluable).toEqual([{ detector: 'jwt-hygiene', reason: 'no readable token (JWT) came as a credential' }]);
});

const header = { alg: 'RS256', typ: 'at+jwt', kid: 'k1' };
const two = '00:00 service:sync GET api.acme.test/a 200 cred=jwt-1\n00:01 service:sync GET api.acme.test/a 200 cred=jwt-2';
const beside = (reason: SignatureReason, good: SignatureReason = 'fits'): Promise<Detected> =>
  detect(['jwt-hygiene'], two, {
    tokens: {
      'jwt-1': { header, claims: full, signature: { reason: good } },
      'jwt-2': { header, claims: { ...full, jti: '2' }, signature: { reason } },
    },
  });

test('a signature that does not verify is a weakness, and so is a key that the issuer does not publish', async () => {
  expect((await beside('wrong')).findings).toMatchObject([
    { severity: 'medium', credentials: ['jwt-2'], observed: { rule: 'bad-signature' } },
  ]);
  expect((await beside('unknown-id')).findings).toMatchObject([{ severity: 'low', observed: { rule: 'unpublished-key' } }]);
});

test('valid and unchecked signatures are none, nor a key that no key set of the issuer is there for', async () => {
  expect((await beside('fits')).findings).toEqual([]);
  expect((await beside('cut')).findings).toEqual([]);
  expect((await beside('unknown-id', 'unknown-id')).findings).toEqual([]);
});
