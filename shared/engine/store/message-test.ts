import { isCaseless, type Target } from '../../query/fields.ts';
import { fitsPattern } from '../../query/fits-pattern.ts';
import { parseRegex } from '../../query/regex.ts';
import type { QueryNode } from '../../query/ast.ts';
import type { StoredDetail } from '../intake/masking/masked-call.ts';

/** A condition on what is inside a message: a header, or a body or a value of it. `anyHeader` is what `has:header` asks. */
export type MessageCondition = Extract<QueryNode, { kind: 'match' | 'present' | 'regex' }> | { readonly kind: 'anyHeader' };

/** Makes the test of one condition, so that patterns are read once and not per call. */
export function messageTest(condition: MessageCondition): (detail: StoredDetail) => boolean {
  if (condition.kind === 'anyHeader') return (detail) => (detail.requestHeaders?.length ?? 0) + (detail.responseHeaders?.length ?? 0) > 0;
  const { field, path } = condition;
  const fits = textTest(condition);
  if (path === undefined)
    return (detail) => {
      const text = bodyText(field, detail);
      return text !== undefined && fits(text);
    };
  if (field === 'req.body' || field === 'res.body') {
    const keys = path.split('.');
    const parse = asksWritten(condition) ? parseWritten : parseJson;
    return (detail) => {
      const text = bodyText(field, detail);
      // Only an object or a list has something inside, and parsing is what costs.
      return text !== undefined && /^\s*[[{]/.test(text) && someAt(parse(text), keys, fits);
    };
  }
  return (detail) => {
    const sides = [
      ...(field === 'res.header' ? [] : (detail.requestHeaders ?? [])),
      ...(field === 'req.header' ? [] : (detail.responseHeaders ?? [])),
    ];
    return sides.some(([name, value]) => name.toLowerCase() === path && fits(value));
  };
}

/** A word is looked for anywhere in a body; a header or a JSON value must fit as a whole. */
function textTest(condition: Exclude<MessageCondition, { kind: 'anyHeader' }>): (text: string) => boolean {
  if (condition.kind === 'present') return () => true;
  const caseless = isCaseless(condition);
  if (condition.kind === 'regex') {
    const parsed = parseRegex(condition.source, caseless);
    return parsed.ok ? parsed.test : () => false;
  }
  const isWhole = condition.path !== undefined;
  const patterns = condition.values.map((value) => {
    // With a star capitals do not count, as elsewhere; a word in a body has none.
    const isFolded = caseless || (isWhole && value.length > 1);
    const whole = isWhole ? value : ['', ...value, ''];
    return { isFolded, pattern: isFolded ? whole.map((piece) => piece.toLowerCase()) : whole };
  });
  const foldsAny = patterns.some(({ isFolded }) => isFolded);
  return (text) => {
    const folded = foldsAny ? text.toLowerCase() : text;
    return patterns.some(({ isFolded, pattern }) => fitsPattern(isFolded ? folded : text, pattern));
  };
}

function bodyText(field: Target['field'], detail: StoredDetail): string | undefined {
  const text = (field === 'req.body' ? detail.requestBody : detail.responseBody)?.text;
  return text === '' ? undefined : text;
}

const WRITTEN = Symbol('as it was written');

/** A number that JavaScript writes otherwise than the message did: `1.0`, or an id of twenty digits. */
interface WrittenNumber {
  readonly [WRITTEN]: string;
  toJSON(): number;
}

/** What a message holds, with numbers as they were written where that differs. */
type Written = string | number | boolean | null | WrittenNumber | readonly Written[] | { readonly [name: string]: Written };

const isWritten = (value: Written): value is WrittenNumber => typeof value === 'object' && value !== null && WRITTEN in value;

function keepWritten(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value !== 'number' || source === undefined || source === String(value)
    ? value
    : ({ [WRITTEN]: source, toJSON: () => value } satisfies WrittenNumber);
}

/** True when a number's own writing decides: not for `42`, which is what JavaScript makes of `42.0`, too. */
function asksWritten(condition: Exclude<MessageCondition, { kind: 'anyHeader' }>): boolean {
  if (condition.kind !== 'match') return condition.kind === 'regex';
  return condition.values.some(([first = '', ...rest]) => rest.length > 0 || (/^-?\d/.test(first) && String(Number(first)) !== first));
}

/** Numbers that may be written otherwise: looking at each value takes several times as long as parsing. */
const ODD_NUMBER = /\d{16}|\d[.eE]|-0/;

const parseWritten = (text: string): Written | undefined => parseJson(text, ODD_NUMBER.test(text) ? keepWritten : undefined);

function parseJson(text: string, revive?: typeof keepWritten): Written | undefined {
  try {
    return JSON.parse(text, revive) as Written; // JSON.parse gives nothing else
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True when a value at the end of the way fits; a list means any of its items, or the one at a place when the key is a number. */
function someAt(value: Written | undefined, keys: readonly string[], fits: (text: string) => boolean): boolean {
  const [key, ...rest] = keys;
  if (value === undefined) return false;
  if (isList(value)) {
    const placed = key !== undefined && /^\d+$/.test(key) && someAt(value[Number(key)], rest, fits);
    return placed || value.some((item) => someAt(item, keys, fits));
  }
  // `42` and `42.0` are both found by what stands in the message and by what every other program makes of it.
  if (isWritten(value)) return key === undefined && (fits(value[WRITTEN]) || fits(String(value.toJSON())));
  if (key === undefined) return fits(typeof value === 'string' ? value : JSON.stringify(value));
  return isObject(value) && Object.hasOwn(value, key) && someAt(value[key], rest, fits);
}

const isObject = (value: Written): value is { readonly [name: string]: Written } => typeof value === 'object' && value !== null;
const isList = (value: Written): value is readonly Written[] => Array.isArray(value);
