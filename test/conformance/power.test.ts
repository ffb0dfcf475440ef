/** A small share of `npm run power`: the power goes while a case is imported, noted on, exported and analysed. */
import { expect, test } from 'vitest';
import { canTrace } from '#test/support/network/trap.ts';
import { HARNESS_KEY } from '#test/support/kill/encrypted.ts';
import { clearWrites, FORGETFUL, losePower } from '#test/support/power/replay.ts';
import { recordWriter, type DiskEvent } from '#test/support/power/trace.ts';

const canRecord = canTrace();
if (!canRecord) console.warn('power loss: not run, there is no strace that works here');
const NOTES = 10;
/** Every point opens a case. Units: ms. */
const PATIENCE = 180_000;
let events: readonly DiskEvent[] | undefined;
const recorded = (): readonly DiskEvent[] => (events ??= recordWriter(NOTES));

test.skipIf(!canRecord)('what was acknowledged outlives the loss of all that no sync had made last', { timeout: PATIENCE }, () => {
  const points = [...losePower(recorded(), { every: 2 })];
  expect(points.length).toBeGreaterThan(40);
  expect(points.filter(({ damage }) => damage.length > 0)).toEqual([]);
});

test.skipIf(!canRecord)('the same holds for an encrypted case, of which nothing is ever written in clear', { timeout: PATIENCE }, () => {
  const writes = recordWriter(NOTES, HARNESS_KEY);
  expect(writes.filter(({ kind }) => kind === 'write').length).toBeGreaterThan(100);
  expect(clearWrites(writes)).toEqual([]);
  expect(clearWrites(recorded())).not.toEqual([]); // the words are there, where the case is plain
  const points = [...losePower(writes, { every: 6, key: HARNESS_KEY })];
  expect(points.length).toBeGreaterThan(12);
  expect(points.filter(({ damage }) => damage.length > 0)).toEqual([]);
});

test.skipIf(!canRecord).each(FORGETFUL)('that the syncs of %s are forgotten is found out', { timeout: PATIENCE }, (_what, ignores) => {
  expect(losePower(recorded(), { ignores, every: 4 }).some(({ damage }) => damage.length > 0)).toBe(true);
});
