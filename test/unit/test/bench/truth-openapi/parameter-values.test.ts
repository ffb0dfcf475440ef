import { expect, test } from 'vitest';

import { likeExample, makerFor } from '#test/bench/truth-openapi/parameter-values.ts';
import { seededRandom } from '#test/support/large/random.ts';

const random = seededRandom('parameters');
const valueOf = (name: string, schema = {}): string => makerFor(name, schema, random)(random);

test('the schema decides before the name', () => {
  expect(valueOf('email', { enum: ['a'] })).toBe('a');
  expect(valueOf('email', { type: 'integer' })).toMatch(/^\d+$/);
  expect(Number(valueOf('page', { type: 'integer', minimum: 3, maximum: 5 }))).toBeLessThanOrEqual(5);
  expect(valueOf('name', { format: 'uuid' })).toMatch(/^[0-9a-f-]{36}$/);
  expect(valueOf('code', { pattern: '^[A-Z]{3}$' })).toMatch(/^[A-Z]{3}$/);
});

test('names decide where the schema does not', () => {
  expect(valueOf('currency')).toMatch(/^[A-Z]{3}$/);
  expect(valueOf('country_code')).toMatch(/^[A-Z]{2}$/);
  expect(valueOf('startDate')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(valueOf('commit_sha')).toMatch(/^[0-9a-f]{40}$/);
  expect(valueOf('updateMode')).not.toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test('values look like an example with digits; a word is no example of a kind', () => {
  expect(likeExample('cus-1024')?.(random)).toMatch(/^cus-\d{4}$/);
  expect(likeExample('9f86d081')?.(random)).toMatch(/^[0-9a-f]{8}$/);
  expect(likeExample('octocat')).toBeUndefined();
});
