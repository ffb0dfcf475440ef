import type { CallRow } from '#shared/contract/rows.ts';

/** The stretch of time that a waterfall shows. Units: ms since 1970 and ms. */
export interface TimeFrame {
  readonly start: number;
  readonly span: number;
}

/** The frame that holds all calls with a time; `undefined` when none has one. */
export function frameOf(calls: readonly CallRow[]): TimeFrame | undefined {
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

/** When a call began, as far as its source says. Units: ms since 1970, with fraction. */
export function startOf(call: CallRow): number | undefined {
  if (call.time === undefined) return undefined;
  // Date.parse keeps three digits; the microseconds after them matter between calls of one millisecond.
  const at = Date.parse(call.time) + Number(`0.${call.time.slice(23, 26)}`);
  return call.timeKind === 'end' ? at - (call.durationMs ?? 0) : at;
}

/** Narrowest bar that can still be seen. Units: CSS px. */
const NARROWEST = 2;

/** Bars of one row of a waterfall: one for a call, one for each of a fold over a pale band from its first to its last. */
export function TimeBars({ calls, frame, width, height }: { readonly calls: readonly CallRow[]; readonly frame: TimeFrame; readonly width: number; readonly height: number }) {
  const toX = (time: number): number => ((time - frame.start) / frame.span) * width;
  const bars = calls.flatMap((call, index) => {
    const at = startOf(call);
    if (at === undefined) return [];
    const x = Math.min(toX(at), width - NARROWEST);
    return [{ key: index, x, width: Math.max(NARROWEST, Math.min(width - x, ((call.durationMs ?? 0) / frame.span) * width)), status: statusClass(call.status) }];
  });
  const drawn = mergeBars(bars);
  const first = drawn[0];
  const last = drawn.at(-1);
  const top = (height - 10) / 2;
  return (
    <svg className="wbar" width={width} height={height} aria-hidden="true">
      {calls.length > 1 && first !== undefined && last !== undefined ? <rect x={first.x} y={height / 2 - 1} width={Math.max(0, last.x + last.width - first.x)} height={2} className="wbar-span" /> : null}
      {drawn.map((bar) => <rect key={bar.key} x={bar.x} y={top} width={bar.width} height={10} rx={1} className={bar.status} />)}
    </svg>
  );
}

interface Bar {
  readonly key: number;
  readonly x: number;
  readonly width: number;
  readonly status: string;
}

/** A fold of thousands draws only what differs by a pixel: bars of one class that touch become one. */
export function mergeBars(bars: readonly Bar[]): readonly Bar[] {
  const merged: Bar[] = [];
  for (const bar of bars.toSorted((a, b) => a.x - b.x)) {
    const last = merged.at(-1);
    if (last !== undefined && last.status === bar.status && bar.x <= last.x + last.width) merged[merged.length - 1] = { ...last, width: Math.max(last.width, bar.x + bar.width - last.x) };
    else merged.push(bar);
  }
  return merged;
}

function statusClass(status: number | undefined): string {
  const first = status === undefined ? '' : String(status).charAt(0);
  return '2345'.includes(first) && first !== '' ? `wbar-${first}` : 'wbar-none';
}
