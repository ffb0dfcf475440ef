import type { Forced } from './path-rules.ts';

const YEAR = /^(?:19|20)\d\d$/;
const MONTH = /^(?:0[1-9]|1[0-2])$/;
const DAY = /^(?:0[1-9]|[12]\d|3[01])$/;

const named = (name: string): Forced => ({ as: 'value', name });

/**
 * What rules say of a path's tokens, and where they say nothing, that a date in parts is one: stores and logs file by `/2026/08/…` or
 * `/2026/08/14/…`, and a month is no endpoint. A year alone stays a word: `/reports/2026` may well be one of a few pages, and APIs name versions by years.
 * Shape: as many as `tokens`, or fewer where the last ones are free; `undefined` when all are.
 */
export function withDateParts(tokens: readonly string[], forced: readonly Forced[] | undefined): readonly Forced[] | undefined {
  const isFree = (at: number): boolean => forced?.[at]?.as === undefined && forced?.[at]?.name === undefined;
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    if (!YEAR.test(tokens[at] ?? '') || !MONTH.test(tokens[at + 1] ?? '') || !isFree(at) || !isFree(at + 1)) continue;
    const all = tokens.map((_, place): Forced => forced?.[place] ?? { as: undefined, name: undefined });
    all[at] = named('year');
    all[at + 1] = named('month');
    if (DAY.test(tokens[at + 2] ?? '') && isFree(at + 2)) all[at + 2] = named('day');
    return all;
  }
  return forced;
}
