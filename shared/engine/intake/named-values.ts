import { scanJson } from './json-leaves.ts';

/** Members whose text names what stands beside them. */
const NAMES = new Set(['name', 'key', 'header', 'variable', 'env', 'parameter', 'param', 'property', 'setting', 'field', 'label']);
/** Members that hold what was named. */
const VALUES = new Set(['value', 'val', 'data', 'text', 'stringvalue', 'plaintext', 'default', 'defaultvalue']);
/** Longer texts name nothing. Units: characters. */
const MAX_NAME = 60;
/** Shorter texts are no secret that is worth a name. Units: characters. */
const MIN_VALUE = 6;
/** Pairs looked at of one body. */
const MAX_PAIRS = 5000;

const NONE: ReadonlyMap<number, string> = new Map();
/** What a body with such pairs has; nearly all others are done with two searches. */
const HAS_NAME = new RegExp(`"(?:${[...NAMES].join('|')})"\\s*:\\s*"`, 'i');
const HAS_VALUE = new RegExp(`"(?:${[...VALUES].join('|')})"\\s*:\\s*"`, 'i');

/**
 * The values of a JSON text whose name stands beside them, `{"name":"API_KEY","value":"3f9a…"}` in either order: settings, environments,
 * headers and forms are sent so, and the member `value` alone says nothing.
 * Shape: the place where the value begins, and its name.
 */
export function findNamedValues(json: string): ReadonlyMap<number, string> {
  if (!HAS_NAME.test(json) || !HAS_VALUE.test(json)) return NONE;
  const names = new Map<string, string>();
  const values: { readonly object: string; readonly start: number }[] = [];
  scanJson(json, ({ key, kind, text, pointer, start }) => {
    // Cut pointers end in no key: see `MAX_POINTER`.
    if (kind !== 'string' || key === undefined || !pointer.endsWith(`.${key}`)) return true;
    const object = pointer.slice(0, -(key.length + 1));
    const plain = key.toLowerCase();
    if (NAMES.has(plain)) {
      if (text.length <= MAX_NAME && !names.has(object)) names.set(object, text);
    } else if (VALUES.has(plain) && text.length >= MIN_VALUE && !/\s/.test(text)) values.push({ object, start });
    return values.length < MAX_PAIRS;
  });
  return new Map(
    values.flatMap(({ object, start }): [number, string][] => {
      const name = names.get(object);
      return name === undefined ? [] : [[start, name]];
    }),
  );
}
