import { yamlValues } from './yaml-values.ts';

/** A secret's name and its value that stand beside each other as members of their own. Units: UTF-16 code units. */
export interface TextPair {
  readonly name: string;
  readonly start: number;
  readonly value: string;
}

/** Every gap is bounded, so that no run of blanks or backslashes is read more than once for each word before it. */
const QUOTE = String.raw`\\{0,3}["']?`;
/** Between a member and what it holds: `": "`, `=`, ` = "`, `>` of XML. */
const IS = String.raw`(?:${QUOTE}\s{0,9}[:=]\s{0,9}${QUOTE}|>\s{0,9})`;
/** Between two members: `", "`, `&`, the end of a YAML line, `</name><`. */
const NEXT = String.raw`${QUOTE}(?:\s{0,9}[,;&]|</[\w:.-]{1,40}>)?(?:\s|\\r|\\n){0,60}<?${QUOTE}`;
const NAMING = '(?:name|key|header|variable|parameter|param|property|setting|field|type|id)';
const HOLDING = '(?:value|val)';
const NAME = String.raw`([A-Za-z][\w.$-]{1,59})`;
/** Blanks and marks at which a value without quotes ends, as everywhere in a text; inside of a class. */
const END = String.raw`\s"'‹›\\,;&<>(){}[\]|`;
/**
 * What holds a value ends where its own quotes do; without them at the first blank or mark. A value without quotes is
 * read once, as a group that is looked ahead at and repeated: taken back letter by letter, a text of `val=val=…` took minutes.
 */
const valueAs = (group: number): string =>
  [
    String.raw`(?:(?<=")([^"\\\r\n]{1,4096})(?=\\{0,3}")`,
    String.raw`(?<=')([^'\\\r\n]{1,4096})(?=\\{0,3}')`,
    String.raw`(?=([^${END}]{1,4096}))` + `\\${String(group)}` + String.raw`(?=[${END}]|$))`,
  ].join('|');

const FORWARD = new RegExp(String.raw`(?<![\w-])${NAMING}${IS}${NAME}${NEXT}${HOLDING}${IS}${valueAs(4)}`, 'dgi');
const BACKWARD = new RegExp(String.raw`(?<![\w=-])${HOLDING}${IS}${valueAs(3)}${NEXT}${NAMING}${IS}${NAME}`, 'dgi');
/** The same with a block of YAML for a value (`value: |`), and what follows such a block. */
const BLOCK_FORWARD = new RegExp(String.raw`(?<![\w-])${NAMING}${IS}${NAME}${NEXT}(${HOLDING}\s{0,9}:[ \t]{0,9})(?=[|>])`, 'gi');
const BLOCK_HEAD = new RegExp(String.raw`(?<![\w-])${HOLDING}\s{0,9}:[ \t]{0,9}(?=[|>])`, 'gi');
const NAME_NEXT = new RegExp(String.raw`(?:\s|\\r|\\n){0,60}${QUOTE}${NAMING}${IS}${NAME}`, 'yi');
/** What a text with such pairs has; all others are done with one search. */
const HAS_BLOCK = /val(?:ue)?\s{0,9}:[ \t]{0,9}[|>]/i;
const MAY_HOLD = /(?<![\w-])val(?:ue)?["'\\\s]{0,9}[:=>]/i;

/**
 * Finds `name` and `value` side by side in a text of any notation: YAML (`- name: DB_PASSWORD`, `value: …` below it), attributes and
 * elements of XML, forms, JSON inside of a line. What the name promises is the caller's to judge.
 */
export function findTextPairs(text: string): readonly TextPair[] {
  if (!MAY_HOLD.test(text)) return [];
  return [...pairsOf(text, FORWARD, [2, 3, 4], 1), ...pairsOf(text, BACKWARD, [1, 2, 3], 4), ...blockPairs(text)];
}

/** Pairs whose value is a block of YAML. */
function blockPairs(text: string): readonly TextPair[] {
  if (!HAS_BLOCK.test(text)) return [];
  const before = new Map<number, string>();
  for (const match of text.matchAll(BLOCK_FORWARD)) {
    const [whole, name = '', head = ''] = match;
    before.set(match.index + whole.length - head.length, name);
  }
  const blockBelow = yamlValues(text);
  return Array.from(text.matchAll(BLOCK_HEAD)).flatMap(({ index, 0: head }): TextPair[] => {
    const block = blockBelow(index, index + head.length);
    if (block === undefined) return [];
    NAME_NEXT.lastIndex = block.start + block.value.length;
    const names = [before.get(index), NAME_NEXT.exec(text)?.[1]].filter((name) => name !== undefined);
    return names.map((name) => ({ name, ...block }));
  });
}

function pairsOf(text: string, pattern: RegExp, values: readonly number[], nameAt: number): readonly TextPair[] {
  return Array.from(text.matchAll(pattern)).flatMap((match): TextPair[] => {
    const at = values.find((group) => match[group] !== undefined) ?? -1;
    const [start] = match.indices?.[at] ?? [];
    const [value, name] = [match[at], match[nameAt]];
    return start === undefined || value === undefined || name === undefined ? [] : [{ name, start, value }];
  });
}
