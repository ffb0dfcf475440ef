import type { Severity } from '../../contract/report-json.ts';
import type { Cell, Inline } from './blocks.ts';

/** Our own words. */
export const text = (value: string): Inline => ({ kind: 'text', text: value });
/** Our own words, set off. */
export const strong = (value: string): Inline => ({ kind: 'strong', text: value });
/** Text of the evidence: names, paths, references. */
export const code = (value: string): Inline => ({ kind: 'code', text: value });
export const severityMark = (severity: Severity): Inline => ({ kind: 'severity', severity });
/** A link to a heading of this document. */
export const link = (to: string, value: string): Inline => ({ kind: 'link', to, text: value });
/** "section 3" or "annex B", as the part is numbered in this document. */
export const partNumber = (id: string): Inline => ({ kind: 'part', id });
/** A cell of our own words. */
export const words = (value: string): Cell => [text(value)];
/** A cell of evidence text; a dash when there is none. */
export const codeCell = (value: string | undefined): Cell => (value === undefined || value === '' ? [text('–')] : [code(value)]);

/** Evidence texts with commas between; `none` when there are none, and "and n more" beyond `limit`. */
export function codeList(values: readonly string[], limit = 12, none = 'none'): Cell {
  if (values.length === 0) return [text(none)];
  const shown = values.slice(0, limit).flatMap((value, index) => (index === 0 ? [code(value)] : [text(', '), code(value)]));
  return values.length > limit ? [...shown, text(` and ${count(values.length - limit)} more`)] : shown;
}

/** The same one below the other, for names that are long and full of commas and blanks themselves. */
export function codeLines(values: readonly string[], limit = 12, none = 'none'): Cell {
  if (values.length === 0) return [text(none)];
  const shown = values.slice(0, limit).flatMap((value, index): Cell => (index === 0 ? [code(value)] : [{ kind: 'break' }, code(value)]));
  return values.length > limit ? [...shown, { kind: 'break' }, text(`and ${count(values.length - limit)} more`)] : shown;
}

/** A sentence made of parts with evidence in between; strings are our own words. */
export const sentence = (...parts: readonly (string | Inline | Cell)[]): Cell =>
  parts.flatMap((part): Cell => (typeof part === 'string' ? [text(part)] : 'kind' in part ? [part] : part));

/** U+202F, which keeps a number on one line. */
export const THIN_SPACE = '\u202f';
/** A whole number with its digits in groups of three. Example: 12345 gives "12 345" (narrow space). */
export const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
/** "1 call", "2 calls". */
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** A share of a whole in percent; a whole of nothing is "–", and what is not all or nothing is never shown as 100 or 0. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  if (share > 99.9 && part < whole) return '> 99.9 %';
  if (share < 0.1 && part > 0) return '< 0.1 %';
  return `${share === 100 || share === 0 ? share.toFixed(0) : share.toFixed(1)} %`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
/** A size in decimal units, three digits or so. Units: bytes. */
export function byteText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? count(value) : value.toFixed(1)} ${BYTE_UNITS[unit] ?? ''}`;
}

/** A time of the evidence as pages print it: `2026-03-02 22:14:07.113`, UTC; finer digits only where they are not zero. */
export function timeText(time: string | undefined): string {
  if (time === undefined) return '–';
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.(\d{3})(\d{3})Z$/.exec(time);
  if (match === null) return time;
  const [, day, clock, millis, micros] = match;
  return `${day ?? ''} ${clock ?? ''}.${millis ?? ''}${micros === '000' ? '' : (micros ?? '')}`;
}

/** A time to the minute, for sentences. */
export const minuteText = (time: string): string => time.slice(0, 16).replace('T', ' ');

/** Seconds between two printed times. */
export const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
export const severityWord: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** The position of a text in a list as the anchor of its row, since an anchor is never made of evidence. */
export const findingAnchor = (index: number): string => `finding-${String(index + 1)}`;
