import { expect, test } from 'vitest';

import { drawFromPattern } from '#test/bench/truth-openapi/pattern-values.ts';
import { seededRandom } from '#test/support/large/random.ts';

test.each(['^cus_[0-9a-f]{6}$', '^[A-Z]{2,4}$', String.raw`^\d+$`, '^[a-z][a-z0-9-]*$', String.raw`v\d{1,2}`])(
  'values of %s match it',
  (pattern) => {
    const draw = drawFromPattern(pattern);
    const random = seededRandom('pattern');
    for (let at = 0; at < 50; at += 1) expect(draw?.(random)).toMatch(new RegExp(`^(?:${pattern})$`));
  },
);

test('groups, alternatives and look-arounds are not simple', () => {
  for (const pattern of ['(a|b)', 'a|b', '(?=x)y', '']) expect(drawFromPattern(pattern)).toBeUndefined();
});
