import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import type { CallOutcome } from '#shared/model/call.ts';

/** The stretch of time that a waterfall shows. Units: ms since 1970 and ms. */
export interface TimeFrame {
  readonly start: number;
  readonly span: number;
}

/** The frame that holds all calls with a time; `undefined` when none has one. */
export function frameOf(calls: readonly DrawnCall[]): TimeFrame | undefined {
  let start = Infinity;
  let end = -Infinity;
  for (const call of calls) {
    const at = startOf(call);
    if (at === undefined) continue;
    start = Math.min(start, at);
    end = Math.max(end, at + (call.durationMs ?? 0));
  }
  return Number.isFinite(start) ? { start, span: Math.max(1, end - start) } : undefined;
}

/** Starts that were read: a chain's calls are asked for theirs by folds, rows and bars alike. */
const starts = new WeakMap<DrawnCall, number>();

/** When a call began, as far as its source says, on the clock of its chain. Units: ms since 1970, with fraction. */
export function startOf(call: DrawnCall): number | undefined {
  if (call.time === undefined) return undefined;
  const known = starts.get(call) ?? readStart(call, call.time);
  starts.set(call, known);
  return known;
}

function readStart(call: DrawnCall, time: string): number {
  // Date.parse keeps three digits; the microseconds after them matter between calls of one millisecond.
  const at = Date.parse(time) + Number(`0.${time.slice(23, 26)}`) - (call.clockAheadMs ?? 0);
  return call.timeKind === 'end' ? at - (call.durationMs ?? 0) : at;
}

/** One bar of a row. Units: CSS px. */
export interface Bar {
  readonly key: number;
  readonly x: number;
  readonly width: number;
  readonly status: string;
}

/** Narrowest bar that can still be seen. Units: CSS px. */
const NARROWEST = 2;

/** The bars of calls over `width` px, those without a time left out; `status` is the class of their answer. */
export function barsOf(calls: readonly DrawnCall[], { start, span }: TimeFrame, width: number): readonly Bar[] {
  return calls.flatMap((call, key) => {
    const at = startOf(call);
    if (at === undefined) return [];
    const x = Math.min(((at - start) / span) * width, width - NARROWEST);
    const length = Math.max(NARROWEST, Math.min(width - x, ((call.durationMs ?? 0) / span) * width));
    return [{ key, x, width: length, status: statusClass(call) }];
  });
}

/** A refusal and a failure that only the record's words tell stand as their statuses do. */
const OUTCOME_CLASSES: Readonly<Record<CallOutcome, string>> = { given: 'wbar-2', denied: 'wbar-4', failed: 'wbar-5' };

function statusClass({ status = 0, outcome }: DrawnCall): string {
  if (status === 0) return outcome === undefined ? 'wbar-none' : OUTCOME_CLASSES[outcome];
  const first = String(status).charAt(0);
  return '2345'.includes(first) ? `wbar-${first}` : 'wbar-none';
}

/** A fold of thousands draws only what differs by a pixel: bars of one class that touch become one. */
export function mergeBars(bars: readonly Bar[]): readonly Bar[] {
  const merged: Bar[] = [];
  for (const bar of bars.toSorted((a, b) => a.x - b.x)) {
    const last = merged.at(-1);
    if (last?.status === bar.status && bar.x <= last.x + last.width)
      merged[merged.length - 1] = { ...last, width: Math.max(last.width, bar.x + bar.width - last.x) };
    else merged.push(bar);
  }
  return merged;
}

/** Stretches of time over `width` px, those that touch as one. */
export function stretchesOf(
  stretches: readonly { readonly from: number; readonly to: number }[],
  { start, span }: TimeFrame,
  width: number,
): readonly Pick<Bar, 'x' | 'width'>[] {
  const bars = stretches.map(({ from, to }, key) => ({
    key,
    x: Math.min(((from - start) / span) * width, width - NARROWEST),
    width: Math.max(NARROWEST, ((to - from) / span) * width),
    status: '',
  }));
  return mergeBars(bars);
}
