import { expect, test } from 'vitest';
import { credentialsPass } from '#shared/engine/passes/credentials.ts';
import { readLadders } from '#shared/engine/store/read/credentials/ladder.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const exp = Date.UTC(2027, 0, 1) / 1000;

async function ladders(text: string, tokens: Record<string, { claims: object }> = {}) {
  const { db, context } = caseFromText(text, { tokens });
  await credentialsPass.run(context);
  return readLadders(db);
}

test('a call without a credential fails every question', async () => {
  const [people] = await ladders('00:00 human:ann GET api.acme.test/a 200 cred=jwt-1\n00:01 human:ann GET api.acme.test/a 200', {
    'jwt-1': { claims: { aud: 'https://api.acme.test', exp, sub: 'ann' } },
  });
  expect(people).toEqual({
    callers: 'people',
    calls: 2,
    rungs: [
      { rung: 'present', yes: 1, no: 1, unknown: 0 },
      { rung: 'fresh', yes: 1, no: 1, unknown: 0 },
      { rung: 'bound', yes: 0, no: 2, unknown: 0 },
      { rung: 'audience', yes: 1, no: 1, unknown: 0 },
      { rung: 'delegated', yes: 1, no: 1, unknown: 0 },
    ],
  });
});

test('of a mere key most cannot be told', async () => {
  const [machines] = await ladders('00:00 service:sync GET api.acme.test/a 200 cred=key-1');
  expect(machines?.rungs.map(({ rung, unknown }) => [rung, unknown])).toEqual([
    ['present', 0],
    ['fresh', 1],
    ['bound', 0],
    ['audience', 1],
    ['delegated', 1],
  ]);
});

test('a program with a person’s token is a delegate only when it says so', async () => {
  const claims = { sub: 'ann', azp: 'bot', exp };
  const [plain] = await ladders('00:00 agent:bot GET api.acme.test/a 200 cred=jwt-1', { 'jwt-1': { claims } });
  const [acting] = await ladders('00:00 agent:bot GET api.acme.test/a 200 cred=jwt-1', {
    'jwt-1': { claims: { ...claims, act: { sub: 'bot' } } },
  });
  expect(plain?.rungs.at(-1)).toEqual({ rung: 'delegated', yes: 0, no: 1, unknown: 0 });
  expect(acting?.rungs.at(-1)).toEqual({ rung: 'delegated', yes: 1, no: 0, unknown: 0 });
});
