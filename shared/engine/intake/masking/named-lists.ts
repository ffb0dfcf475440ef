import { indentOf, LINE } from './yaml-values.ts';

/** One of the values that stand in a list below or beside a name. Units: UTF-16 code units. */
export interface ListedValue {
  readonly start: number;
  readonly value: string;
}

/** Longer lists are data. Units: characters, items. */
const MAX_LIST = 16_384;
const MAX_ITEMS = 1000;
/** The next value of `["a", 'b', c]`; quotes may be escaped, as in JSON inside of a string. */
const FLOW_ITEM =
  /(?:[\s,]|\\[nrt]){0,200}(?:\\{0,3}"([^"\\\r\n]{1,4096})\\{0,3}"|\\{0,3}'([^'\\\r\n]{1,4096})\\{0,3}'|([^\s"'\\[\]{},‹›]{1,4096}))/dy;
/** The value of `- a`, with the quotes, anchor, tag and comment that YAML allows around it. */
const BLOCK_ITEM =
  /^-[ \t]{1,20}(?:[&!][^\s"']{0,60}[ \t]{1,20}){0,2}(?:"([^"\\]{1,4096})"|'([^']{1,4096})'|([^\s"'[\]{}|>#][^]{0,4096}))/d;

/** Asks for the values of the list that belongs to a name. Shape: names are asked for in their order in the text; `at` is the place behind the colon. */
export type ListBelow = (nameStart: number, at: number) => readonly ListedValue[];

/**
 * The values of lists that YAML, JSON inside of a text and scripts have for a name: `passwords: ["a", "b"]`, or lines of `- a` below it.
 * Shape: empty where no list follows. An item that has a name of its own (`- key: a`) is left to that one.
 * Cost:  a list is read once; a name inside of one that was read is a part of it.
 */
export function namedLists(text: string): ListBelow {
  let read = 0;
  return (nameStart, at) => {
    if (nameStart < read) return [];
    const { values, end } = text[at] === '[' ? flowFrom(text, at + 1) : blockFrom(text, at, nameStart);
    read = Math.max(read, end);
    return values;
  };
}

interface ReadList {
  readonly values: readonly ListedValue[];
  readonly end: number;
}

function valueOf(match: RegExpExecArray, offset: number): ListedValue | undefined {
  const group = [1, 2, 3].find((index) => match[index] !== undefined) ?? 0;
  const [start] = match.indices?.[group] ?? [];
  const value = match[group];
  return start === undefined || value === undefined ? undefined : { start: start + offset, value };
}

function flowFrom(text: string, from: number): ReadList {
  const values: ListedValue[] = [];
  let end = from;
  FLOW_ITEM.lastIndex = from;
  for (let match = FLOW_ITEM.exec(text); match !== null; match = FLOW_ITEM.exec(text)) {
    const value = valueOf(match, 0);
    end = FLOW_ITEM.lastIndex;
    if (value === undefined || values.push(value) >= MAX_ITEMS || end - from > MAX_LIST) break;
  }
  return { values, end };
}

const NOTHING: ReadList = { values: [], end: 0 };
const EMPTY_REST = /[ \t]{0,20}(?:#[^\r\n\\]{0,200})?(?:\r?\n|(?:\\r)?\\n)/y;

function blockFrom(text: string, at: number, nameStart: number): ReadList {
  EMPTY_REST.lastIndex = at;
  const indent = EMPTY_REST.test(text) ? indentOf(text, nameStart) : undefined;
  if (indent === undefined) return NOTHING;
  const from = EMPTY_REST.lastIndex;
  const values: ListedValue[] = [];
  let end = from;
  let depth = -1;
  LINE.lastIndex = from;
  for (let line = LINE.exec(text); line !== null && line[0] !== '' && line.index - from <= MAX_LIST; line = LINE.exec(text)) {
    const [whole, blanks = '', content = ''] = line;
    const isItem = content.startsWith('-') && (depth < 0 ? blanks.length >= indent : blanks.length === depth);
    // What stands deeper belongs to the item before it.
    if (content.trim() !== '' && !isItem && (depth < 0 || blanks.length <= depth)) break;
    end = line.index + whole.length;
    if (isItem) {
      depth = blanks.length;
      const value = itemOf(content, line.index + blanks.length);
      if (value !== undefined && values.push(value) >= MAX_ITEMS) break;
    }
    LINE.lastIndex = end;
  }
  return { values, end };
}

/** The value of one line of a list; `undefined` for what has a name of its own or is no scalar. */
function itemOf(content: string, offset: number): ListedValue | undefined {
  const match = BLOCK_ITEM.exec(content);
  if (match === null) return undefined;
  const found = valueOf(match, offset);
  if (found === undefined || match[3] === undefined) return found;
  const value = (/^(?:(?! #)[^])*/.exec(found.value)?.[0] ?? '').trimEnd().replace(/["']$/, '');
  return value === '' || /:(?:\s|$)/.test(value) ? undefined : { start: found.start, value };
}
