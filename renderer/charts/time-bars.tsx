import type { CallRow } from '#shared/contract/rows.ts';
import { mergeBars, startOf, type TimeFrame } from './time-frame.ts';

/** Narrowest bar that can still be seen. Units: CSS px. */
const NARROWEST = 2;

/** Bars of one row of a waterfall: one for a call, one for each of a fold over a pale band from its first to its last. */
export function TimeBars({
  calls,
  frame,
  width,
  height,
}: {
  readonly calls: readonly CallRow[];
  readonly frame: TimeFrame;
  readonly width: number;
  readonly height: number;
}) {
  const toX = (time: number): number => ((time - frame.start) / frame.span) * width;
  const bars = calls.flatMap((call, index) => {
    const at = startOf(call);
    if (at === undefined) return [];
    const x = Math.min(toX(at), width - NARROWEST);
    return [
      {
        key: index,
        x,
        width: Math.max(NARROWEST, Math.min(width - x, ((call.durationMs ?? 0) / frame.span) * width)),
        status: statusClass(call.status),
      },
    ];
  });
  const drawn = mergeBars(bars);
  const first = drawn[0];
  const last = drawn.at(-1);
  const top = (height - 10) / 2;
  return (
    <svg className="wbar" width={width} height={height} aria-hidden="true">
      {calls.length > 1 && first !== undefined && last !== undefined ? (
        <rect x={first.x} y={height / 2 - 1} width={Math.max(0, last.x + last.width - first.x)} height={2} className="wbar-span" />
      ) : null}
      {drawn.map((bar) => (
        <rect key={bar.key} x={bar.x} y={top} width={bar.width} height={10} rx={1} className={bar.status} />
      ))}
    </svg>
  );
}

function statusClass(status: number | undefined): string {
  const first = status === undefined ? '' : String(status).charAt(0);
  return '2345'.includes(first) && first !== '' ? `wbar-${first}` : 'wbar-none';
}
