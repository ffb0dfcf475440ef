import { appendClause, listClauses, removeClause } from '#shared/query/clauses.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { printQuery } from '#shared/query/print.ts';
import { parseOff, printOff } from '../state/off-conditions.ts';

/** The pinned conditions of a link; what cannot be understood is dropped, as the rest of a damaged link is. Printed by `printOff`. */
export const parsePins = (text: string | undefined): readonly string[] => parseOff(text).filter((pin) => listClauses(pin).length > 0);

const meaningOf = (text: string): string => {
  const parsed = parseQuery(text);
  return parsed.ok ? printQuery(parsed.ast) : text;
};

/** What is asked: the query and every pinned condition. A query that cannot be understood stays as it is. */
export function withPins(query: string, pins: readonly string[]): string {
  if (!parseQuery(query.trim() === '' ? '*' : query).ok) return query;
  return pins.reduce((text, pin) => {
    const has = listClauses(text).some((clause) => meaningOf(clause.text) === meaningOf(pin));
    return has ? text : appendClause(text, pin);
  }, query);
}

/** The query without what is pinned: what the bar shows. */
export function withoutPins(query: string, pins: readonly string[]): string {
  const pinned = new Set(pins.flatMap((pin) => listClauses(pin).map(({ text }) => meaningOf(text))));
  if (pinned.size === 0) return query;
  let left = query;
  const clauses = listClauses(query);
  for (let index = clauses.length - 1; index >= 0; index -= 1)
    if (pinned.has(meaningOf(clauses[index]?.text ?? ''))) left = removeClause(left, index);
  return left;
}

/** A query without its last condition, or, where it has none, without the last that is pinned. */
export interface Shorter {
  /** The condition that goes, as it is written. */
  readonly dropped: string;
  /** What is asked then, and what the link keeps. */
  readonly asked: string;
  readonly to: { readonly query: string; readonly pin: string | undefined };
}

/** What dropping the last condition would leave; `undefined` where there is none. */
export function withoutLast(query: string, pins: readonly string[]): Shorter | undefined {
  const own = listClauses(query);
  const [lastOwn, lastPin] = [own.at(-1), pins.at(-1)];
  const dropped = lastOwn?.text ?? lastPin;
  if (dropped === undefined) return undefined;
  const left = lastOwn === undefined ? query : removeClause(query, own.length - 1);
  const kept = lastOwn === undefined ? pins.slice(0, -1) : pins;
  return { dropped, asked: withPins(left, kept), to: { query: left, pin: printOff(kept) } };
}
