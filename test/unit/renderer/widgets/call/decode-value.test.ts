import { expect, test } from 'vitest';
import { decodeValue } from '#renderer/widgets/call/decode-value.ts';

const names = (text: string): readonly string[] => decodeValue(text).map((layer) => layer.as);
const inner = (text: string): string | undefined => decodeValue(text).at(-1)?.text;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('wrappings are taken off from the outside in', () => {
  const wrapped = encodeURIComponent(base64('{"user":"usr_7","ids":[1,2]}'));
  expect(names(wrapped)).toEqual(['URL encoding', 'base64', 'JSON']);
  expect(inner(wrapped)).toContain('"user": "usr_7"');
});

test('a token shows header and claims, with or without its scheme', () => {
  const token = `${base64('{"alg":"RS256"}')}.${base64('{"sub":"agent-7","scope":"read"}')}.c2ln`.replaceAll('=', '');
  expect(names(token)).toEqual(['token']);
  expect(inner(`Bearer ${token}`)).toContain('"sub": "agent-7"');
});

test('a masked token is left as it is', () => {
  expect(decodeValue('Bearer eyJhbG…Qx4')).toEqual([]);
});

test('seconds and milliseconds of our time are shown as times', () => {
  expect(inner('1792972800')).toBe('2026-10-26 00:00:00 UTC');
  expect(inner('1792972800113')).toBe('2026-10-26 00:00:00.113 UTC');
});

test.each([
  ['kube-probe', 'a word'],
  ['550e8400-e29b-41d4-a716-446655440000', 'a uuid'],
  ['application/json', 'a media type'],
  ['order4711', 'a short id'],
  ['4111111111111111', 'sixteen digits'],
  ['/v1/catalog/products', 'a path'],
  ['%zz', 'no escape'],
  ['%ff%fe', 'escapes of bytes that are no text'],
  ['9f86d081884c7d659a2feaa0c55ad015', 'a hash'],
  ['QUJDAAECAwQFBgc=', 'base64 of bytes that are no text'],
  ['', 'nothing'],
])('%s is what it says: %s', (text) => {
  expect(decodeValue(text)).toEqual([]);
});

test('nesting ends somewhere', () => {
  let text = 'the innermost text of all';
  for (let depth = 0; depth < 12; depth += 1) text = base64(text);
  expect(decodeValue(text).length).toBeLessThanOrEqual(5);
});
