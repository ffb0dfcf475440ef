import { isPlainWord } from './opaque.ts';

/** A value of YAML that stands below its name. Units: UTF-16 code units. */
export interface YamlValue {
  readonly start: number;
  readonly value: string;
}

/** A line end, as itself or as JSON and logs write it inside of a string. */
const LINE_END = String.raw`(?:\r?\n|(?:\\r)?\\n)`;
/** The head of a block scalar. Source: YAML 1.2.2, section 8.1: style, then indentation and chomping in either order, then a comment. */
const BLOCK = new RegExp(String.raw`[|>](?:[+-]?[1-9]?|[1-9][+-])(?:[ \t]{1,20}#[^\r\n\\]{0,200})?[ \t]{0,20}${LINE_END}`, 'y');
const COMMENT = String.raw`(?:#[^\r\n\\]{0,200})?`;
/** Nothing on the name's own line but a comment, then one word alone on a line of its own. */
const BELOW = new RegExp(
  String.raw`[ \t]{0,20}${COMMENT}${LINE_END}(?:[ \t]{0,200}#[^\r\n\\]{0,200}${LINE_END}){0,3}([ \t]{1,200})(["']?)([^\s"'\\‹›{}[\]<>|#][^\s"'\\‹›]{0,4095})\2[ \t]{0,20}${COMMENT}(?=${LINE_END}|["']?$)`,
  'dy',
);
/** What a value may be called and told to be before it begins: an anchor, a tag. Source: YAML 1.2.2, section 6.9. */
const PROPERTIES = new RegExp(
  String.raw`(?:(?:&[^\s"'‹›,[\]{}\\]{1,60}|!{1,2}[A-Za-z]?[\w:./-]{0,60})(?:[ \t]{1,20}|(?=${LINE_END}))){1,2}`,
  'y',
);
/** A line: its blanks, what stands in it, its end. */
export const LINE = new RegExp(String.raw`([ \t]*)((?:(?!${LINE_END})[^])*)(${LINE_END}|$)`, 'y');
/** What may stand before a name on its line. Units: characters. */
const MAX_INDENT = 200;
/** Longer blocks are documents. Units: characters. */
const MAX_BLOCK = 16_384;

/** Blanks before the name on its line; the dash of a list is one, since what belongs to the name stands deeper than it. `undefined` in mid-line. */
export function indentOf(text: string, nameStart: number): number | undefined {
  let indent = 0;
  while (indent < MAX_INDENT && /[ \t'"-]/.test(text[nameStart - 1 - indent] ?? '')) indent += 1;
  const before = text[nameStart - 1 - indent];
  // An escaped line end ends in a letter.
  const isLineStart = before === undefined || before === '\n' || (before === 'n' && text[nameStart - 2 - indent] === '\\');
  return isLineStart ? indent - (/['"]/.test(text[nameStart - 1] ?? '') ? 1 : 0) : undefined;
}

/** Where a value of YAML begins behind its anchor and its tag: `&shop !!str hunter2`. Shape: `at` is the place behind a colon and a blank. */
export function behindProperties(text: string, at: number): number {
  if ((text[at] !== '&' && text[at] !== '!') || !/[ \t]/.test(text[at - 1] ?? '')) return at;
  PROPERTIES.lastIndex = at;
  if (!PROPERTIES.test(text)) return at;
  const from = PROPERTIES.lastIndex;
  return /["']/.test(text[from] ?? '') ? from + 1 : from;
}

/** Asks for the value below a name. Shape: names are asked for in their order in the text; `at` is the place behind the colon. */
export type ValueBelow = (nameStart: number, at: number) => YamlValue | undefined;

/**
 * The values that YAML has below a name of a text: the lines of a block scalar (`password: |`), or one word on the next line.
 * Shape: `undefined` when the value stands beside its name. A block goes from its first letter to its last one: the lines that stand deeper
 *        than the name.
 * Cost:  a block is read once for each name that it is nested below; a name in mid-line has no place among them, and inside of a block that was
 *        read it is a part of that one.
 */
export function yamlValues(text: string): ValueBelow {
  let read = 0;
  return (nameStart, at) => {
    const indent = indentOf(text, nameStart);
    BLOCK.lastIndex = at;
    if (BLOCK.test(text)) {
      if (indent === undefined && nameStart < read) return undefined;
      const { value, end } = blockFrom(text, BLOCK.lastIndex, indent ?? 0);
      read = Math.max(read, end);
      return value;
    }
    BELOW.lastIndex = at;
    const match = BELOW.exec(text);
    if (match === null) return undefined;
    const [, deeper = '', , value = ''] = match;
    // Words and further names (`password:` over `type: string`) are no value.
    if (deeper.length <= (indent ?? 0) || isPlainWord(value) || value.endsWith(':')) return undefined;
    return { start: match.indices?.[3]?.[0] ?? at, value };
  };
}

/** The block from a place on, and how far the text was read for it. */
function blockFrom(text: string, from: number, indent: number): { readonly value: YamlValue | undefined; readonly end: number } {
  let first = -1;
  let end = from;
  LINE.lastIndex = from;
  for (let line = LINE.exec(text); line !== null && line[0] !== '' && line.index - from <= MAX_BLOCK; line = LINE.exec(text)) {
    const [, blanks = '', content = ''] = line;
    if (content.trim() !== '') {
      if (blanks.length <= indent) break;
      if (first < 0) first = line.index + blanks.length;
      end = line.index + blanks.length + content.trimEnd().length;
    }
    LINE.lastIndex = line.index + line[0].length;
  }
  return { value: first < 0 ? undefined : { start: first, value: text.slice(first, end) }, end };
}
