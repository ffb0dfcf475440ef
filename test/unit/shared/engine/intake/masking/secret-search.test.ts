import { expect, test } from 'vitest';
import type { LoneSecret } from '#shared/engine/intake/masking/lone-secret.ts';
import { secretSearch } from '#shared/engine/intake/masking/secret-search.ts';
import { fc } from '#test/support/property.ts';

const secret = (text: string): LoneSecret => ({ text, type: 'password', token: '‹it›', print: 1 });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a secret is found at every place of a text and in every spelling', () => {
  const search = secretSearch([secret('Söm"mer 2026!x')]);
  for (let before = 0; before < 12; before += 1)
    for (const spelled of ['Söm"mer 2026!x', String.raw`Söm\"mer 2026!x`, 'S%C3%B6m%22mer%202026!x', 'S%C3%B6m%22mer+2026!x']) {
      const text = `${'ä'.repeat(before)}${spelled} end`;
      expect(search.mask(text)).toBe(`${'ä'.repeat(before)}‹it› end`);
      expect(search.mayHold(bytes(JSON.stringify(text)))).toBe(true);
    }
});

test('of two secrets of which one begins with the other, the longer leaves no rest', () => {
  const search = secretSearch([secret('abcdefgh12'), secret('abcdefgh12-and-more')]);
  expect(search.mask('x abcdefgh12-and-more y abcdefgh12 z')).toBe('x ‹it› y ‹it› z');
});

test('any text without the secrets stays as it is, and one among thousands is found in it', () => {
  const search = secretSearch(Array.from({ length: 5000 }, (_, index) => secret(`geheim-${String(index)}-xY9`)));
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 50 }), (before, after) => {
      expect(search.mask(before)).toBe(before);
      expect(search.mask(`${before}geheim-4711-xY9${after}`)).toBe(`${before}‹it›${after}`);
    }),
  );
  expect(search.mayHold(bytes('nothing of the kind stands here'.repeat(100)))).toBe(false);
});

test.each([String.raw`Sommer\u003c2026\u0026!x`, 'Sommer%3c2026%26!x', 'Sommer%3C2026%26%21x', 'Sommer%3c2026%26%21x'])(
  'a secret is found as other writers spell it: %s',
  (spelled) => {
    const search = secretSearch([secret('Sommer<2026&!x')]);
    expect(search.mask(`a ${spelled} b`)).toBe('a ‹it› b');
    expect(search.mayHold(bytes(spelled))).toBe(true);
  },
);
