import { expect, test } from 'vitest';
import { acceptedSoFar, EMPTY_LOG, followImport, rejectedSoFar } from '#renderer/state/import-log.ts';
import type { SourceProgress } from '#shared/contract/methods.ts';

const report = (name: string, accepted: number, rejected: number, done = false) => {
  const source: SourceProgress = { name, bytes: accepted * 100, accepted, rejected, done };
  return { step: name, done: 0, unit: 'bytes' as const, source };
};

test('a source moves from current to finished with its last report, and the counts go on', () => {
  let log = followImport(EMPTY_LOG, report('a.log', 10, 1));
  expect(log).toMatchObject({ current: { name: 'a.log' }, sources: 0 });
  log = followImport(log, report('a.log', 20, 2, true));
  expect(log).toMatchObject({ current: undefined, sources: 1, accepted: 20, rejected: 2 });
  log = followImport(log, report('b.log', 5, 3));
  expect([acceptedSoFar(log), rejectedSoFar(log)]).toEqual([25, 5]);
});

test('of a bundle of thousands the last finished ones stay in sight, and all are counted', () => {
  let log = EMPTY_LOG;
  for (let index = 0; index < 3000; index += 1) log = followImport(log, report(`${String(index)}.log`, 1, 0, true));
  expect(log.finished).toHaveLength(50);
  expect(log.finished[0]?.name).toBe('2999.log');
  expect([log.sources, log.accepted]).toEqual([3000, 3000]);
});

test('steps without a source change nothing', () => {
  const log = followImport(EMPTY_LOG, report('a.log', 10, 1, true));
  expect(followImport(log, { step: 'building indices', done: 0, unit: 'steps' })).toBe(log);
});
