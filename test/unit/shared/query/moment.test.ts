import { expect, test } from 'vitest';
import { printMoment, readMoment } from '#shared/query/moment.ts';

test.each([
  ['case.start', 'start', 0, 10],
  ['case.start + 5m', 'start', 300_000, 15],
  ['CASE.END-1.5h and x', 'end', -5_400_000, 13],
  ['case.end + 250ms)', 'end', 250, 16],
  ['case.end -404', 'end', 0, 8],
  ['case.end -5m', 'end', -300_000, 12],
] as const)('%s is read', (text, anchor, offset, end) => {
  expect(readMoment(text, 0)).toEqual({ moment: { anchor, offset }, end });
});

test('what is no moment is left to others', () => {
  expect([readMoment('case.started', 0), readMoment('2026-03-02', 0), readMoment('case', 0)]).toEqual([undefined, undefined, undefined]);
});

test('a sign without a duration is an error at the sign', () => {
  for (const text of ['case.start + x', 'case.start+5', 'case.start - host:a', 'case.start-x'])
    expect(() => readMoment(text, 0), text).toThrow('needs a duration');
});

test('a moment is printed in the largest unit that fits', () => {
  expect([printMoment({ anchor: 'start', offset: 86_400_000 }), printMoment({ anchor: 'end', offset: -0.5 })]).toEqual([
    'case.start + 1d',
    'case.end - 0.5ms',
  ]);
});
