import { scanJson } from '../json-leaves.ts';
import { isPlainWord } from './opaque.ts';

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));
/** Members whose text names what stands beside them. */
const NAMES = wordSet('name key header variable env parameter param property setting field label attribute type id k');
/** Members that hold what was named, and nothing but that: any text counts. */
const VALUES = wordSet('value val values stringvalue plaintext v');
/** Members that hold sentences for a reader as often: only a text without blanks counts. */
const TEXTS = wordSet('data text default defaultvalue');
/** Longer texts name nothing. Units: characters. */
const MAX_NAME = 60;
/** Names of one object that are kept: `{"type":"password","name":"pw1","value":"…"}`. */
const MAX_NAMES = 4;
/** Shorter texts of members for sentences are no secret that is worth a name. Units: characters. */
const MIN_TEXT = 6;

const NONE: ReadonlyMap<number, readonly string[]> = new Map();
const memberOf = (names: Iterable<string>): string => `"(?:${[...names].join('|')})"\\s*:\\s*`;
/** What a body with such pairs has; nearly all others are done with two searches. */
const HAS_NAME = new RegExp(`${memberOf(NAMES)}"`, 'i');
const HAS_VALUE = new RegExp(`${memberOf([...VALUES, ...TEXTS])}["[\\d-]`, 'i');
/** `["X-Api-Key","…"]`, as libraries of HTTP write raw headers. */
const HAS_TUPLE = /\[\s*"[A-Za-z][\w.-]{1,59}"\s*,\s*"/;
const INDEX = /\[(\d+)\]$/;

/** A value with the place of what may name it: its object, or the list of two that it stands in. */
interface Pair {
  readonly start: number;
  readonly named: string;
}

/**
 * The values of a JSON text whose name stands beside them, `{"name":"API_KEY","value":"3f9a…"}` in either order, and lists of a name and a
 * value: settings, environments, headers and forms are sent so, and the member `value` alone says nothing.
 * Shape: the place where the value begins, and what may be its name, the first first.
 */
export function findNamedValues(json: string): ReadonlyMap<number, readonly string[]> {
  const hasMembers = HAS_NAME.test(json) && HAS_VALUE.test(json);
  const hasTuples = HAS_TUPLE.test(json);
  if (!hasMembers && !hasTuples) return NONE;
  const names = new Map<string, string[]>();
  const pairs: Pair[] = [];
  const addName = (place: string, name: string): void => {
    const known = names.get(place);
    if (known === undefined) names.set(place, [name]);
    else if (known.length < MAX_NAMES) known.push(name);
  };
  scanJson(json, ({ key, kind, text, pointer, start }) => {
    const index = INDEX.exec(pointer);
    const holder = index === null ? pointer : pointer.slice(0, index.index);
    const isMember = key !== undefined && holder.endsWith(`.${key}`); // cut pointers end in no key: see `MAX_POINTER`
    if (hasMembers && isMember && kind !== 'literal') {
      const object = holder.slice(0, -(key.length + 1));
      const plain = key.toLowerCase();
      if (NAMES.has(plain) && index === null) {
        if (kind === 'string' && text.length <= MAX_NAME) addName(object, text);
      } else if (VALUES.has(plain) || (TEXTS.has(plain) && kind === 'string' && text.length >= MIN_TEXT && !/\s/.test(text)))
        pairs.push({ start, named: object });
    }
    // A list of words (`["password", "text"]`) is no header: what stands second must look like a value.
    if (hasTuples && index !== null && kind === 'string') {
      if (index[1] === '0' && text.length <= MAX_NAME) addName(holder, text);
      else if (index[1] === '1' && !isPlainWord(text)) pairs.push({ start, named: holder });
      else if (index[1] === '2') names.delete(holder);
    }
    return true; // to the end: what comes before must not hide what comes after
  });
  return new Map(
    pairs.flatMap(({ start, named }): [number, readonly string[]][] => {
      const found = names.get(named);
      return found === undefined ? [] : [[start, found]];
    }),
  );
}
