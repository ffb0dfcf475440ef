import { expect, test } from 'vitest';
import { createDriftTally, MAX_DRIFT_CALLS, MAX_DRIFT_PLACES, type DriftCall } from '#shared/engine/passes/inventory/drift.ts';

const call = (id: number, time: number | null = id, principal: number | null = 1): DriftCall => ({ id, time, principal, order: -id });

test('the most frequent place stands first, with its principals and its earliest call as the example', () => {
  const drift = createDriftTally();
  drift.add(1, 'undocumented-field', 'response $.a', call(1));
  for (const each of [call(3), call(2, 2, 7), call(9, null, null)]) drift.add(1, 'wrong-type', 'response $.b', each);
  const [first, second] = drift.placesOf(1);
  expect([first?.place, first?.calls, first?.principals.size, first?.example.id]).toEqual(['response $.b', 3, 2, 2]);
  expect(second?.place).toBe('response $.a');
  expect([...drift.endpoints]).toEqual([1]);
});

test('of too many calls those of the lowest order are kept, of too many places the most frequent', () => {
  const drift = createDriftTally();
  for (let id = 0; id < 3 * MAX_DRIFT_CALLS; id += 1) drift.add(1, 'missing-auth', 'request', call(id));
  expect(drift.placesOf(1)[0]?.calls).toBe(3 * MAX_DRIFT_CALLS);
  expect(
    drift
      .placesOf(1)[0]
      ?.kept.map(({ id }) => id)
      .at(-1),
  ).toBe(2 * MAX_DRIFT_CALLS);
  for (let place = 0; place < 2 * MAX_DRIFT_PLACES; place += 1) drift.add(2, 'undocumented-field', `response $.${String(place)}`, call(1));
  expect(drift.placesOf(2)).toHaveLength(MAX_DRIFT_PLACES);
});
