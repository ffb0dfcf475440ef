import { expect, test } from 'vitest';
import { holdsSame, pagesToHold } from '#renderer/query/pages-to-hold.ts';

test.each([
  [0, 30, { main: 0, from: 0, to: 0 }, 'rows of one page'],
  [80, 110, { main: 0, from: 0, to: 1 }, 'rows on two pages, most on the first'],
  [95, 125, { main: 1, from: 0, to: 1 }, 'rows on two pages, most on the second'],
  [60, 230, { main: 1, from: 0, to: 2 }, 'a very high window'],
])('rows %i to %i are on %o: %s', (first, last, held, _why) => {
  expect(pagesToHold(first, last, 100)).toEqual(held);
});

test('a scroll within the same pages asks for nothing else', () => {
  expect(holdsSame(pagesToHold(10, 40, 100), pagesToHold(50, 80, 100))).toBe(true);
  expect(holdsSame(pagesToHold(50, 80, 100), pagesToHold(80, 110, 100))).toBe(false);
});
