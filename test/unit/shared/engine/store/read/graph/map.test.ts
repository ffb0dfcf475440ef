import { expect, test } from 'vitest';
import type { GraphLine, GraphMap } from '#shared/contract/graph.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { lineCalls } from '#shared/engine/store/read/graph/line-calls.ts';
import { graphMap } from '#shared/engine/store/read/graph/map.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { groundIn } from '#test/support/graph-ground.ts';

const AUTO = { grouping: 'auto', open: [] } as const;

async function mapOf(db: SqlDriver, query = '*', request: Parameters<typeof graphMap>[2] = AUTO): Promise<GraphMap> {
  return graphMap(db, (await groundIn(db, query)).ground, request);
}

const short = (id: string): string => id.replace(/^\w+:/, '');
const words = (lines: readonly GraphLine[]): readonly string[] =>
  lines.map((line) => `${short(line.from)} ${line.role} ${short(line.to)} ${line.kind ?? '-'} ${String(line.calls)}`).sort();

/** An agent asks a model, calls a gateway because of it, and the gateway calls its upstream in the same trace. */
async function agentCase(): Promise<SqlDriver> {
  const { db, context } = caseFromText(`
    00:00  agent:bot   POST  llm.test/v1/chat/completions    200  in=har dur=800  => $.order=ord-771205
    00:01  agent:bot   GET   api.test/v1/orders/ord-771205   200  in=kong dur=90 trace=t1 span=a
    00:01.01 agent:bot GET   orders.mesh/orders/ord-771205   200  in=otel dur=60 trace=t1 span=b parent=a
    00:09  human:eve   GET   api.test/v1/orders/ord-771205   403  in=kong dur=20`);
  await chainsPass.run(context);
  return db;
}

test('each call stands on one line that says who made it: its parent where a link names one, else its principal', async () => {
  const map = await mapOf(await agentCase());
  const called = map.lines.filter((line) => line.role === 'called');
  expect(called.reduce((sum, line) => sum + line.calls, 0)).toBe(map.calls);
  expect(words(called)).toEqual([
    'GET api.test/v1/orders/{id} called GET orders.mesh/orders/{id} trace 1',
    'p-bot called GET api.test/v1/orders/{id} - 1',
    'p-bot called POST llm.test/v1/chat/completions - 1',
    'p-eve called GET api.test/v1/orders/{id} - 1',
  ]);
});

test('boxes stand in the layer of what they are, with what they answered', async () => {
  const { nodes } = await mapOf(await agentCase());
  expect(nodes.map(({ label, layer, calls, failed }) => [label, layer, calls, failed])).toEqual(
    expect.arrayContaining([
      ['bot', 'caller', 3, 0],
      ['POST /v1/chat/completions', 'model', 1, 0],
      ['GET /v1/orders/{id}', 'operation', 2, 1],
    ]),
  );
});

test('the query is asked before the map is made', async () => {
  const map = await mapOf(await agentCase(), 'user:eve');
  expect(map).toMatchObject({ calls: 1, ungrouped: 2 });
  expect(words(map.lines)).toEqual(['p-eve called GET api.test/v1/orders/{id} - 1']);
});

test('endpoints stand for their host when there are too many, and one host is taken apart alone', async () => {
  const many = Array.from(
    { length: 130 },
    (_, index) =>
      `00:${String(index % 60).padStart(2, '0')} service:job GET ${index < 120 ? 'big' : 'small'}.test/part-${'abcdefghijklmnopqrstuvwxyz'[index % 26] ?? ''}${'xyzuvw'[Math.floor(index / 26)] ?? ''} 200`,
  ).join('\n');
  const { db } = caseFromText(many);
  const map = await mapOf(db);
  expect(map.grouping).toBe('host');
  expect(map.nodes.filter((node) => node.layer === 'operation').map(({ id, members, calls }) => [id, members, calls])).toEqual([
    ['host:big.test', 120, 120],
    ['host:small.test', 10, 10],
  ]);
  const open = await mapOf(db, '*', { grouping: 'host', open: ['small.test'] });
  expect(open.nodes.filter((node) => node.host === 'small.test')).toHaveLength(10);
  expect(open.nodes.find((node) => node.id === 'host:big.test')?.calls).toBe(120);
});

test('a line lists as many calls as it counts', async () => {
  const db = await agentCase();
  const map = await mapOf(db);
  const { source, ground } = await groundIn(db);
  for (const { from, to, role, calls } of map.lines) {
    const page = await lineCalls(db, source, ground, { ...AUTO, from, to, role, count: 10 });
    expect(page).toMatchObject({ total: calls });
    expect(page.rows).toHaveLength(Math.min(10, calls));
  }
  await expect(
    lineCalls(db, source, ground, { ...AUTO, from: 'caller:nobody', to: 'host:x', role: 'called', count: 1 }),
  ).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a case without a call, or without links, has a map all the same', async () => {
  expect(await mapOf(caseFromText('').db)).toMatchObject({ calls: 0, nodes: [], lines: [] });
  const { db } = caseFromText('- - GET api.test/v1/orders 200');
  expect((await mapOf(db)).nodes.map((node) => node.label)).toContain('principal not known');
});
