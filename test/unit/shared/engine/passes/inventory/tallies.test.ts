import { expect, test } from 'vitest';
import { countSighting, countStanding, newInventoryTally, type InventoryCall } from '#shared/engine/passes/inventory/tallies.ts';

const call = (more: Partial<InventoryCall>): InventoryCall => ({
  id: 1, endpoint: 1, principal: 1, source: 1, record: 1, time: 0, duration: 10, requestBytes: null, responseBytes: 5, status: 200,
  query: null, credential: null, consumer: null, host: null, flags: 0, sameAs: null, ...more,
}); // prettier-ignore

test('a call counts by what became of it, by its kind of credential and in its week', () => {
  const tally = newInventoryTally();
  countStanding(tally, call({}), 'bearer');
  countStanding(tally, call({ status: 403, principal: 2, time: 8 * 86_400_000_000 }), 'none');
  countStanding(tally, call({ status: 503, duration: -1, time: null }), undefined);
  countStanding(tally, call({ status: 204 }), 'none');
  expect(tally).toMatchObject({ calls: 4, answered: 2, refused: 1, failed: 1, anonymous: 2, anonymousAnswered: 1 });
  expect([...tally.auth]).toEqual([['bearer', 1], ['none', 2]]); // prettier-ignore
  expect(tally.durations.count).toBe(3);
  expect([...tally.weeks.values()].map(({ calls, principals }) => [calls, principals.size])).toEqual([[2, 1], [1, 1]]); // prettier-ignore
});

test('every sighting counts for its source', () => {
  const tally = newInventoryTally();
  for (const time of [5, 2, null, 9]) countSighting(tally, call({ time }));
  expect(tally.sources.get(1)).toEqual({ calls: 4, first: 2, last: 9 });
});
