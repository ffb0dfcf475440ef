import { expect, test } from 'vitest';

import { countFound } from '#test/bench/truth-agents/runs.ts';

test('each text is found as often as it is there', () => {
  expect(countFound(['a', 'a', 'b'], ['a', 'b', 'c'])).toBe(2);
  expect(countFound([], ['a'])).toBe(0);
});
