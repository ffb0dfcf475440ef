import { expect, test } from 'vitest';

import { idRegex } from '#test/bench/truth-peers/id-regex.ts';

test('ids by their form become parameters, slugs do not', () => {
  expect(idRegex(['/u/7', '/u/3f2b8c1e-7a4d-4f0b-9c55-0d9d2f6b8a11/x', '/u/red-lamp', '/v1/deadbeef01'])).toEqual([
    '/u/{}',
    '/u/{}/x',
    '/u/red-lamp',
    '/v1/{}',
  ]);
});
