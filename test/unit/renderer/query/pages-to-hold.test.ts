import { expect, test } from 'vitest';
import { pagesToHold } from '#renderer/query/pages-to-hold.ts';

test.each([
  [0, 30, 1000, 0, undefined, 'the start asks for one page'],
  [60, 90, 1000, 0, 1, 'past the middle the next page comes'],
  [80, 110, 1000, 0, 1, 'rows on two pages need both'],
  [110, 140, 1000, 1, 0, 'before the middle the page before stays'],
  [160, 190, 1000, 1, 2, 'and past it the one after'],
  [960, 999, 1000, 9, undefined, 'there is nothing after the last page'],
  [0, 12, 13, 0, undefined, 'a short list is one page'],
])('rows %i to %i of %i: page %i and %s: %s', (first, last, count, main, other, _why) => {
  expect(pagesToHold(first, last, 100, count)).toEqual({ main, other });
});
