import { expect, test } from 'vitest';

import { readCallColumns, readSources } from '#shared/engine/passes/chains/call-columns.ts';
import { createFamilies } from '#shared/engine/passes/chains/parents/families.ts';
import { createFamilyHabits, kindsOf } from '#shared/engine/passes/chains/parents/family-habits.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** A request that takes 400 ms: A after 100 ms for so many ms, then B 50 ms after that, a minute each. */
const requests = (lengthsOfA: readonly number[]): string =>
  lengthsOfA
    .map((length, index) => {
      const minute = String(index).padStart(2, '0');
      const after = String(150 + length).padStart(3, '0');
      return `
      ${minute}:00.0    -  GET  api.acme.test/orders  200  in=envoy dur=400
      ${minute}:00.1    -  GET  a.svc.local/a         200  in=envoy dur=${String(length)}
      ${minute}:00.${after}  -  GET  b.svc.local/b         200  in=envoy dur=50`;
    })
    .join('\n');

/** Families of three calls each, in time order: the parent and its two children. */
async function learned(text: string, families: number) {
  const { db } = caseFromText(text);
  const calls = await readCallColumns(db, readSources(db), () => Promise.resolve());
  const known = createFamilies(calls);
  for (let parent = 0; parent < families * 3; parent += 3) {
    known.add(parent, parent + 1);
    known.add(parent, parent + 2);
  }
  const habits = createFamilyHabits(calls, kindsOf(calls));
  habits.learn(known);
  return { known, habits };
}

const LENGTHS = [20, 90, 40, 120, 60, 30, 100, 80, 50, 110];

test('a step fits the family whose step before has just ended, however long ago that family began', async () => {
  // The last two families were open together: the B at 320 ms comes 50 ms after the first A of 170 ms, and 200 ms after the other.
  const { known, habits } = await learned(
    `${requests(LENGTHS)}
      30:00.0    -  GET  api.acme.test/orders  200  in=envoy dur=400
      30:00.001  -  GET  api.acme.test/orders  200  in=envoy dur=400
      30:00.100  -  GET  a.svc.local/a         200  in=envoy dur=170
      30:00.101  -  GET  a.svc.local/a         200  in=envoy dur=19
      30:00.320  -  GET  b.svc.local/b         200  in=envoy dur=50`,
    LENGTHS.length,
  );
  const [first, second] = [30, 31];
  known.add(first, 32);
  known.add(second, 33);
  expect(habits.gain(known, first, 34)).toBeGreaterThan(habits.gain(known, second, 34) + 2);
});

test('a family that has all that is usual gains nothing by one more', async () => {
  const { known, habits } = await learned(
    `${requests(LENGTHS)}
      30:00.0    -  GET  api.acme.test/orders  200  in=envoy dur=400
      30:00.1    -  GET  a.svc.local/a         200  in=envoy dur=50
      30:00.101  -  GET  a.svc.local/a         200  in=envoy dur=50`,
    LENGTHS.length,
  );
  const lonely = habits.gain(known, 30, 32);
  known.add(30, 31);
  expect(habits.gain(known, 30, 32)).toBeLessThan(lonely - 3);
});

test('the gain of several children is the same in whatever order they come', async () => {
  const { known, habits } = await learned(requests(LENGTHS), LENGTHS.length);
  known.remove(0, 1);
  known.remove(0, 2);
  const gains = (order: readonly number[]): number => {
    let sum = 0;
    for (const child of order) {
      sum += habits.gain(known, 0, child);
      known.add(0, child);
    }
    for (const child of order) known.remove(0, child);
    return sum;
  };
  expect(gains([1, 2])).toBeCloseTo(gains([2, 1]), 9);
});
