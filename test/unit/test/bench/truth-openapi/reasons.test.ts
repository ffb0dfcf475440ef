import { expect, test } from 'vitest';

import { reasonOf } from '#test/bench/truth-openapi/reasons.ts';

test.each([
  ['/u/anna', 'GET /u/{}', 'GET /u/anna', 'value kept as a word: one word'],
  ['/u/red-lamp', 'GET /u/{}', 'GET /u/red-lamp', 'value kept as a word: slug'],
  ['/u/Ab3xYz9', 'GET /u/{}', 'GET /u/Ab3xYz9', 'value kept as a word: short code of letters and digits'],
  ['/u/a.pdf', 'GET /u/{}', 'GET /u/a.pdf', 'value kept as a word: file or host name'],
  ['/api/2/x', 'GET /api/2/x', 'GET /api/{}/x', 'word taken for a value: with digits'],
  ['/u/me', 'GET /u/me', 'GET /u/{}', 'word taken for a value: letters only'],
  ['/u/7.json', 'GET /u/{}.json', 'GET /u/{}', 'a parameter with words around it in one segment'],
])('%s of %s as %s: %s', (path, truth, found, reason) => {
  expect(reasonOf(path, truth, found)).toBe(reason);
});

test('a right template has no reason', () => {
  expect(reasonOf('/u/7', 'GET /u/{}', 'GET /u/{}')).toBeUndefined();
});
