/** A scalar of a JSON text with the place where it stands. Units: UTF-16 code units. */
export interface JsonLeaf {
  /** JSONPath with indices: `$.items[3].id`. */
  readonly pointer: string;
  /** JSONPath with `[*]`: what the same place is called in every item. */
  readonly field: string;
  /** The nearest key above the scalar; `undefined` at the root. */
  readonly key: string | undefined;
  /** The key above that. */
  readonly parent: string | undefined;
  readonly kind: 'string' | 'number' | 'literal';
  /** The decoded string, or the number's own text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Deeper nesting is not followed: no API sends it and a hostile body must not cost memory. */
export const MAX_DEPTH = 512;
/** Pointers longer than this are cut off: every level of a hostile body would repeat the ones above. Units: characters. */
const MAX_POINTER = 400;

interface Frame {
  readonly isArray: boolean;
  readonly pointer: string;
  readonly field: string;
  readonly key: string | undefined;
  readonly parent: string | undefined;
  index: number;
}

const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;
/** A key as pointers write it: `.id`, `["a b"]`. */
export const printKey = (key: string): string => (PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const SPACE = /[\s]*/y;
const COMPLETE = -1;

/**
 * Visits every scalar of a JSON text in order, without building the value: places are needed to mask, and a body that
 * was cut short still tells what it held until then.
 * Shape:  returns -1 when the text is one complete value, else the offset from which it could not be read.
 * Errors: none; a `visit` that returns false stops the walk where it is.
 * `nameOf` says under what name a key goes into pointers; keys are data as well, and data may be a secret.
 * Cost:   one pass, one frame a level.
 */
export function scanJson(
  text: string,
  visit: (leaf: JsonLeaf) => boolean,
  nameOf: (key: string, start: number, end: number) => string = (key) => key,
): number {
  const frames: Frame[] = [];
  let at = skipSpace(text, 0);
  let key: string | undefined;
  let keyAt = at;
  for (;;) {
    const frame = frames.at(-1);
    if (frame !== undefined && !frame.isArray && key === undefined) {
      // Inside an object: a key or the end.
      if (text[at] === '}') {
        at = afterValue(frames, text, at + 1);
        if (at < 0) return endOf(text, -at);
        continue;
      }
      const end = endOfString(text, at);
      if (end === undefined) return at;
      const name = decodeString(text.slice(at, end));
      if (name === undefined) return at;
      key = nameOf(name, at, end);
      keyAt = at;
      at = skipSpace(text, end);
      if (text[at] !== ':') return at;
      at = skipSpace(text, at + 1);
    } else if (frame?.isArray === true && text[at] === ']') {
      at = afterValue(frames, text, at + 1);
      if (at < 0) return endOf(text, -at);
      continue;
    }
    const place = placeOf(frame, key);
    // A value that is cut short is left over together with its key, which may say that it is a secret.
    const from = key === undefined ? at : keyAt;
    key = undefined;
    const open = text[at];
    if (open === '{' || open === '[') {
      if (frames.length >= MAX_DEPTH) return at;
      frames.push({ ...place, isArray: open === '[', index: 0 });
      at = skipSpace(text, at + 1);
      continue;
    }
    const scalar = readScalar(text, at);
    if (scalar === undefined) return from;
    if (!visit({ ...place, ...scalar, start: at })) return at;
    at = afterValue(frames, text, scalar.end);
    if (at < 0) return endOf(text, -at);
  }
}

/** After a value: past the comma to the next one, or, negated, to the end of the whole text when nothing is open. */
function afterValue(frames: Frame[], text: string, from: number): number {
  const closed = text[from - 1];
  if (closed === '}' || closed === ']') {
    // A string never ends in a bracket here: its last letter is the quote.
    frames.pop();
  }
  if (frames.length === 0) return -from;
  const at = skipSpace(text, from);
  const frame = frames.at(-1);
  if (text[at] === ',' && frame !== undefined) {
    frame.index += 1;
    return skipSpace(text, at + 1);
  }
  return at;
}

const endOf = (text: string, from: number): number => {
  const at = skipSpace(text, from);
  return at >= text.length ? COMPLETE : at;
};

function placeOf(frame: Frame | undefined, key: string | undefined): Pick<JsonLeaf, 'pointer' | 'field' | 'key' | 'parent'> {
  if (frame === undefined) return { pointer: '$', field: '$', key: undefined, parent: undefined };
  if (frame.isArray)
    return { pointer: `${frame.pointer}[${String(frame.index)}]`, field: `${frame.field}[*]`, key: frame.key, parent: frame.parent };
  const step = printKey(key ?? '');
  const isLong = frame.pointer.length > MAX_POINTER;
  return {
    pointer: isLong ? frame.pointer : frame.pointer + step,
    field: isLong ? frame.field : frame.field + step,
    key,
    parent: frame.key,
  };
}

function readScalar(text: string, at: number): Pick<JsonLeaf, 'kind' | 'text' | 'end'> | undefined {
  if (text[at] === '"') {
    const end = endOfString(text, at);
    const decoded = end === undefined ? undefined : decodeString(text.slice(at, end));
    return end === undefined || decoded === undefined ? undefined : { kind: 'string', text: decoded, end };
  }
  NUMBER.lastIndex = at;
  if (NUMBER.test(text)) return { kind: 'number', text: text.slice(at, NUMBER.lastIndex), end: NUMBER.lastIndex };
  LITERAL.lastIndex = at;
  if (LITERAL.test(text)) return { kind: 'literal', text: text.slice(at, LITERAL.lastIndex), end: LITERAL.lastIndex };
  return undefined;
}

function endOfString(text: string, at: number): number | undefined {
  if (text[at] !== '"') return undefined;
  for (let end = at + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 34) return end + 1;
    if (code === 92) end += 1;
  }
  return undefined;
}

function decodeString(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // A bad escape: the body is broken from here, which the caller masks as plain text.
    return undefined;
  }
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}
