import { expect, test } from 'vitest';
import { indentJson } from '#renderer/widgets/call/indent-json.ts';

test('JSON is indented', () => {
  expect(indentJson('{"a":[1,2]}')).toBe('{\n  "a": [\n    1,\n    2\n  ]\n}');
});

test.each([
  ['{"id":12345678901234567890}', 'a number that would be rounded'],
  ['{"a":1,"a":2}', 'a key that stands twice'],
  ['{"a":', 'a text that is cut short'],
  ['plain text', 'a text that is not JSON'],
])('%s stays as it is: %s', (text) => {
  expect(indentJson(text)).toBe(text);
});

test('JSON nested deeper than the stack stays as it is', () => {
  const text = '['.repeat(32_000) + ']'.repeat(32_000);
  expect(indentJson(text)).toBe(text);
});
