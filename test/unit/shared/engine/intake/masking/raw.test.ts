import { expect, test } from 'vitest';
import { maskRaw } from '#shared/engine/intake/masking/raw.ts';
import type { Secret } from '#shared/engine/intake/masking/secret.ts';
import { createVault } from '#shared/engine/intake/vault.ts';
import { fixedCrypto } from '#test/support/case.ts';

const vault = createVault(fixedCrypto, new Uint8Array(32).fill(1));
/** The text masked for these secrets, each shown as `‹›`. */
function masked(raw: string, ...texts: readonly string[]): string {
  const secrets = new Map<string, Secret>(texts.map((text) => [text, vault.secret(text, 'password')]));
  return maskRaw(raw, secrets, vault).replaceAll(/‹[^›]*›/g, '‹›');
}

test('a short secret is masked where it stands alone, and nowhere inside of other words', () => {
  expect(masked('{"authorization":"Bearer abc1","id":"xabc1","path":"/abc1/abc1x"}', 'abc1')).toBe(
    '{"authorization":"Bearer ‹›","id":"xabc1","path":"/abc1/abc1x"}',
  );
  expect(masked('user=bob&pin=hunter2&note=hunter22', 'hunter2')).toBe('user=bob&pin=‹›&note=hunter22');
  expect(masked('{\\"p\\":\\"ab1\\"}', 'ab1')).toBe('{\\"p\\":\\"‹›\\"}');
});

test('a short number is no word: statuses and sizes stay, and the text stays JSON', () => {
  expect(masked('{"pin":"1234","status":1234,"size": 1234}', '1234')).toContain('"status":1234,"size": 1234');
});

test('a long secret is masked anywhere, in the spellings of JSON and URLs', () => {
  expect(masked('a=s%2Fcret+value1&b="s/cret value1"&c="s\\/cret value1"', 's/cret value1')).toBe('a=‹›&b="‹›"&c="‹›"');
});

test('letters that a writer escaped hide no part of a secret', () => {
  expect(masked('{"authorization":"Token zq8\\u003cKd93mfpXa"}', 'zq8<Kd93mfpXa')).toBe('{"authorization":"Token ‹›"}');
  expect(masked('{"x-secret":"p\\u00e4ssw\\u00F6rt-99"}', 'pässwört-99')).toBe('{"x-secret":"‹›"}');
  expect(masked('{"k":"zq8\\u0026Kd\\u003c93mfp","n":"{\\"k\\":\\"zq8\\\\u0026Kd<93mfp\\"}"}', 'zq8&Kd<93mfp')).not.toMatch(/zq8|mfp/);
  expect(masked('{"uri":"/l?p=tr\\u00fcg%26er99"}', 'trüg&er99')).toBe('{"uri":"/l?p=‹›"}');
  expect(masked('{"uri":"/l?p=abc\\/er1-secret"}', 'abc/er1-secret')).toBe('{"uri":"/l?p=‹›"}');
  expect(masked('{"a":"\\u0068\\u0075nter2-esc"}', 'hunter2-esc')).toBe('{"a":"‹›"}');
  expect(masked('{"a":"\\ud83d\\ude00-key-9f3a"}', '😀-key-9f3a')).toBe('{"a":"‹›"}');
});
