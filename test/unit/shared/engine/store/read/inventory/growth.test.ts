import { expect, test } from 'vitest';
import { createGrowth } from '#shared/engine/store/read/inventory/growth.ts';

const at = (text: string): number => Date.parse(text) * 1000;

test('what is new in a week had not been seen in an earlier one, whatever the order of the calls', () => {
  const growth = createGrowth(new Set([7]));
  growth.add(at('2026-10-12T09:00:00Z'), 1, 7);
  growth.add(at('2026-10-12T09:00:01Z'), 2, 5);
  growth.add(at('2026-10-05T00:00:00Z'), 1, 5);
  growth.add(at('2026-10-04T23:59:59Z'), null, null);
  const zero = { endpoints: 0, newEndpoints: 0, callers: 0, newCallers: 0, agents: 0, newAgents: 0 };
  expect(growth.weeks()).toEqual([
    { ...zero, week: '2026-09-28T00:00:00.000000Z', calls: 1 },
    { ...zero, week: '2026-10-05T00:00:00.000000Z', calls: 1, endpoints: 1, newEndpoints: 1, callers: 1, newCallers: 1 },
    { week: '2026-10-12T00:00:00.000000Z', calls: 2, endpoints: 2, newEndpoints: 1, callers: 2, newCallers: 1, agents: 1, newAgents: 1 },
  ]);
});
