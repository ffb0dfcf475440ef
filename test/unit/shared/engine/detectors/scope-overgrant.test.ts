import { expect, test } from 'vitest';
import type { TextCase } from '#test/support/calls-from-text.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const describeOperations =
  (needs: Readonly<Record<string, readonly string[]>>) =>
  ({ db }: TextCase): void => {
    for (const [key, scopes] of Object.entries(needs)) {
      const [method = '', path = ''] = key.split(' ');
      const id = db
        .prepare(
          "INSERT INTO operation (specification_id, record, byte_start, byte_length, method, path, deprecated, secured, security, tags, request_fields, response_fields) VALUES (1, 1, 0, 1, ?, ?, 0, 1, ?, '[]', '[]', '[]')",
        )
        .run(method, path, JSON.stringify([{ scheme: 'oauth', scopes }])).lastId;
      db.prepare('UPDATE endpoint SET operation_id = ? WHERE method = ? AND template = ?').run(id, method, path);
    }
  };
const busy = (who: string, count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `00:${String(index % 60).padStart(2, '0')} ${who} GET api.acme.test/orders 200 cred=jwt-1`,
  ).join('\n');
const holding = (scope: string, who = 'agent:bot', count = 60): Promise<Detected> =>
  detect(
    ['scope-overgrant'],
    busy(who, count),
    { servers: ['https://api.acme.test'], tokens: { 'jwt-1': { claims: { iss: 'x', scope } } } },
    describeOperations({ 'GET /orders': ['orders:read'] }),
  );

test('scopes that sixty calls never needed are a finding with both lists', async () => {
  const { findings } = await holding('orders:read customers:read refunds:write');
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      title: 'bot holds 3 scopes and used 1 of them in 60 calls',
      observed: { used: ['orders:read'], unused: ['customers:read', 'refunds:write'] },
    },
  ]);
});

test('a token that fits its task is no finding', async () => {
  expect((await holding('orders:read')).findings).toEqual([]);
});

test('one spare scope is slack', async () => {
  expect((await holding('orders:read customers:read')).findings).toEqual([]);
});

test('few calls say nothing about need', async () => {
  expect((await holding('orders:read customers:read refunds:write', 'agent:bot', 10)).findings).toEqual([]);
});

test('a wildcard is a finding at once', async () => {
  expect((await holding('*', 'agent:bot', 3)).findings).toMatchObject([{ severity: 'medium', observed: { wildcards: ['*'] } }]);
});

test('what a person’s role allows is not judged by a quiet week', async () => {
  expect((await holding('orders:read customers:read refunds:write', 'human:ann')).findings).toEqual([]);
});

test('without scopes it cannot be answered', async () => {
  const { notEvaluable } = await detect(['scope-overgrant'], busy('agent:bot', 3), { tokens: { 'jwt-1': { claims: { iss: 'x' } } } });
  expect(notEvaluable).toEqual([{ detector: 'scope-overgrant', reason: 'no credential of the evidence shows its scopes' }]);
});

test('without a description and too few tokens to learn from, neither', async () => {
  const { notEvaluable } = await detect(['scope-overgrant'], busy('agent:bot', 60), {
    tokens: { 'jwt-1': { claims: { iss: 'x', scope: 'a:read b:read' } } },
  });
  expect(notEvaluable[0]?.reason).toContain('no API description says which scopes an endpoint needs');
});
