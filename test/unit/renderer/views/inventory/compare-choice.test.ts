import { expect, test } from 'vitest';
import { parseChoice, parseMomentText, printChoice, printMomentText, toWindow } from '#renderer/views/inventory/compare-choice.ts';

test('a choice comes back from its link', () => {
  const choices = [
    { kind: 'case', id: 'a,b..c.spoor' },
    { kind: 'windows', before: { from: 1, to: 2 }, after: { from: 3, to: 40 } },
  ] as const;
  for (const choice of choices) expect(parseChoice(printChoice(choice))).toEqual(choice);
});

test.each([undefined, '', '1..2', '2..1,3..4', '1..2,x..4', '1..2,3..99999999999999999'])('%s is no choice', (text) => {
  expect(parseChoice(text)).toBeUndefined();
});

test('days and times are read in UTC, and a window ends after it begins', () => {
  expect(printMomentText(parseMomentText('2026-10-01') ?? 0)).toBe('2026-10-01 00:00');
  expect(printMomentText(parseMomentText('2026-10-01 08:30') ?? 0)).toBe('2026-10-01 08:30');
  expect(printMomentText(parseMomentText('2026-10-01T08:30:00+02:00') ?? 0)).toBe('2026-10-01 06:30');
  expect(toWindow('2026-10-02', '2026-10-01')).toBeUndefined();
  expect(toWindow('soon', '2026-10-01')).toBeUndefined();
});
