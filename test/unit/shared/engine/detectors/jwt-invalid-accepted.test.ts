import { expect, test } from 'vitest';
import type { SignatureReason, TokenSignature } from '#shared/model/token-signature.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const MIDNIGHT = Date.UTC(2026, 9, 1) / 1000;
const claims = (more: object): object => ({ iss: 'https://id.acme.test', sub: 'ann', iat: MIDNIGHT - 600, ...more });
const run = (text: string, tokens: Record<string, { header?: object; claims: object; signature?: TokenSignature }>): Promise<Detected> =>
  detect(['jwt-invalid-accepted'], text, { tokens });
const use = (at: string, token: string, status = 200): string => `${at} human:ann GET api.acme.test/orders ${String(status)} cred=${token}`;

test('accepted an hour after it expired is high', async () => {
  const { findings } = await run(use('01:00:00', 'jwt-1'), { 'jwt-1': { claims: claims({ exp: MIDNIGHT }) } });
  expect(findings).toMatchObject([{ severity: 'high', calls: ['kong#1'], observed: { flaws: ['expired'], secondsOutside: 3600 } }]);
});

test('a minute late, or refused, is no finding', async () => {
  expect((await run(use('00:00:50', 'jwt-1'), { 'jwt-1': { claims: claims({ exp: MIDNIGHT }) } })).findings).toEqual([]);
  expect((await run(use('01:00:00', 'jwt-1', 401), { 'jwt-1': { claims: claims({ exp: MIDNIGHT }) } })).findings).toEqual([]);
});

test('before its nbf is high too', async () => {
  const { findings } = await run(use('00:00:00', 'jwt-1'), { 'jwt-1': { claims: claims({ nbf: MIDNIGHT + 900, exp: MIDNIGHT + 1800 }) } });
  expect(findings).toMatchObject([{ observed: { flaws: ['not-yet'] } }]);
});

test('where all tokens look late, the clock of the log is off', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `jwt-${String(index + 1)}`);
  const { findings } = await run(
    names.map((name) => use('01:00:00', name)).join('\n'),
    Object.fromEntries(names.map((name, index) => [name, { claims: claims({ exp: MIDNIGHT + 10, jti: String(index) }) }])),
  );
  expect(findings).toEqual([]);
});

test('the same words under two signatures of a scheme that has only one', async () => {
  const tokens = { 'jwt-1': { claims: claims({ exp: MIDNIGHT + 900 }) }, 'jwt-2': { claims: claims({ exp: MIDNIGHT + 900 }) } };
  const text = `${use('00:00:01', 'jwt-1')}\n${use('00:00:02', 'jwt-2')}`;
  expect((await run(text, tokens)).findings).toMatchObject([
    { credentials: ['jwt-2'], confidence: 'suspected', observed: { flaws: ['two-signatures'] } },
  ]);
  const drawn = Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => [name, { ...token, header: { alg: 'ES256', typ: 'JWT' } }]),
  );
  expect((await run(text, drawn)).findings).toEqual([]);
});

test('without tokens or statuses it cannot be judged', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 200 cred=key-1', {})).notEvaluable).toHaveLength(1);
  expect(
    (await run('00:00 human:ann GET api.acme.test/orders - cred=jwt-1', { 'jwt-1': { claims: claims({}) } })).notEvaluable,
  ).toHaveLength(1);
});

const checked = (reason: SignatureReason, jti: string): { claims: object; signature: TokenSignature } => ({
  claims: claims({ exp: MIDNIGHT + 86_400, jti }),
  signature: { reason, file: 'issuer.json' },
});
const both = `${use('00:00:01', 'jwt-1')}\n${use('00:00:02', 'jwt-2')}`;

test.each(['wrong', 'key-type', 'unsigned', 'confused'] as const)('a %s signature beside one that verifies is critical', async (reason) => {
  const { findings } = await run(both, { 'jwt-1': checked('fits', 'a'), 'jwt-2': checked(reason, 'b') });
  expect(findings).toMatchObject([
    { severity: 'critical', confidence: 'observed', credentials: ['jwt-2'], calls: ['kong#2'], observed: { flaws: ['bad-signature'] } },
  ]);
});

test('where no token of the issuer verifies, the key set may be the wrong one: suspected, and of many nothing is said', async () => {
  const { findings } = await run(use('00:00:01', 'jwt-1'), { 'jwt-1': checked('wrong', 'a') });
  expect(findings).toMatchObject([{ severity: 'high', confidence: 'suspected' }]);
  const three = { 'jwt-1': checked('wrong', 'a'), 'jwt-2': checked('wrong', 'b'), 'jwt-3': checked('wrong', 'c') };
  expect((await run(`${both}\n${use('00:00:03', 'jwt-3')}`, three)).findings).toEqual([]);
});

test('a public key taken for a secret needs no other token to be proven', async () => {
  const { findings } = await run(use('00:00:01', 'jwt-1'), { 'jwt-1': checked('confused', 'a') });
  expect(findings).toMatchObject([{ severity: 'critical', confidence: 'observed' }]);
});

test('refused, unknown, cut or unchecked signatures are no finding', async () => {
  const refused = `${use('00:00:01', 'jwt-1')}\n${use('00:00:02', 'jwt-2', 401)}`;
  expect((await run(refused, { 'jwt-1': checked('fits', 'a'), 'jwt-2': checked('wrong', 'b') })).findings).toEqual([]);
  for (const reason of ['unknown-id', 'cut', 'shared-secret', 'fits'] as const)
    expect((await run(both, { 'jwt-1': checked('fits', 'a'), 'jwt-2': checked(reason, 'b') })).findings).toEqual([]);
  const { claims: words } = checked('fits', 'b');
  expect((await run(both, { 'jwt-1': checked('fits', 'a'), 'jwt-2': { claims: words } })).findings).toEqual([]);
});

test('of two signatures of the same words the one that verifies is not the false one', async () => {
  const { findings } = await run(both, { 'jwt-1': checked('wrong', 'a'), 'jwt-2': checked('fits', 'a') });
  expect(findings.map(({ credentials }) => credentials)).toEqual([['jwt-1']]);
});
