import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { maskText } from '#shared/engine/intake/masking/text.ts';
import { throughEscapes } from '#shared/engine/intake/masking/through-escapes.ts';
import { createVault } from '#shared/engine/intake/vault.ts';

const vault = createVault(nodeCrypto, new Uint8Array(32).fill(1));
/** What stands in the text at the places that are found of a word. */
const cut = (text: string, word: string): readonly string[] =>
  throughEscapes(text, (plain) =>
    Array.from(plain.matchAll(RegExp(word, 'g')), ({ index }) => ({ start: index, end: index + word.length })),
  ).map(({ start, end }) => text.slice(start, end));

test('places are those of the text as it is', () => {
  expect(cut(String.raw`a=b`, 'b')).toEqual(['b']);
  expect(cut(String.raw`x\u003Db\u0026b`, 'b')).toEqual(['b', 'b']);
  expect(cut(String.raw`x\u003Db\u0026c`, 'b&c')).toEqual([String.raw`b\u0026c`]);
  expect(cut(String.raw`x\u003Db\u0026c`, '=b&')).toEqual([String.raw`\u003Db\u0026`]);
  expect(cut(String.raw`\\\u0022b`, '"b')).toEqual([String.raw`\\\u0022b`]);
});

test.each([
  [String.raw`{"m":"{\u0022password\u0022:\u0022Gehe1mXy\u0022}"}`, String.raw`{"m":"{\u0022password\u0022:\u0022‹›\u0022}"}`],
  [String.raw`{"m":"a=1\u0026access_token=Gehe1mXy7\u0026b=2"}`, String.raw`{"m":"a=1\u0026access_token=‹›\u0026b=2"}`],
  [String.raw`{"m":"password\u003DGehe1mXy"}`, String.raw`{"m":"password\u003D‹›"}`],
  [String.raw`{"m":"{\\u0022token\\u0022:\\u0022Gehe1mXy7\\u0022}"}`, String.raw`{"m":"{\\u0022token\\u0022:\\u0022‹›\\u0022}"}`],
  [String.raw`{"m":"{\\\"password\\\":\\\"Gehe1mXy\\\"}"}`, String.raw`{"m":"{\\\"password\\\":\\\"‹›\\\"}"}`],
  [String.raw`{"m":"x\u003Dghp_0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b"}`, String.raw`{"m":"x\u003D‹›"}`],
  [String.raw`Grüße \u00fc \u2028 200`, String.raw`Grüße \u00fc \u2028 200`],
])('%s', (text, masked) => {
  expect(maskText(text, vault).replaceAll(/‹[^›]+›/g, '‹›')).toBe(masked);
});

test('a megabyte of escapes takes no square of its length', () => {
  const text = String.raw`\u0022password\u003D7`.repeat(50_000);
  const started = performance.now();
  maskText(text, vault);
  expect(performance.now() - started).toBeLessThan(4000);
});
