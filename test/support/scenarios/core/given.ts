import type { Cause, Exchange } from './exchange.ts';
import type { Item, Json } from './store.ts';

/** A value with the answer that it was read from. */
export interface Taken {
  readonly value: string;
  readonly from: Exchange;
  /** JSON pointer as in `report.json`: `response $.items[0].id`. */
  readonly at: string;
}

export type Given = string | Taken;
/** A body, or a part of one, in which values taken from answers may stand anywhere. */
export type Body = Given | Json | readonly Body[] | { readonly [name: string]: Body };

/** Whether a value was read from an answer. */
export const isTaken = (value: unknown): value is Taken => typeof value === 'object' && value !== null && 'from' in value && 'at' in value;
export const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && 'entity' in value;

/** The value at `a.b[0].c` of a document. Errors: RangeError when nothing is there. */
export function valueAt(document: Json | undefined, pointer: string): Json {
  let current: Json | undefined = document;
  for (const step of pointer.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof current !== 'object' || current === null) current = undefined;
    else current = (current as Readonly<Record<string, Json>>)[step];
  }
  if (current === undefined) throw new RangeError(`nothing at ${pointer} in ${JSON.stringify(document).slice(0, 200)}`);
  return current;
}

/** Replaces taken values by what they are, and notes where each went. */
export function resolveBody(value: Body | undefined, at: string, causes: Cause[]): Json {
  if (value === undefined) return null;
  if (isTaken(value)) {
    causes.push({ from: value.from, kind: 'value', fromAt: value.at, toAt: at });
    return value.value;
  }
  if (Array.isArray(value)) return value.map((item: Body, index) => resolveBody(item, `${at}[${String(index)}]`, causes));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolveBody(item, `${at}.${name}`, causes)]));
  }
  return value;
}

/** The query string of a request; notes where values that were taken went. */
export function encodeQuery(query: Readonly<Record<string, Given>> | undefined, causes: Cause[]): string {
  return Object.entries(query ?? {})
    .map(([key, value]) => {
      const text = isTaken(value) ? value.value : value;
      if (isTaken(value)) causes.push({ from: value.from, kind: 'value', fromAt: value.at, toAt: `query ${key}` });
      return `${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
    })
    .join('&');
}
