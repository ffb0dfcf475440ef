import { hostNotes, printNote, withWireHosts, type HostNote } from './host-note.ts';

/** A stretch of evidence text: to be drawn as it is, as the escape of one character that would not be seen, or what we say of the host name before it. */
export type VisiblePart =
  | { readonly kind: 'text' | 'note'; readonly text: string }
  | { readonly kind: 'escape'; readonly text: string; readonly codePoint: string };

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

/** How a text is made visible. */
interface VisibleOptions {
  /** Line feeds and tabs stay text, for a preformatted block. */
  readonly keepLines?: boolean;
  /** The text is the name of a host: in letters of another script it gets its `xn--` form beside it in any case. */
  readonly isHost?: boolean;
  /** Host names get no notes, where the caller puts them beside the whole text. */
  readonly bare?: boolean;
}

/**
 * Splits evidence text so that nothing in it stays unseen and no host name passes for another: `a\u202Eb` becomes `a`, `\u{202E}`, `b`, and behind a
 * host name in mixed scripts stands what it is on the wire. Shape: the parts in order.
 */
export function toVisibleParts(text: string, options: VisibleOptions = {}): readonly VisiblePart[] {
  const notes = options.bare === true ? [] : hostNotes(text, options.isHost === true);
  if (notes.length === 0) return escapeUnseen(text, options.keepLines === true);
  const parts: VisiblePart[] = [];
  let from = 0;
  for (const { at, text: note } of notes) {
    parts.push(...escapeUnseen(text.slice(from, at), options.keepLines === true), { kind: 'note', text: printNote(noteText(note)) });
    from = at;
  }
  return [...parts, ...escapeUnseen(text.slice(from), options.keepLines === true)];
}

const join = (parts: readonly VisiblePart[]): string => parts.map((part) => part.text).join('');

/** Letters that a note decodes may be such as would not be seen. */
const noteText = (note: string): string => join(escapeUnseen(note, false));

/** What is said of the last host name of a text that needs it, for callers that draw the text in pieces; `undefined` for nearly all. */
export const hostNoteOf = (text: string, isHost: boolean): Pick<HostNote, 'text' | 'isOdd'> | undefined => {
  const note = hostNotes(text, isHost).at(-1);
  return note && { text: noteText(note.text), isOdd: note.isOdd };
};

function escapeUnseen(text: string, keepLines: boolean): readonly VisiblePart[] {
  const parts: VisiblePart[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    const character = match[0];
    if (keepLines && (character === '\n' || character === '\t')) continue;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push({ kind: 'escape', text: SHORT[character] ?? `\\u{${hex(character)}}`, codePoint: `U+${hex(character)}` });
    from = match.index + character.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** The same as one string, for places that hold only a string: a title, a file name, an attribute. */
export const toVisibleText = (text: string): string => join(toVisibleParts(text));

/** The same of the name of a host, which in letters of another script has its `xn--` form beside it. */
export const toVisibleHost = (host: string): string => join(toVisibleParts(host, { isHost: true }));

/** The same for a box with little room, where a host name that could pass for another stands as it is on the wire. */
export const toVisibleLabel = (text: string): string => join(toVisibleParts(withWireHosts(text), { bare: true }));

/** Lines for a terminal, which would obey what stands in evidence: only line feeds and tabs of them take effect. */
export const toVisibleLines = (text: string): string => join(toVisibleParts(text, { keepLines: true }));
