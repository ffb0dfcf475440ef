import { expect, test } from 'vitest';
import { frameOf, mergeBars, startOf } from '#renderer/charts/time/frame.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const [call] = chainFromText('a GET /x').calls;
const base: CallRow = call ?? { id: 0, ref: '', timeKind: 'start', format: '', findings: 0 };

test('a call stamped at its end began its duration earlier, and microseconds count', () => {
  const start = startOf({ ...base, time: '2026-10-01T00:00:01.000250Z' }) ?? 0;
  const end = startOf({ ...base, time: '2026-10-01T00:00:01.000250Z', timeKind: 'end', durationMs: 100 }) ?? 0;
  expect(start - Date.UTC(2026, 9, 1, 0, 0, 1)).toBeCloseTo(0.25, 3);
  expect(start - end).toBeCloseTo(100, 3);
});

test('the frame reaches from the first begin to the last end; without times there is none', () => {
  const { calls } = chainFromText('a GET /x\nb GET /y\nc GET /z');
  expect(frameOf(calls)?.span).toBe(2100);
  const { time: _time, ...timeless } = base;
  expect(frameOf([timeless])).toBeUndefined();
});

test('bars of one class that touch become one', () => {
  const bar = (x: number, status: string): Parameters<typeof mergeBars>[0][number] => ({ key: x, x, width: 2, status });
  expect(mergeBars([bar(3, 'ok'), bar(0, 'ok'), bar(2, 'ok'), bar(10, 'ok'), bar(11, 'bad')]).map((each) => [each.x, each.width])).toEqual([
    [0, 5],
    [10, 2],
    [11, 2],
  ]);
});

test('a call stands where it was on the clock of its chain', () => {
  const stamped = { ...base, time: '2026-10-01T00:00:41.504000Z' };
  expect((startOf(stamped) ?? 0) - (startOf({ ...stamped, clockAheadMs: 41_504 }) ?? 0)).toBeCloseTo(41_504, 3);
});
