import { expect, test } from 'vitest';
import { maskRaw } from '#shared/engine/intake/mask-raw.ts';
import type { Secret } from '#shared/engine/intake/vault.ts';
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
