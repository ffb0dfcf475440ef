import { expect, test } from 'vitest';

import { drainLike } from '#test/bench/truth-peers/drain-like.ts';

test('a place with more words than the limit collapses, among paths of one length', () => {
  expect(drainLike(2)(['/u/a', '/u/b', '/u/c', '/u/a/x'])).toEqual(['/u/{}', '/u/{}', '/u/{}', '/u/a/x']);
});
