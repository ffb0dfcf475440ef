import { expect, test } from 'vitest';
import { graphHeat } from '#shared/engine/store/read/graph/heat.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { groundIn } from '#test/support/graph-ground.ts';

async function heatOf(text: string, request = { slices: 10, callers: 10, operations: 10 }) {
  const { db } = caseFromText(text);
  const { source, ground } = await groundIn(db);
  return graphHeat(db, source, ground, request);
}

const sum = (rows: readonly (readonly number[])[]): number => rows.flat().reduce((all, count) => all + count, 0);

test('every call stands in one cell of the matrix, and every call with a time in one slice', async () => {
  const heat = await heatOf(`
    00:00 agent:bot GET api.test/a 200
    00:09 agent:bot GET api.test/b 200
    00:05 human:eve GET api.test/a 200
    -     human:eve GET api.test/a 200`);
  expect(sum(heat.matrix)).toBe(4);
  expect(sum(heat.overTime)).toBe(3);
  expect(heat.untimed).toBe(1);
  expect(heat.slices).toHaveLength((heat.overTime[0]?.length ?? 0) + 1);
});

test('principals beyond the room share the last row, which no query finds', async () => {
  const text = Array.from({ length: 6 }, (_, index) => `00:0${String(index)} service:job-${'abcdef'[index] ?? ''} GET api.test/a 200`).join(
    '\n',
  );
  const heat = await heatOf(text, { slices: 10, callers: 3, operations: 10 });
  expect(heat.callers.map(({ label, members, calls }) => [label, members, calls])).toMatchObject([
    [expect.any(String), 1, 1],
    [expect.any(String), 1, 1],
    ['other principals', 4, 4],
  ]);
  expect(heat.callers.at(-1)?.clause).toBeUndefined();
  expect(sum(heat.overTime)).toBe(6);
});

test('calls without any time have a matrix and no slices', async () => {
  const heat = await heatOf('- agent:bot GET api.test/a 200');
  expect(heat).toMatchObject({ calls: 1, untimed: 1, slices: [], overTime: [[]], matrix: [[1]] });
});
