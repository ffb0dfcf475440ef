import { expect, test } from 'vitest';

import { makeFields } from '#test/bench/truth-text/fields.ts';
import { seededRandom } from '#test/support/large/random.ts';

test('several hundred fields, labelled and not, the same from the same seed', () => {
  const fields = makeFields(seededRandom('fields'));
  expect(fields.length).toBeGreaterThan(300);
  expect(fields.filter(({ label }) => label === undefined).length).toBeGreaterThan(100);
  expect(makeFields(seededRandom('fields'))).toEqual(fields);
});
