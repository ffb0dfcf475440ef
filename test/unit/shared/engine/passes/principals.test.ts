import { expect, test } from 'vitest';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { durationMs } from '#shared/model/units.ts';
import { memoryCase } from '#test/support/case.ts';
import { bearer, callOf, passContext, seedCalls } from '#test/support/seed-calls.ts';

interface Row {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly rung: number;
  readonly why: string;
  readonly calls: number;
  readonly weak: number;
}

async function principalsOf(...calls: readonly ImportedCall[]) {
  const db = memoryCase();
  seedCalls(db, calls);
  const sentence = await principalsPass.run(passContext(db));
  return {
    db,
    sentence,
    rows: db.prepare('SELECT key, label, kind, rung, why, calls, weak FROM principal ORDER BY key').all<Row>(),
    credentials: db
      .prepare(
        'SELECT u.key, p.key AS principal, u.calls, u.contexts, u.issues FROM credential_use u LEFT JOIN principal p ON p.id = u.principal_id ORDER BY u.key',
      )
      .all(),
    facts: db
      .prepare('SELECT f.call_id AS id, p.key FROM call_fact f JOIN principal p ON p.id = f.principal_id ORDER BY 1')
      .all<{ id: number; key: string }>(),
  };
}

const get = '00:01 GET api.test/orders/7 200';

test('two tokens of one subject are one principal with two credentials', async () => {
  const { rows, credentials } = await principalsOf(
    callOf('00:01 GET api.test/a', {
      requestHeaders: bearer({ iss: 'idp', sub: 'anna@acme.test', exp: 1_800_000_000, iat: 1_799_999_000, aud: 'x' }),
    }),
    callOf('00:02 GET api.test/a', { requestHeaders: bearer({ iss: 'idp', sub: 'anna@acme.test', jti: '2' }) }),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ key: 'human:anna@acme.test', label: 'anna@acme.test', calls: 2 });
  expect(credentials).toEqual([
    { key: 'jwt-1', principal: 'human:anna@acme.test', calls: 1, contexts: 1, issues: '[]' },
    { key: 'jwt-2', principal: 'human:anna@acme.test', calls: 1, contexts: 1, issues: '["never expires","no aud claim"]' },
  ]);
});

test('the same subject of two issuers is two principals, and both keys say so', async () => {
  const { rows } = await principalsOf(
    callOf(get, { requestHeaders: bearer({ iss: 'idp-a', sub: 'billing' }) }),
    callOf(get, { requestHeaders: bearer({ iss: 'idp-b', sub: 'billing' }) }),
  );
  expect(rows.map((row) => row.key.replace(/-[0-9a-f]{6}$/, '-#'))).toEqual(['unknown:billing-#', 'unknown:billing-#']);
  expect(new Set(rows.map((row) => row.key)).size).toBe(2);
});

test("with act the label names actor and subject, and the kind is the actor's", async () => {
  const { rows } = await principalsOf(
    callOf(get, { requestHeaders: bearer({ iss: 'idp', sub: 'anna', amr: ['pwd'], act: { sub: 'support-agent' } }) }),
  );
  expect(rows[0]).toMatchObject({ label: 'support-agent for anna', kind: 'agent', rung: 2 });
});

test('a key belongs to the one consumer that it was seen with, also where the consumer is not logged', async () => {
  const key = [['x-api-key', 'Kd03LmQz71TyPwRb5Nv2Hc9S']] as const;
  const { rows, facts } = await principalsOf(
    callOf(get, { requestHeaders: key, consumer: 'acme-support-bot' }),
    callOf(get, { requestHeaders: key }),
    callOf(get, { consumer: 'acme-support-bot' }),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ key: 'agent:acme-support-bot', kind: 'agent', rung: 4, calls: 3 });
  expect(facts.map((fact) => fact.key)).toEqual(['agent:acme-support-bot', 'agent:acme-support-bot', 'agent:acme-support-bot']);
});

test('a consumer and a subject that are always seen together are one, with the reason', async () => {
  const { rows } = await principalsOf(
    callOf(get, { requestHeaders: bearer({ iss: 'idp', sub: 'svc-billing' }), consumer: 'billing' }),
    callOf(get, { consumer: 'billing' }),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.why).toContain('always seen together with user in the log billing');
});

test('a consumer that stands for many subjects does not merge them', async () => {
  const { rows } = await principalsOf(
    callOf(get, { requestHeaders: bearer({ iss: 'idp', sub: 'anna@acme.test' }), consumer: 'mobile-app' }),
    callOf(get, { requestHeaders: bearer({ iss: 'idp', sub: 'ben@acme.test' }), consumer: 'mobile-app' }),
  );
  expect(rows.map((row) => row.label)).toEqual(['anna@acme.test', 'ben@acme.test']);
});

test('a key that names nobody is a principal of its own, without a word of the secret', async () => {
  const { rows } = await principalsOf(
    callOf(get, { requestHeaders: [['x-api-key', 'Kd03LmQz71TyPwRb5Nv2Hc9S']], userAgent: 'python-requests/2.31' }),
  );
  expect(rows[0]).toMatchObject({ key: 'service:api-key-1', label: 'API key Kd0…c9S (api-key-1)', kind: 'service', rung: 6 });
});

test('calls without a credential are told by network and program, weakly', async () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0';
  const { rows } = await principalsOf(
    callOf(get, { clientIp: '10.0.139.162', userAgent: firefox }),
    callOf(get, { clientIp: '10.0.139.7', userAgent: firefox.replace('125', '126') }),
    callOf(get, { clientIp: '10.0.140.7', userAgent: firefox }),
  );
  expect(rows.map((row) => [row.label, row.kind, row.calls, row.weak])).toEqual([
    ['10.0.139.0/24 · Firefox', 'human', 2, 1],
    ['10.0.140.0/24 · Firefox', 'human', 1, 1],
  ]);
});

test.each([
  ['claude-code/1.0.44', 'agent', 4],
  ['OpenAI/Python 1.51.0', 'agent', 5],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)', 'agent', 4],
  ['kube-probe/1.29', 'service', 4],
  ['Go-http-client/2.0', 'unknown', 7],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36', 'human', 4],
  ['curl/8.5.0', 'human', 6],
  ['Frobnicator 7', 'unknown', 7],
])('User-Agent %s makes a principal %s on rung %i', async (userAgent, kind, rung) => {
  const { rows } = await principalsOf(callOf(get, { userAgent, clientIp: '10.0.0.1' }));
  expect(rows[0]).toMatchObject({ kind, rung });
});

test('a habit is judged by requests, not by how many logs show each', async () => {
  // Two uploads in turn, then a pause: a job. Each seen twice it would be a run of four, on two targets.
  const seconds = Array.from({ length: 12 }, (_, piece) => [piece * 90, piece * 90 + 3 + (piece % 5) * 2]).flat();
  const upload = (second: number, record: number): ImportedCall =>
    callOf(`0:${String(second)} PUT s3.test/upload 200`, { consumer: 'ingest', requestId: `r${String(record)}` });
  const db = memoryCase();
  seedCalls(db, seconds.map(upload), 'a.log');
  seedCalls(
    db,
    seconds.map((second, record) => ({ ...upload(second, record), path: `/object/${String(record)}`, durationMs: durationMs(40) })),
    'b.log',
  );
  await principalsPass.run(passContext(db));
  expect(db.prepare('SELECT label, kind, calls FROM principal').all()).toEqual([{ label: 'ingest', kind: 'unknown', calls: 48 }]);
});

test('a library says something of who comes back, not of a stranger who came once or twice', async () => {
  const once = callOf(get, { userAgent: 'Go-http-client/2.0', clientIp: '10.0.0.1' });
  const kinds = async (...calls: readonly ImportedCall[]): Promise<unknown> => (await principalsOf(...calls)).rows[0];
  expect(await kinds(once, once)).toMatchObject({ kind: 'unknown', why: expect.stringContaining('came no more often') as string });
  expect(await kinds(once, once, once)).toMatchObject({ kind: 'service', rung: 6 });
});

test("an SDK's headers show an agent where the name says nothing", async () => {
  const { rows } = await principalsOf(
    callOf(get, {
      requestHeaders: [
        ['x-stainless-lang', 'python'],
        ['user-agent', 'Foo/1'],
      ],
      clientIp: '10.0.0.1',
    }),
  );
  expect(rows[0]).toMatchObject({ kind: 'agent', rung: 5 });
  expect(rows[0]?.why).toContain('x-stainless-lang=python');
});

test("a person's token in the hands of an agent program is taken for the agent", async () => {
  const { rows } = await principalsOf(
    callOf(get, { requestHeaders: bearer({ iss: 'idp', sub: 'anna', amr: ['pwd'] }), userAgent: 'claude-code/1.0' }),
  );
  expect(rows[0]?.kind).toBe('agent');
});

test('keys and numbers do not depend on the order in which sources came', async () => {
  const a = [callOf('00:05 GET api.test/a', { requestHeaders: bearer({ iss: 'i', sub: 'late' }) })];
  const b = [
    callOf('00:01 GET api.test/a', { requestHeaders: bearer({ iss: 'i', sub: 'early' }) }),
    callOf('00:01 GET api.test/a', { requestHeaders: [['x-api-key', 'Kd03LmQz71TyPwRb5Nv2Hc9S']] }),
  ];
  const dump = async (order: readonly (readonly [string, readonly ImportedCall[]])[]): Promise<unknown> => {
    const db = memoryCase();
    for (const [name, calls] of order) seedCalls(db, calls, name);
    await principalsPass.run(passContext(db));
    return db
      .prepare('SELECT u.key, p.key AS principal FROM credential_use u JOIN principal p ON p.id = u.principal_id ORDER BY u.key')
      .all();
  };
  expect(
    await dump([
      ['a.log', a],
      ['b.log', b],
    ]),
  ).toEqual(
    await dump([
      ['b.log', b],
      ['a.log', a],
    ]),
  );
});

test('an empty case has no principals and says so', async () => {
  const { rows, sentence } = await principalsOf();
  expect(rows).toEqual([]);
  expect(sentence).toContain('0 principals');
});

test('a second run gives the same result', async () => {
  const { db, rows } = await principalsOf(callOf(get, { consumer: 'svc-a' }));
  await principalsPass.run(passContext(db));
  expect(db.prepare('SELECT key, label, kind, rung, why, calls, weak FROM principal ORDER BY key').all()).toEqual(rows);
});

test('a thief’s browser, for minutes and from elsewhere, does not make a person of a program’s key', async () => {
  const key: readonly (readonly [string, string])[] = [['x-api-key', 'qf_live_2gh6jxs7aczx2uey7fqsmfn7vgadve5y']];
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36';
  const owner = Array.from({ length: 24 }, (_, at) =>
    callOf(`${String(at * 30)}:00 GET api.test/feed 200`, {
      requestHeaders: [...key, ['user-agent', 'acme-sync/5.0']],
      clientIp: '198.51.100.31',
    }),
  );
  const visit = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) =>
      callOf(`${String(from)}:${String(at % 60).padStart(2, '0')} GET api.test/feed 200`, {
        requestHeaders: [...key, ['user-agent', chrome]],
        clientIp: '203.0.113.185',
      }),
    );
  const { rows } = await principalsOf(...owner, ...visit(400, 60));
  expect(rows).toMatchObject([{ kind: 'service', calls: 84 }]);
  expect(rows[0]?.why).toContain(
    '60 calls of programs that came later, from elsewhere and for a short time speak for human and were left out',
  );
  // The nearest harmless neighbour: the browser was there from the first day on, and is there all day.
  const all = await principalsOf(...owner, ...visit(0, 30), ...visit(600, 30));
  expect(all.rows).toMatchObject([{ kind: 'human' }]);
});

test('a scanner that says who it is has its name, and is one from all of its networks', async () => {
  const userAgent = (id: string): Partial<ImportedCall> => ({
    userAgent: `Mozilla/5.0 (compatible; Detectify) +https://detectify.com/bot/${id}`,
  });
  const { rows } = await principalsOf(
    callOf(get, { clientIp: '52.17.98.4', ...userAgent('a') }),
    callOf(get, { clientIp: '52.17.9.200', ...userAgent('b') }),
  );
  expect(rows).toMatchObject([
    { key: 'service:detectify', label: 'Detectify (a scanner, by its own word)', kind: 'service', weak: 1, calls: 2 },
  ]);
});
