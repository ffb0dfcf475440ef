import { expect, test } from 'vitest';
import { outlineOf } from '#shared/engine/detectors/graphql/outline.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (documents: readonly string[], { status = 200, ua = 'app/1', callers = 1, answer = '{}' } = {}): Promise<Detected> => {
  const lines: string[] = [];
  const requests: Record<string, string> = {};
  const bodies: Record<string, string> = {};
  for (let caller = 0; caller < callers; caller += 1)
    for (const body of documents) {
      lines.push(`00:${String(lines.length).padStart(2, '0')} service:s${String(caller)} POST api.acme.test/graphql ${String(status)} in=har.har tool=graphql:query ua=${ua}`);
      requests[`har.har#${String(lines.length)}`] = body;
      bodies[`har.har#${String(lines.length)}`] = answer;
    }
  return detect(['graphql-abuse'], lines.join('\n'), { requests, bodies });
}; // prettier-ignore
const ask = (query: string): string => JSON.stringify({ query });
const names = (count: number, field: string): string =>
  `mutation { ${Array.from({ length: count }, (_, at) => `a${String(at)}: ${field}(code: "${String(at)}") { ok }`).join(' ')} }`;

test('an outline counts depth, fields, names and cost', () => {
  expect(outlineOf('query Q($n: Int = 3) { a: login(p: 1) { ok } b: login(p: 2) { ok } }')).toEqual({
    depth: 2, fields: 4, aliases: new Map([['login', 2]]), cost: 4, introspects: false,
  }); // prettier-ignore
  expect(outlineOf('{ users(first: 100) { posts(first: 50) { title @include(if: $x) ... on Draft { text } } } }').cost).toBe(1 + 100 + 5000 + 5000);
}); // prettier-ignore

test('many sign-ins in one request are high, and low where the server refused', async () => {
  expect((await run([ask(names(8, 'verifyOtp'))])).findings).toMatchObject([
    { severity: 'high', calls: ['har.har#1'], observed: { tricks: ['login-aliases'], most: ['verifyOtp ×8'] } },
  ]);
  expect((await run([ask(names(8, 'verifyOtp'))], { status: 429 })).findings).toMatchObject([{ severity: 'info' }]);
});

test.each([
  ['one field under many names', ask(names(30, 'order')), 'aliases', 'medium'],
  ['a batch', JSON.stringify(Array.from({ length: 12 }, () => ({ query: '{ me { id } }' }))), 'batch', 'medium'],
  ['depth', ask(`${'{ a '.repeat(12)}${'}'.repeat(12)}`), 'depth', 'medium'],
  ['cost', ask('{ a(first: 1000) { b(first: 1000) { c(first: 9) { d } } } }'), 'cost', 'medium'],
  ['introspection', ask('{ __schema { types { name } } }'), 'introspection', 'low'],
])('%s is found', async (_, body, trick, severity) => {
  expect((await run([body])).findings).toMatchObject([{ severity, observed: { tricks: [trick] } }]);
});

test('names that are guessed by suggestions are found, a typing error is not', async () => {
  const answer = '{"errors":[{"message":"Cannot query field \\"usr\\". Did you mean \\"user\\"?"}]}';
  expect(
    (
      await run(
        ['a', 'b', 'c', 'd', 'e'].map((name) => ask(`{ ${name} }`)),
        { answer },
      )
    ).findings,
  ).toMatchObject([{ observed: { tricks: ['suggestions'] } }]);
  expect((await run([ask('{ usr }')], { answer })).findings).toEqual([]);
});

test('what three principals do alike, a developer’s tool and ordinary queries are none', async () => {
  expect((await run([ask(names(30, 'order'))], { callers: 3 })).findings).toEqual([]);
  expect((await run([ask('{ __schema { types { name } } }')], { ua: 'PostmanRuntime/7' })).findings).toEqual([]);
  expect((await run([ask('{ me { orders(first: 20) { id lines { sku } } } }')])).findings).toEqual([]);
});

test('without documents it cannot be answered', async () => {
  const { notEvaluable } = await detect(['graphql-abuse'], '00:01 service:s POST api.acme.test/graphql 200 tool=graphql:query');
  expect(notEvaluable).toEqual([{ detector: 'graphql-abuse', reason: 'no GraphQL request with its document is in the evidence' }]);
});
