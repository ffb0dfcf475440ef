import { parseIsoTime } from '#shared/lib/iso-time.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';

/** From the first moment to just before the second. Units: epoch µs. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What is compared: another case, the earlier one, with this; or two windows of this. */
export type CompareChoice =
  { readonly kind: 'case'; readonly id: string } | { readonly kind: 'windows'; readonly before: TimeWindow; readonly after: TimeWindow };

/** A day or a time as a person writes it, `2026-10-01` or `2026-10-01 08:30`, in UTC unless it says otherwise. Units: epoch µs. */
export function parseMomentText(text: string): number | undefined {
  const trimmed = text.trim();
  const parsed = parseIsoTime(/^\d{4}-\d\d-\d\d$/.test(trimmed) ? `${trimmed}T00:00Z` : trimmed, 0);
  return typeof parsed === 'string' ? undefined : parsed.time;
}

/** Inverse of `parseMomentText`: to the minute where that is exact. */
export function printMomentText(micros: number): string {
  const text = printTime(epochMicros(micros));
  return text.endsWith(':00.000000Z') ? text.slice(0, 16).replace('T', ' ') : text;
}

/** Units: µs. */
const DAY_LENGTH = 86_400_000_000;

/** A window of two texts; the same day twice is the whole of it. `undefined` unless it ends after it begins. */
export function toWindow(from: string, to: string): TimeWindow | undefined {
  const [start, last] = [parseMomentText(from), parseMomentText(to)];
  const isOneDay = from.trim() === to.trim() && /^\d{4}-\d\d-\d\d$/.test(from.trim());
  const end = isOneDay && last !== undefined ? last + DAY_LENGTH : last;
  return start === undefined || end === undefined || start >= end ? undefined : { from: start, to: end };
}

const printWindow = ({ from, to }: TimeWindow): string => `${String(from)}..${String(to)}`;

function parseWindow(text: string): TimeWindow | undefined {
  const match = /^(\d{1,16})\.\.(\d{1,16})$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  return match !== null && from < to ? { from, to } : undefined;
}

/** A choice as a link keeps it. */
export const printChoice = (choice: CompareChoice): string =>
  choice.kind === 'case' ? `case:${choice.id}` : `${printWindow(choice.before)},${printWindow(choice.after)}`;

/** Inverse of `printChoice`; `undefined` for anything else. */
export function parseChoice(text: string | undefined): CompareChoice | undefined {
  if (text === undefined) return undefined;
  if (text.startsWith('case:')) return { kind: 'case', id: text.slice('case:'.length) };
  const [first = '', second = ''] = text.split(',');
  const [before, after] = [parseWindow(first), parseWindow(second)];
  return before === undefined || after === undefined ? undefined : { kind: 'windows', before, after };
}
