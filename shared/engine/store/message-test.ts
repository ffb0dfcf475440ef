import { isCaseless, type Target } from '../../query/fields.ts';
import { fitsPattern } from '../../query/fits-pattern.ts';
import { parseRegex } from '../../query/regex.ts';
import type { QueryNode } from '../../query/ast.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { StoredDetail } from '../intake/masked-call.ts';

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
    return (detail) => {
      const text = bodyText(field, detail);
      // Only an object or a list has something inside, and parsing is what costs.
      return text !== undefined && /^\s*[[{]/.test(text) && someAt(parseJson(text), keys, fits);
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
  const patterns = condition.values.map((value) => (isWhole ? value : ['', ...value, '']));
  return (text) => patterns.some((pattern) => fitsPattern(pattern, text, caseless));
}

function bodyText(field: Target['field'], detail: StoredDetail): string | undefined {
  const text = (field === 'req.body' ? detail.requestBody : detail.responseBody)?.text;
  return text === '' ? undefined : text;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True when a value at the end of the way fits; a list means any of its items, or the one at a place when the key is a number. */
function someAt(value: Json | undefined, keys: readonly string[], fits: (text: string) => boolean): boolean {
  const [key, ...rest] = keys;
  if (value === undefined) return false;
  if (isList(value)) {
    const placed = key !== undefined && /^\d+$/.test(key) && someAt(value[Number(key)], rest, fits);
    return placed || value.some((item) => someAt(item, keys, fits));
  }
  if (key === undefined) return fits(typeof value === 'string' ? value : JSON.stringify(value));
  return isObject(value) && Object.hasOwn(value, key) && someAt(value[key], rest, fits);
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
