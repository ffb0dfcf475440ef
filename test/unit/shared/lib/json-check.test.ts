import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { countMembers, inspectJson } from '#shared/lib/json-check.ts';
import type { Json } from '#shared/lib/json.ts';

test('a key that stands twice shows in the count of members', () => {
  const text = '{"a":{"b":1,"b":2},"c":"x:y"}';
  expect(inspectJson(text).members).toBe(4);
  expect(countMembers(JSON.parse(text) as Json)).toBe(3);
});

test('whole numbers that a double cannot hold are named, others are not', () => {
  expect(inspectJson('[9007199254740993]').inexact).toBe('9007199254740993');
  expect(inspectJson('{"ns":1433209822425123457}').inexact).toBe('1433209822425123457');
  for (const fine of ['[9007199254740992]', '[0.30000000000000004]', '["9007199254740993"]', '[12345678901234567.5]', '[1e20]']) {
    expect(inspectJson(fine).inexact, fine).toBeUndefined();
  }
});

test.each([309, 310, 1_000_000])('a whole number of %i digits is named and stalls nothing', (digits) => {
  const written = '9'.repeat(digits);
  expect(inspectJson(`[${written}]`).inexact).toBe(written);
});

test('a million levels are counted', () => {
  expect(inspectJson('['.repeat(1_000_000)).depth).toBe(1_000_000);
});

test('what JSON.stringify writes has as many members as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      expect(inspectJson(text).members).toBe(countMembers(JSON.parse(text) as Json));
    }),
  );
});
