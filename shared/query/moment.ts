import { QuerySyntaxError, isBoundary, skipBlanks } from './scan.ts';
import { parseNumber, printNumber } from './values.ts';

/** A moment that the calls of the case set: their first or last time, and so much later or earlier. Units: `offset` in ms. */
export interface Moment {
  readonly anchor: 'start' | 'end';
  readonly offset: number;
}

const anchorForm = /case\.(start|end)(?=[\s)+-]|$)/iy;
// An offset needs its unit: `case.start -404` leaves out the calls with the word 404.
const offsetForm = /([+-])\s*(\d[\d.]*(?:e[+-]?\d+)?[a-zµ]+)(?=[\s)]|$)/iy;

/**
 * Reads `case.start`, `case.start + 5m` or `case.end - 1h`; `undefined` when something else stands there.
 * Errors: QuerySyntaxError when what follows + or - is not a duration.
 */
export function readMoment(text: string, start: number): { readonly moment: Moment; readonly end: number } | undefined {
  anchorForm.lastIndex = start;
  const [whole, word] = anchorForm.exec(text) ?? [];
  if (whole === undefined || word === undefined) return undefined;
  const anchor = word.toLowerCase() === 'start' ? 'start' : 'end';
  const end = start + whole.length;
  const at = skipBlanks(text, end);
  offsetForm.lastIndex = at;
  const [offset, sign, duration] = offsetForm.exec(text) ?? [];
  const value = duration === undefined ? undefined : parseNumber('duration', duration);
  // `|| 0` keeps -0 out.
  if (offset !== undefined && value !== undefined)
    return { moment: { anchor, offset: (sign === '-' ? -value : value) || 0 }, end: at + offset.length };
  const next = text.charAt(at);
  // `case.start -host:a` is two conditions; with no blank before it, or one behind it, the sign belongs to the time.
  if (next === '+' || (next === '-' && (at === end || isBoundary(text, at + 1))))
    throw new QuerySyntaxError(at, 1, `case.${anchor} ${next} needs a duration, such as 5m, 2h or 1d`, [`case.${anchor} ${next} 5m`]);
  return { moment: { anchor, offset: 0 }, end };
}

/** Writes a moment so that reading it gives the same one. */
export function printMoment({ anchor, offset }: Moment): string {
  if (offset === 0) return `case.${anchor}`;
  const size = printNumber('duration', Math.abs(offset));
  return `case.${anchor} ${offset < 0 ? '-' : '+'} ${size}${/[a-z]$/.test(size) ? '' : 'ms'}`;
}
