import { expect, test } from 'vitest';
import { joinStreams } from '#shared/engine/store/read/gaps/streams.ts';
import { memoryCase } from '#test/support/case.ts';

test('a minute in which one file ends and the next begins has the calls of both', () => {
  const activity = (source: number, minutes: readonly (readonly [at: number, calls: number])[]): Parameters<typeof joinStreams>[1][number] => ({
    source,
    name: `edge-${String(source)}.log`,
    minutes: minutes.map(([at, calls]) => ({ at, calls, told: [calls, 0] })),
    calls: minutes.reduce((sum, [, calls]) => sum + calls, 0),
  });
  const first = activity(1, [[10, 5], [11, 3]]);
  const second = activity(2, [[11, 4], [12, 6]]);
  expect(joinStreams(memoryCase(), [first, second])).toMatchObject([
    {
      minutes: [
        { at: 10, calls: 5, told: [5, 0] },
        { at: 11, calls: 7, told: [7, 0] },
        { at: 12, calls: 6, told: [6, 0] },
      ],
      calls: 18,
    },
  ]);
  // What is counted is not changed.
  expect(first.minutes[1]?.calls).toBe(3);
}); // prettier-ignore
