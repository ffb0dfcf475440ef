import { expect, test } from 'vitest';
import { cssString, escapeAttribute, escapeText } from '#shared/engine/report/html/escape.ts';

test('markup characters become entities', () => {
  expect(escapeText(`<a href="x" title='y'>&\``)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&#96;');
});

test.each([
  ['a\u202eb', 'U+202E'],
  ['a\u200bb', 'U+200B'],
  ['a\u0000b', 'U+0000'],
  ['a\u0085b', 'U+0085'],
  ['a\u2028b', 'U+2028'],
  ['a\ud800b', 'U+D800'],
  ['a\u{e0041}b', 'U+E0041'],
  ['a\ufeffb', 'U+FEFF'],
  ['a\u00adb', 'U+00AD'],
])('the hidden character of %j is shown as its code', (value, shown) => {
  expect(escapeText(value)).toBe(`a<span class="hidden-char">${shown}</span>b`);
  expect(escapeAttribute(value)).toBe(`a[${shown}]b`);
});

test('letters of any script and emoji stay', () => {
  expect(escapeText('日本語 عربي é 🙂')).toBe('日本語 عربي é 🙂');
});

test('a CSS string holds letters, digits and spaces as they are and everything else as an escape', () => {
  expect(cssString('Case "1";</style>')).toBe('"Case \\22 1\\22 \\3b \\3c \\2f style\\3e "');
});

test('a blank of braille is seen, and a pile of marks does not rise over the lines around it', () => {
  expect(escapeText('a\u2800b')).toBe('a<span class="hidden-char">U+2800</span>b');
  expect(escapeAttribute(`e${'\u0336'.repeat(5)}`)).toBe(`e${'\u0336'.repeat(4)}[U+0336]`);
});
