import { expect, test } from 'vitest';
import { MAX_GAP, MIN_GAP, partingPause, sessionGap } from '#shared/engine/passes/chains/sessions/gap.ts';

const SECOND = 1_000_000;
const repeat = (pauses: readonly number[], times: number): readonly number[] => Array.from({ length: times }, () => pauses).flat();

test('pauses within work and between work part between the two', () => {
  const parting = partingPause(
    repeat(
      [8, 20, 5, 3_000].map((seconds) => seconds * SECOND),
      10,
    ),
  );
  expect(parting).toBeGreaterThan(20 * SECOND);
  expect(parting).toBeLessThan(3_000 * SECOND);
});

test('one habit has no parting pause', () => {
  expect(partingPause(Array.from({ length: 60 }, (_, index) => (20 + index) * SECOND))).toBeUndefined();
});

test('few pauses say nothing of their own, and the kind decides within reason', () => {
  expect(partingPause([SECOND, 600 * SECOND])).toBeUndefined();
  expect(sessionGap([SECOND], 200 * SECOND)).toBe(200 * SECOND);
  expect(sessionGap([SECOND], undefined)).toBe(MIN_GAP);
  expect(sessionGap([SECOND], 9_000 * SECOND)).toBe(MAX_GAP);
});
