import { expect, test } from 'vitest';
import { leastPrivilege } from '#shared/engine/privilege/conclude.ts';
import { replayedCalls } from '#shared/engine/privilege/replayed-calls.ts';
import { getPrivilege } from '#shared/engine/privilege/read.ts';
import { TEXT_START } from '#test/support/calls-from-text.ts';
import { assess, type AssessOptions, type Assessed } from '#test/support/assess.ts';

const HOUR = 3_600_000_000;
const breathe = (): Promise<void> => Promise.resolve();
/** The first two hours of the text. */
const BASELINE = [TEXT_START, TEXT_START + 2 * HOUR] as const;

const clock = (second: number): string =>
  [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** One call every two minutes of the first hour. */
const usual = (who = 'agent:bot', rest = 'cred=jwt-1'): string =>
  Array.from({ length: 30 }, (_, index) => `${clock(index * 120)} ${who} GET api.acme.test/orders/${String(index)} 200 ${rest}`).join('\n');

const later = `
  03:00:00 agent:bot GET api.acme.test/orders/77 200 cred=jwt-1
  03:01:00 agent:bot GET api.acme.test/orders/78 200 cred=jwt-1
  03:02:00 agent:bot GET api.acme.test/orders/79 500 cred=jwt-1
  03:03:00 agent:bot POST api.acme.test/labels 201 cred=jwt-1
  03:10:00 agent:bot GET api.acme.test/customers/1 200 cred=jwt-1
  03:10:01 agent:bot GET api.acme.test/customers/2 200 cred=jwt-1
  03:10:02 agent:bot GET api.acme.test/orders/5 200 cred=jwt-1`;
/** The last three calls. */
const INCIDENT = ['kong#35', 'kong#36', 'kong#37'];
const tokens = {
  'jwt-1': { claims: { iss: 'x', iat: TEXT_START / 1e6 + 3600, scope: 'orders:read customers:read payouts:write', aud: 'api' } },
};
const needs = { 'GET /orders/{id}': ['orders:read'], 'GET /customers/{id}': ['customers:read'], 'POST /payouts': ['payouts:write'] };

const bot = (options: AssessOptions = {}): Promise<Assessed> =>
  assess(`${usual()}${later}`, { baseline: BASELINE, incident: INCIDENT, tokens, needs, ...options });

test('a policy is learnt in the window and tried on what came after it', async () => {
  const { policies } = await bot();
  expect(policies).toMatchObject([
    {
      principal: 'p-bot',
      observedFrom: 'baseline',
      observedCalls: 30,
      holdOut: true,
      operations: ['GET api.acme.test/orders/{id}'],
      // Two reads of orders go on, the label breaks; a failed call is nobody's loss.
      replay: { incidentBlocked: 2, incidentTotal: 3, legitimateBroken: 1, legitimateTotal: 3 },
    },
  ]);
  expect(policies[0]?.observedWindow).toEqual(['2026-10-01T00:00:00.000000Z', '2026-10-01T00:58:00.000000Z']);
});

test('calls of a dismissed incident are ordinary work', async () => {
  const { policies, db } = await bot({ dismissed: true });
  expect(policies[0]?.replay).toEqual({ incidentBlocked: 0, incidentTotal: 0, legitimateBroken: 3, legitimateTotal: 6 });
  // Dismissing is told to the step as an input, so the next analysis does it again.
  expect(leastPrivilege.inputs?.(db)).toBe('t:1');
  expect(leastPrivilege.inputs?.((await bot()).db)).toBe('');
});

test('each control is told with what it blocks, saves and breaks', async () => {
  const { policies } = await bot();
  const table = policies[0]?.counterfactuals.map((row) => [
    row.control,
    `${String(row.incidentBlocked)} of ${String(row.incidentTotal)}`,
    `${String(row.legitimateBroken)} of ${String(row.legitimateTotal)}`,
  ]);
  expect(table).toEqual([
    ['tokens with the one scope of the window', '2 of 3', '0 of 3'],
    // Issued at one o'clock: all calls after three are older than an hour.
    ['token lifetime 15 min', '3 of 3', '3 of 3'],
    ['token lifetime 60 min', '3 of 3', '3 of 3'],
    ['audience of the one host of the window', '0 of 3', '0 of 3'],
    ['rate of at most 1 call a minute', '2 of 3', '0 of 3'],
    ['rate of each endpoint as in its busiest minute', '0 of 3', '0 of 3'],
  ]);
});

test('what a control saves is the size of the answers that it stops', async () => {
  const { db, context } = await bot();
  db.exec('UPDATE call SET res_bytes = 100');
  await leastPrivilege.run(context);
  expect(getPrivilege(db, 'p-bot')?.policy.counterfactuals[0]).toMatchObject({ id: 'policy', incidentBlocked: 2, savedBytes: 200 });
});

test('a copy used elsewhere is stopped by the networks of the window, and a key has no lifetime to shorten', async () => {
  const home = usual('service:sync', 'cred=key-1 ip=62.138.9.40');
  const thief = ['03:00:00', '03:10:00'].map((at) => `${at} service:sync GET api.acme.test/orders/9 200 cred=key-1 ip=185.199.233.77`);
  const owner = '03:05:00 service:sync GET api.acme.test/orders/8 200 cred=key-1 ip=62.138.9.41';
  const { policies } = await assess([home, ...thief, owner].join('\n'), { baseline: BASELINE, incident: ['kong#31', 'kong#32'] });
  const tried = policies[0]?.counterfactuals ?? [];
  expect(tried.find(({ id }) => id === 'networks')).toMatchObject({
    control: 'only from the one network of the window',
    ...{ incidentBlocked: 2, incidentTotal: 2, legitimateBroken: 0, legitimateTotal: 1 },
  });
  expect(tried.some(({ id }) => id.startsWith('lifetime'))).toBe(false);
});

test('what the evidence does not tell is counted as unknown, not as stopped', async () => {
  const { policies } = await bot({ tokens: {}, needs: {} });
  expect(policies[0]?.counterfactuals.map(({ id }) => id)).toEqual(['rate', 'rate-operation']);
  const { policies: described } = await bot();
  // No description asks a scope for labels.
  expect(described[0]?.counterfactuals[0]).toMatchObject({ id: 'scope', legitimateUnknown: 1 });
});

test('a principal with too little in the window is learnt from and tried on all its other calls, and says so', async () => {
  const { policies } = await assess(`${usual()}${later}`, { incident: INCIDENT });
  expect(policies).toMatchObject([
    { observedFrom: 'all', holdOut: false, observedCalls: 33, replay: { incidentBlocked: 2, legitimateBroken: 0, legitimateTotal: 33 } },
  ]);
});

test('nothing is learnt from an incident inside the window', async () => {
  const { policies } = await assess(`${usual()}\n00:59:00 agent:bot GET api.acme.test/secrets 200 cred=jwt-1`, {
    baseline: BASELINE,
    incident: ['kong#31'],
  });
  expect(policies[0]).toMatchObject({ operations: ['GET api.acme.test/orders/{id}'], replay: { incidentBlocked: 1, incidentTotal: 1 } });
});

test('granted against used: every scope with what it opens, and what was never called', async () => {
  const { db } = await bot();
  expect(getPrivilege(db, 'p-bot')).toMatchObject({
    needsFrom: 'specification',
    scopes: [
      { scope: 'customers:read', reaches: 1, used: 0, incident: 1 },
      { scope: 'orders:read', reaches: 1, used: 1, incident: 1 },
      { scope: 'payouts:write', reaches: 1, used: 0, incident: 0 },
    ],
    reached: 3,
    reachedUsed: 1,
    unusedTotal: 2,
  });
});

test('the endpoints behind each number of a scope are named, with the endpoints that lead to their calls', async () => {
  const { db } = await bot();
  const scopes = getPrivilege(db, 'p-bot')?.scopes ?? [];
  for (const { scope, reaches, used, incident, opened } of scopes) {
    const counted = [opened.length, opened.filter((each) => each.used).length, opened.filter((each) => each.incident).length];
    expect([scope, ...counted]).toEqual([scope, reaches, used, incident]);
  }
  expect(scopes.find(({ scope }) => scope === 'orders:read')?.opened).toMatchObject([
    { name: 'GET /orders/{id}', endpoints: ['GET api.acme.test/orders/{id}'] },
  ]);
});

test('what a list of principals grants counts beside what tokens carry', async () => {
  const { db } = await bot({ tokens: {}, grants: { bot: ['orders:read', 'payouts:write'], 'somebody else': ['admin'] } });
  expect(getPrivilege(db, 'p-bot')?.scopes.map(({ scope, used }) => [scope, used])).toEqual([
    ['orders:read', 1],
    ['payouts:write', 0],
  ]);
});

test('a number of the table leads to its calls', async () => {
  const { db } = await bot();
  const question = { principal: 'p-bot', control: 'policy', side: 'incident', verdict: 'block', count: 10 } as const;
  const blocked = await replayedCalls(db, question, breathe);
  expect(blocked).toMatchObject({ total: 2, rows: [{ ref: 'kong#35' }, { ref: 'kong#36' }] });
  expect(await replayedCalls(db, { ...question, control: 'no-such' }, breathe)).toBeUndefined();
});

test('people of no incident have no policy, agents and services do', async () => {
  const { policies } = await assess(`${usual('human:ann', '')}\n${usual('service:sync', '')}`);
  expect(policies.map(({ principal }) => principal)).toEqual(['p-sync']);
});

test('a person of an incident has one', async () => {
  const { policies } = await assess(usual('human:ann', ''), { incident: ['kong#3'] });
  expect(policies.map(({ principal }) => principal)).toEqual(['p-ann']);
});
