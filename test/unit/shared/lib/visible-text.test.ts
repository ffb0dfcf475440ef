import { expect, test } from 'vitest';
import { toVisibleLines, toVisibleParts, toVisibleText } from '#shared/lib/visible-text.ts';

test('plain text, in any script, is one part and unchanged', () => {
  expect(toVisibleParts('GET /заказы/注文/طلب 👋')).toEqual([{ kind: 'text', text: 'GET /заказы/注文/طلب 👋' }]);
});

test('a right-to-left override is drawn as its escape, so that a name cannot read backwards', () => {
  expect(toVisibleParts('report\u202Efdp.exe')).toEqual([
    { kind: 'text', text: 'report' },
    { kind: 'escape', text: '\\u{202E}', codePoint: 'U+202E' },
    { kind: 'text', text: 'fdp.exe' },
  ]);
});

test.each([
  ['zero-width space', '\u200B', '\\u{200B}'],
  ['zero-width joiner', '\u200D', '\\u{200D}'],
  ['byte order mark', '\uFEFF', '\\u{FEFF}'],
  ['null', '\0', '\\u{0000}'],
  ['escape of a terminal', '\u001B', '\\u{001B}'],
  ['next line of C1', '\u0085', '\\u{0085}'],
  ['line separator', '\u2028', '\\u{2028}'],
  ['tag letter', '\u{E0041}', '\\u{E0041}'],
  ['supplementary variation selector', '\u{E0100}', '\\u{E0100}'],
  ['Hangul filler', '\u3164', '\\u{3164}'],
  ['lone surrogate', '\uD800', '\\u{D800}'],
  ['carriage return', '\r', '\\r'],
])('a %s is never unseen', (_name, character, escape) => {
  expect(toVisibleText(`a${character}b`)).toBe(`a${escape}b`);
});

test('line feeds and tabs are escapes on one line and themselves in a preformatted block', () => {
  expect(toVisibleText('a\n\tb')).toBe('a\\n\\tb');
  expect(toVisibleParts('a\n\tb', { keepLines: true })).toEqual([{ kind: 'text', text: 'a\n\tb' }]);
});

test('empty text has no parts', () => {
  expect(toVisibleParts('')).toEqual([]);
});

test('what a terminal is given keeps its lines, and no control of evidence takes effect', () => {
  expect(toVisibleLines('a\n\tb\u001B[2J\r')).toBe('a\n\tb\\u{001B}[2J\\r');
});

test('marks that would pile up over other lines are told one by one, and those of real scripts stay', () => {
  expect(toVisibleText(`e${'\u0301'.repeat(6)}`)).toBe(`e${'\u0301'.repeat(4)}\\u{0301}\\u{0301}`);
  const written = 'Việt Nguyễn, บริษัท, हिन्दी, שָׁלוֹם, مُحَمَّد';
  expect(toVisibleText(written.normalize('NFD'))).toBe(written.normalize('NFD'));
});
