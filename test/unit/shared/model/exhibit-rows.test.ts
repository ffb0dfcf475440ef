import { expect, test } from 'vitest';
import { exhibitTable } from '#shared/model/exhibit-rows.ts';

const at = { call: 'kong#1', time: '2026-10-01T00:00:00.000000Z' };

test('a step that the evidence does not show has no call and says so', () => {
  const table = exhibitTable({ kind: 'steps', title: 'x', steps: [{ state: 'missing', text: 'approve' }, { at, state: 'crossed', text: 'pay' }] }); // prettier-ignore
  expect(table.rows).toEqual([
    { tone: 'refused', cells: ['approve', 'missing'] },
    { at, tone: 'grave', cells: ['pay', 'done without it'] },
  ]);
});

test('each kind gives its rows with their calls', () => {
  expect(exhibitTable({ kind: 'strip', title: 'x', lanes: ['a'], marks: [{ at, lane: 0, tone: 'seen', label: 'GET /' }], omitted: 2 })).toMatchObject({ rows: [{ at, cells: ['a', 'GET /'] }], omitted: 2 }); // prettier-ignore
  expect(exhibitTable({ kind: 'bipartite', title: 'x', left: ['amy'], right: ['/n/1'], links: [{ at, from: 0, to: 0, tone: 'plain' }], omitted: 0 }).rows).toEqual([{ at, tone: 'plain', cells: ['amy', '/n/1'] }]); // prettier-ignore
  expect(exhibitTable({ kind: 'texts', title: 'x', parts: [{ at, heading: 'h', pointer: '$.a', text: 't' }] }).rows).toEqual([{ at, tone: 'plain', cells: ['h', '$.a', 't'] }]); // prettier-ignore
  expect(exhibitTable({ kind: 'curve', title: 'x', x: 'h', y: 'n', points: [[1, 2]] }).rows).toEqual([
    { tone: 'plain', cells: ['1', '2'] },
  ]);
  expect(exhibitTable({ kind: 'ledger', title: 'x', head: ['a'], rows: [], omitted: 0 })).toMatchObject({ head: ['a'], rows: [] });
});
