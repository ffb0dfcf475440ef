import { expect, test } from 'vitest';
import { base64Variants, dashVariants, encodeText, readPattern, toBase64 } from '#shared/sigma/values.ts';

test('wildcards are told from the signs themselves', () => {
  expect(readPattern('a*b?')).toEqual([{ text: 'a' }, 'many', { text: 'b' }, 'one']);
  expect(readPattern('a\\*\\?\\\\c\\d')).toEqual([{ text: 'a*?\\c\\d' }]);
  expect(readPattern('**')).toEqual(['many']);
});

test('Base64 at any offset holds one of three texts', () => {
  const found = base64Variants(encodeText('foobar', 'utf8'));
  for (const before of ['', 'x', 'xy', 'xyz'])
    for (const after of ['', 'a', 'ab']) {
      const whole = Buffer.from(`${before}foobar${after}`).toString('base64');
      expect(found.some((text) => whole.includes(text))).toBe(true);
    }
});

test('Base64 and UTF-16 are those of everybody else', () => {
  expect(toBase64(encodeText('hällo', 'utf8'))).toBe(Buffer.from('hällo').toString('base64'));
  expect(toBase64(encodeText('cmd', 'utf16le'))).toBe(Buffer.from('cmd', 'utf16le').toString('base64'));
  expect(encodeText('c', 'utf16be')).toEqual([0, 99]);
  expect(encodeText('c', 'utf16')).toEqual([255, 254, 99, 0]);
});

test('a dash of an option is written in five ways', () => {
  expect(dashVariants('net -x')).toHaveLength(5);
  expect(dashVariants('a-b')).toEqual(['a-b']);
});
