import { expect, test } from 'vitest';
import { commonTime, movedSources, movedWords } from '#shared/model/common-time.ts';

const call = { ref: 'logs.zip!mesh/envoy.log#7', time: '2026-10-01T00:00:41.500250Z', clockAheadMs: 41_500 };

test('a time on the common clock is the stamp less what its clock was ahead, to the microsecond', () => {
  expect(commonTime(call)).toBe('2026-10-01T00:00:00.000250Z');
  expect(commonTime({ ...call, clockAheadMs: -0.5 })).toBe('2026-10-01T00:00:41.500750Z');
  expect(commonTime({ time: call.time })).toBe(call.time);
  expect(commonTime({ clockAheadMs: 3 })).toBeUndefined();
});

test('the words name the source and the way it was moved', () => {
  expect(movedWords(call)).toBe('clock of envoy.log moved by −41.5 s');
  expect(movedWords({ ...call, clockAheadMs: -51.331 })).toBe('clock of envoy.log moved by +51 ms');
  expect(movedWords({ ref: call.ref, time: call.time })).toBeUndefined();
});

test('of many calls each moved source is named once, with the least and the most where it drifts', () => {
  const drifting = { ...call, ref: 'spans.jsonl#1' };
  expect(movedSources([call, { ...call, ref: 'a#1', clockAheadMs: 0 }, call, drifting, { ...drifting, clockAheadMs: 43_000 }])).toEqual([
    'clock of envoy.log moved by −41.5 s',
    'clock of spans.jsonl moved by −41.5 s to −43 s',
  ]);
});
