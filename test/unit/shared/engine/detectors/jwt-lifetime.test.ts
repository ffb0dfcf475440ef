import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const ISSUED = Date.UTC(2026, 9, 1) / 1000 - 7_200;
const lasting = (seconds: number, who = 'service:sync', more: object = {}): Promise<Detected> =>
  detect(['jwt-lifetime'], `00:00 ${who} GET api.acme.test/v1/orders 200 cred=jwt-1`, {
    tokens: { 'jwt-1': { claims: { iss: 'https://id.acme.test', iat: ISSUED, exp: ISSUED + seconds, ...more } } },
  });

test.each([
  [3_600, []],
  [3_601, ['low']],
  [86_401, ['medium']],
  [31 * 86_400, ['high']],
])('a lifetime of %i seconds gives %j', async (seconds, severities) => {
  expect((await lasting(seconds)).findings.map((finding) => finding.severity)).toEqual(severities);
});

test('three years in an agent’s hands with broad scopes are critical, and the cost of it is counted', async () => {
  const { findings } = await lasting(3 * 365 * 86_400, 'agent:bot', { scope: 'a:read b:read c:read d:read e:read f:read g:read h:read' });
  expect(findings).toMatchObject([
    {
      severity: 'critical',
      title: "The token of bot lives 3 years, longer than 30 days, with 8 scopes in an agent's hands",
      observed: { calls: 1, callsAfterOneHour: 1 },
    },
  ]);
});

test('tokens of one issuer and length are one finding', async () => {
  const claims = { iss: 'https://id.acme.test', iat: ISSUED, exp: ISSUED + 28_800 };
  const { findings } = await detect(
    ['jwt-lifetime'],
    '00:00 human:ann GET api.acme.test/a 200 cred=jwt-1\n00:01 human:bob GET api.acme.test/a 200 cred=jwt-2',
    {
      tokens: { 'jwt-1': { claims }, 'jwt-2': { claims } },
    },
  );
  expect(findings).toMatchObject([
    { severity: 'low', credentials: ['jwt-1', 'jwt-2'], title: '2 tokens of ann and bob live up to 8 hours, longer than 1 hour' },
  ]);
});

test('a refresh token lives long on purpose', async () => {
  const { notEvaluable } = await lasting(90 * 86_400, 'service:sync', { typ: 'Refresh' });
  expect(notEvaluable).toHaveLength(1);
});

test('a token without stamps is left to hygiene', async () => {
  const { notEvaluable } = await detect(['jwt-lifetime'], '00:00 service:sync GET api.acme.test/a 200 cred=jwt-1', {
    tokens: { 'jwt-1': { claims: { iss: 'x' } } },
  });
  expect(notEvaluable).toEqual([
    {
      detector: 'jwt-lifetime',
      reason: 'no token says both when it was issued and when it expires; “Weak or dangerous tokens” names those without',
    },
  ]);
});
