import { expect, test } from 'vitest';
import type { RevocationRow } from '#shared/contract/revocation.ts';
import { pivotOf } from '#shared/engine/store/read/revocation/pivot.ts';
import { makePlan } from '#shared/engine/store/read/revocation/plan.ts';
import { makeChange, undoEntry } from '#shared/engine/store/review/log.ts';
import { TEXT_START } from '#test/support/calls-from-text.ts';
import { revocationCase, type Shown } from '#test/support/revocation-case.ts';

const START = TEXT_START / 1e6;
const NOW = '2026-10-02T00:00:00Z';
const token = (more: object = {}) => ({ claims: { iss: 'https://id.acme.test', sub: 'bot', iat: START - 60, exp: START + 3600, ...more } });
const orderOf = (rows: readonly RevocationRow[]): string => rows.map(({ credential, role }) => `${credential} ${role}`).join(', ');
const rowsOf = async (...args: Parameters<typeof revocationCase>): Promise<readonly RevocationRow[]> => {
  const { db } = await revocationCase(...args);
  return makePlan(db).entries.map(({ row }) => row);
};

const THEFT = `
  00:00 agent:bot   GET api.acme.test/v1/customers/1 200 cred=jwt-1 types=email s=2
  00:01 agent:bot   GET api.acme.test/v1/customers/2 200 cred=jwt-1 types=email s=2
  00:02 agent:bot   GET api.acme.test/v1/orders/7    200 cred=jwt-1
  00:03 service:etl GET api.acme.test/v1/orders/8    200 cred=jwt-2
  00:04 service:etl GET api.acme.test/v1/reports     200 cred=jwt-2`;
const THEFT_CALLS = ['kong#1', 'kong#2'];

test('the credential of the incident stands first, with the sum of its terms', async () => {
  const [first, ...others] = await rowsOf(
    THEFT,
    [{ calls: THEFT_CALLS }, { family: 'posture', severity: 'high', detector: 'jwt-lifetime', credentials: ['jwt-2'], calls: ['kong#4'] }],
    { tokens: { 'jwt-1': token(), 'jwt-2': token({ sub: 'etl' }) } },
  );
  expect(first).toMatchObject({
    order: 1,
    credential: 'jwt-1',
    role: 'incident',
    incidentCalls: 2,
    stillValidSeconds: 3596,
    breaks: [{ label: 'bot', calls: 1, operations: 1 }],
  });
  expect(first?.reason).toBe(
    'It made 2 of 2 incident calls; an incident of severity high names it; it stays valid for 59 minutes 56 seconds after the evidence ends.',
  );
  expect(first?.terms.map(({ name, points }) => `${name} ${String(points)}`)).toEqual([
    'incident 45',
    'share of the incidents 15',
    'still valid 4',
    'data 4',
    'people 1.2',
  ]);
  expect(first?.score).toBe(69.2);
  expect(orderOf(others)).toBe('jwt-2 weak');
});

test('a stolen key goes before the key of a graver incident that its holder made, and a bystander of that one last', async () => {
  const calls = Array.from({ length: 9 }, (_, at) => `00:0${String(at)} agent:bot GET api.acme.test/v1/orders/${String(at)} 200 cred=own-1`);
  const rows = await rowsOf(
    [...calls, '00:09 agent:bot POST model.test/v1/chat 200 cred=model-1', '01:00 service:etl GET api.acme.test/v1/orders/8 200 cred=copied-1'].join('\n'),
    [
      { severity: 'critical', calls: Array.from({ length: 10 }, (_, at) => `kong#${String(at + 1)}`) },
      { detector: 'token-replay-context', severity: 'high', credentials: ['copied-1'], calls: ['kong#11'], showsTheft: true },
    ],
  );
  expect(rows.map(({ credential }) => credential)).toEqual(['copied-1', 'own-1', 'model-1']);
  expect(rows[0]?.terms).toContainEqual({ name: 'other hands', points: 30, why: 'it was used as by somebody else than its holder' });
  expect(rows[2]?.terms[0]?.why).toBe('critical 60 × observed 1 × its part in it 0.33 (bola-enumeration)');
}); // prettier-ignore

test('an agent over pipes, whose calls have neither status nor credential, is named among those to be stopped', async () => {
  const { db } = await revocationCase('00:00 agent:bot POST mcp.test/mcp - tool=http_post', [{ severity: 'critical', calls: ['kong#1'] }]);
  expect(makePlan(db).callers).toMatchObject([{ principal: 'p-bot', calls: 1 }]);
});

test('a dismissed incident and a credential that only failed bring nothing into the plan', async () => {
  expect(await rowsOf(THEFT, [{ calls: THEFT_CALLS, status: 'dismissed' }], { tokens: { 'jwt-1': token() } })).toEqual([]);
  const guessed = '00:00 - POST api.acme.test/login 401 cred=key-1\n00:01 - POST api.acme.test/login 401 cred=key-2';
  expect(await rowsOf(guessed, [{ calls: ['kong#1', 'kong#2'], credentials: ['key-1', 'key-2'] }])).toEqual([]);
});

test('a case without findings has an empty plan', async () => {
  expect(await rowsOf(THEFT, [])).toEqual([]);
});

test('an expired token has nothing left, a key without an end works until it is revoked', async () => {
  const rows = await rowsOf(`${THEFT}\n02:00:00 - GET api.acme.test/health 200`, [{ calls: ['kong#1', 'kong#5'] }], {
    tokens: { 'jwt-1': token() },
  });
  expect(rows.map(({ credential, stillValidSeconds }) => [credential, stillValidSeconds])).toEqual([
    ['jwt-2', undefined],
    ['jwt-1', 0],
  ]);
});

test('one address counts one person, however often it was read', async () => {
  const again = THEFT.replace('customers/2', 'customers/1');
  const [first] = await rowsOf(again, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': token() } });
  expect(first?.blastRadius.used).toEqual({ endpoints: 2, hosts: 1, dataTypes: ['email'], people: 1 });
});

test('reachable is what tokens of the same issuer, audience and scopes were let in to, and no others', async () => {
  const scopes = (scope: string) => token({ scope, aud: 'https://api.acme.test' });
  const same = await rowsOf(THEFT, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': scopes('a b'), 'jwt-2': scopes('b a') } });
  expect(same[0]?.blastRadius).toMatchObject({ used: { endpoints: 2 }, reachable: { endpoints: 3 } });
  const other = await rowsOf(THEFT, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': scopes('a'), 'jwt-2': scopes('b') } });
  expect(other[0]?.blastRadius.reachable.endpoints).toBe(2);
});

const HANDED: readonly Shown[] = [
  { call: 'kong#1', side: 'request', place: '$.refresh_token', credential: 'refresh' },
  { call: 'kong#1', side: 'response', place: '$.access_token', credential: 'access' },
];
const REFRESH = `
  00:00 - POST id.acme.test/token 200
  00:01 agent:bot GET api.acme.test/v1/customers/1 200 cred=access types=email s=3
  00:02 agent:bot GET api.acme.test/v1/customers/2 200 cred=refresh
  00:03 agent:bot GET api.acme.test/v1/customers/2 200 cred=other`;

test('the refresh token goes before the access token that was made from it', async () => {
  const rows = await rowsOf(REFRESH, [{ calls: ['kong#2'] }], { shown: HANDED });
  expect(orderOf(rows)).toBe('refresh parent, access incident');
  expect(rows.map(({ rotateAfter, rotateBefore }) => [rotateAfter, rotateBefore])).toEqual([
    [[], ['access']],
    [['refresh'], []],
  ]);
  expect(rows[0]?.terms.find(({ name }) => name === 'makes others')?.points).toBe(8);
});

test('a key that was used before it stood in an answer was leaked there, not handed out', async () => {
  const shown: readonly Shown[] = [{ call: 'kong#4', side: 'response', place: '$.api_key', credential: 'access' }];
  const rows = await rowsOf(REFRESH, [{ calls: ['kong#3'] }], { shown });
  expect(orderOf(rows)).toBe('refresh incident, access exposed');
});

const revokedAt = (minute: number): string => new Date(TEXT_START / 1000 + minute * 60_000).toISOString();

test('a use after the grace period breaks containment, by whom and where', async () => {
  const { db } = await revocationCase(`${THEFT}\n10:00 agent:bot GET old.acme.test/v1/orders/1 200 cred=jwt-1`, [{ calls: THEFT_CALLS }], {
    tokens: { 'jwt-1': token() },
  });
  makeChange(db, { kind: 'revoked', credential: 'jwt-1', at: revokedAt(1) }, NOW);
  const [entry] = makePlan(db).entries;
  expect(entry?.row.containment).toMatchObject({
    state: 'broken',
    callsAfter: 1,
    acceptedBy: ['old.acme.test'],
    knownFrom: 'analyst',
    lastAcceptedAfterSeconds: 540,
  });
  expect(entry?.after?.uses).toMatchObject([{ label: 'bot', host: 'old.acme.test', accepted: 1, refused: 0, firstRef: 'kong#6' }]);
  expect(entry?.row.terms.find(({ name }) => name === 'not contained')?.points).toBe(30);
});

test.each([
  [
    'refused afterwards',
    '10:00 agent:bot GET api.acme.test/v1/orders/1 401 cred=jwt-1',
    1,
    { state: 'held', callsAfter: 0, refusedAfter: 1 },
  ],
  [
    'within the grace period',
    '02:30 agent:bot GET api.acme.test/v1/orders/1 200 cred=jwt-1\n30:00 - GET api.acme.test/health 200',
    1,
    { state: 'held' },
  ],
  ['nothing recorded later', '', 60, { state: 'no-evidence', callsAfter: 0 }],
])('%s', async (_, more, minute, expected) => {
  const { db } = await revocationCase(`${THEFT}\n${more}`, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': token() } });
  makeChange(db, { kind: 'revoked', credential: 'jwt-1', at: revokedAt(minute) }, NOW);
  expect(makePlan(db).entries[0]?.row.containment).toMatchObject(expected);
});

test('a child that outlives its revoked parent breaks the containment of the parent', async () => {
  const { db } = await revocationCase(
    `${REFRESH}\n10:00 agent:bot GET api.acme.test/v1/customers/9 200 cred=access`,
    [{ calls: ['kong#2'] }],
    {
      shown: HANDED,
    },
  );
  makeChange(db, { kind: 'revoked', credential: 'refresh', at: revokedAt(1) }, NOW);
  const parent = makePlan(db).entries.find(({ row }) => row.credential === 'refresh');
  expect(parent?.row.containment).toMatchObject({ state: 'broken', callsAfter: 1 });
  expect(parent?.after?.uses.map(({ credential }) => credential)).toEqual(['access']);
});

test('a call of RFC 7009 that was answered 200 says when a token was revoked; one that was refused does not', async () => {
  const text = (status: number): string => `${THEFT}\n05:00 - POST id.acme.test/oauth2/revoke ${String(status)}`;
  const shown: readonly Shown[] = [{ call: 'kong#6', side: 'request', place: 'token', credential: 'jwt-1' }];
  const [row] = await rowsOf(text(200), [{ calls: THEFT_CALLS }], { shown });
  expect(row?.containment).toMatchObject({ knownFrom: 'evidence', why: 'kong#6 revoked it', revokedAt: '2026-10-01T00:05:00.000000Z' });
  const [refused] = await rowsOf(text(400), [{ calls: THEFT_CALLS }], { shown });
  expect(refused?.containment).toBeUndefined();
});

test('a DELETE of the token’s own id revokes it', async () => {
  const text = `${THEFT}\n05:00 - DELETE id.acme.test/tokens/7f3a-22c1-998e 204`;
  const [row] = await rowsOf(text, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': token({ jti: '7f3a-22c1-998e' }) } });
  expect(row?.containment).toMatchObject({ knownFrom: 'evidence', state: 'no-evidence' });
});

test('ticks and times can be taken back, and what stands is kept', async () => {
  const { db } = await revocationCase(THEFT, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': token() } });
  const done = (): unknown => makePlan(db).entries[0]?.row.done;
  const first = makeChange(db, { kind: 'revocation-step', credential: 'jwt-1', step: 'revoke', on: true }, NOW);
  const time = makeChange(db, { kind: 'revoked', credential: 'jwt-1', at: revokedAt(60) }, NOW);
  expect([done(), makePlan(db).entries[0]?.row.containment?.state]).toEqual([1, 'no-evidence']);
  expect(makeChange(db, { kind: 'revocation-step', credential: 'jwt-1', step: 'revoke', on: true }, NOW).entry).toBe(0);
  undoEntry(db, time.entry, NOW);
  expect([done(), makePlan(db).entries[0]?.row.containment]).toEqual([1, undefined]);
  undoEntry(db, first.entry, NOW);
  expect(done()).toBe(0);
  expect(() => makeChange(db, { kind: 'revoked', credential: 'jwt-99', at: NOW }, NOW)).toThrow('no credential jwt-99');
});

test('the order of import does not matter', async () => {
  const plan = async (shuffle: number) => rowsOf(THEFT, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': token() }, shuffle });
  expect(await plan(3)).toEqual(await plan(11));
});

test('the pivot clock leaves out what the evidence cannot say', async () => {
  const { db } = await revocationCase(THEFT, [{ calls: THEFT_CALLS }], { tokens: { 'jwt-1': token() } });
  expect(pivotOf(makePlan(db))).toEqual({
    residualValiditySeconds: 3596,
    stillValid: { of: 1, usable: 1, withoutEnd: 0, longestSeconds: 3596 },
  });
});

test('a principal of an incident whose credential no source shows is named beside the plan, with what else it holds', async () => {
  const text = `
    00:00 human:ann GET api.acme.test/orders/1 200
    00:01 human:ann GET api.acme.test/orders/2 200
    00:02 human:bob GET api.acme.test/orders/3 403
    00:03 agent:bot GET api.acme.test/orders/4 200 cred=key-1
    00:04 human:ann GET web.acme.test/home 200 cred=session-1 in=har`;
  const calls = ['kong#1', 'kong#2', 'kong#3', 'kong#4'];
  const { db } = await revocationCase(text, [{ severity: 'critical', calls }]);
  db.exec('UPDATE credential_use SET calls = 1');
  const { callers, entries } = makePlan(db);
  expect(entries.map(({ row }) => row.credential)).toEqual(['key-1']);
  // Whoever was only refused has nothing to be ended.
  expect(callers).toMatchObject([{ principal: 'p-ann', calls: 2, credentials: ['session-1'], findings: [{ severity: 'critical' }] }]);
  const dismissed = await revocationCase(text, [{ severity: 'critical', status: 'dismissed', calls }]);
  expect(makePlan(dismissed.db).callers).toEqual([]);
});
