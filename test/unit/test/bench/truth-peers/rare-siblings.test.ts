import { expect, test } from 'vitest';

import { rareSiblings } from '#test/bench/truth-peers/rare-siblings.ts';

test('of many siblings the rare ones become one parameter, with what is below them', () => {
  const paths = ['/u/a/x', '/u/b/x', '/u/c/x', '/u/me/x', '/u/me/x', '/u/me/x', '/u/me/x'];
  expect(rareSiblings(3)(paths)).toEqual(['/u/{}/x', '/u/{}/x', '/u/{}/x', '/u/me/x', '/u/me/x', '/u/me/x', '/u/me/x']);
});

test('few siblings stay', () => {
  expect(rareSiblings()(['/u/a', '/u/b'])).toEqual(['/u/a', '/u/b']);
});
