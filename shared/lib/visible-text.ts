/** A stretch of evidence text: to be drawn as it is, or as the escape of one character that would not be seen. */
export type VisiblePart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'escape'; readonly text: string; readonly codePoint: string };

/**
 * Characters that a reader would not see, or that change how their neighbours are drawn: controls, formats (bidi,
 * zero-width, Unicode tags), line and paragraph separators, lone surrogates, supplementary variation selectors (used to
 * smuggle bytes), the letters that are drawn as nothing (Hangul fillers, Khmer inherent vowels, braille blank, grapheme joiner), and
 * marks above the fourth on one letter, which would pile up over the lines around it. No script writes more than four.
 * Shape: global, for `matchAll` and `replace` only; needs the `u` flag.
 */
export const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{E0100}-\u{E01EF}\u115F\u1160\u3164\uFFA0\u2800]|[\u034F]|[\u17B4]|[\u17B5]|(?<=\p{M}{4})\p{M}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/**
 * Splits evidence text so that nothing in it stays unseen: `a\u202Eb` becomes `a`, `\u{202E}`, `b`.
 * Shape: the parts in order; with `keepLines`, line feeds and tabs stay text (for a preformatted block).
 */
export function toVisibleParts(text: string, options: { readonly keepLines?: boolean } = {}): readonly VisiblePart[] {
  const parts: VisiblePart[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    const character = match[0];
    if (options.keepLines === true && (character === '\n' || character === '\t')) continue;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push({ kind: 'escape', text: SHORT[character] ?? `\\u{${hex(character)}}`, codePoint: `U+${hex(character)}` });
    from = match.index + character.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** The same as one string, for places that hold only a string: a title, a file name, an attribute. */
export const toVisibleText = (text: string): string =>
  toVisibleParts(text)
    .map((part) => part.text)
    .join('');

/** Lines for a terminal, which would obey what stands in evidence: only line feeds and tabs of them take effect. */
export const toVisibleLines = (text: string): string =>
  toVisibleParts(text, { keepLines: true })
    .map((part) => part.text)
    .join('');
