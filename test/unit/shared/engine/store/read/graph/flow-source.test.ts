import { expect, test } from 'vitest';
import { HEAT_SLICES } from '#shared/contract/graph.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { flowsPass } from '#shared/engine/passes/flows.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { graphHeat } from '#shared/engine/store/read/graph/heat.ts';
import { lineCalls } from '#shared/engine/store/read/graph/line-calls.ts';
import { graphMap } from '#shared/engine/store/read/graph/map.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { groundIn } from '#test/support/graph-ground.ts';

const AUTO = { grouping: 'auto', open: [] } as const;
const HEAT = { slices: HEAT_SLICES, callers: 10, operations: 10 };

/** Agents that ask a model, a gateway with an upstream behind it, values that go over, a call without a time. */
async function variedCase() {
  const runs = Array.from({ length: 12 }, (_, run) => {
    const minute = String(run).padStart(2, '0');
    const id = String(run);
    return `
    ${minute}:00    agent:bot${String(run % 3)} POST llm.test/v1/chat/completions 200 in=har dur=800 => $.order=ord-77120${id}
    ${minute}:01    agent:bot${String(run % 3)} GET  api.test/v1/orders/ord-77120${id} ${run % 4 === 0 ? '404' : '200'} in=kong dur=90 trace=t${id} span=a${id}
    ${minute}:01.01 agent:bot${String(run % 3)} GET  orders.mesh/orders/ord-77120${id} 200 in=otel dur=60 trace=t${id} span=b${id} parent=a${id}`;
  }).join('\n');
  const { db, context } = caseFromText(`${runs}\n    -  human:eve  GET  api.test/v1/orders/ord-771200 403 in=kong dur=20`);
  await chainsPass.run(context);
  return { db, context };
}

/** Everything that the pictures of a query show, counted in one way. */
async function pictures(db: SqlDriver, query: string, most?: number) {
  const { source, ground } = await groundIn(db, query, most);
  const map = graphMap(db, ground, AUTO);
  const lines = [];
  for (const { from, to, role } of map.lines) lines.push(await lineCalls(db, source, ground, { ...AUTO, from, to, role, count: 5 }));
  return {
    map,
    heat: await graphHeat(db, source, ground, HEAT),
    coarse: await graphHeat(db, source, ground, { ...HEAT, slices: 3 }),
    lines,
  };
}

test.each(['*', 'is:failed', 'agent:bot1', 'host:api.test or host:orders.mesh', 'path:/nowhere'])(
  'a case that is too large for memory has the same pictures as one that is kept there: %s',
  async (query) => {
    const { db } = await variedCase();
    expect(await pictures(db, query, 0)).toEqual(await pictures(db, query));
  },
);

test('what the analysis keeps of all calls draws the same pictures', async () => {
  const { db, context } = await variedCase();
  const counted = await pictures(db, '*');
  expect(await flowsPass.run(context)).toContain('ways in which calls came about');
  db.exec("INSERT INTO pass_state (id, version, revision, detail) VALUES ('flows', 1, 0, '')");
  expect(await pictures(db, '*', 0)).toEqual(counted);
  // Proof that it is the tables that answer.
  db.exec('UPDATE flow SET calls = calls + 1');
  expect((await groundIn(db)).ground.flows.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(counted.map.calls);
});

test('what was kept of other evidence answers nothing', async () => {
  const { db, context } = await variedCase();
  await flowsPass.run(context);
  db.exec("INSERT INTO pass_state (id, version, revision, detail) VALUES ('flows', 1, 7, '')");
  db.exec('UPDATE flow SET calls = calls + 1');
  const { ground } = await groundIn(db);
  expect(ground.flows.reduce((sum, { calls }) => sum + calls, 0)).toBe(37);
});

test('the walk over a large case ends when it has as many calls as were asked for', async () => {
  const { db } = await variedCase();
  const { source } = await groundIn(db, '*', 0);
  await expect(source.callsOf(() => true, 3)).resolves.toHaveLength(3);
});
