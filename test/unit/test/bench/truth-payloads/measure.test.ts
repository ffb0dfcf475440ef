import { expect, test } from 'vitest';

import { keepTexts } from '#test/bench/truth-payloads/measure.ts';

test('three lines of a text become calls, letter for letter', async () => {
  const kept = await keepTexts(['<script>alert(1)</script>']);
  expect(kept.map(({ place, isAccepted, isExact, hasWholeMasks }) => [place, isAccepted, isExact, hasWholeMasks])).toEqual([
    ['query', true, true, true],
    ['raw-query', true, true, true],
    ['path', true, true, true],
  ]);
});
