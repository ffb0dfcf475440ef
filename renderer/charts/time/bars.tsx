import { useMemo } from 'react';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import type { Stretch } from '../graph/critical-path.ts';
import { barsOf, mergeBars, stretchesOf, type TimeFrame } from './frame.ts';

/** Bars of one row of a waterfall: one for a call, one for each of a fold over a pale band from its first to its last. */
export function TimeBars({
  calls,
  frame,
  width,
  height,
  marked = [],
}: {
  readonly calls: readonly DrawnCall[];
  readonly frame: TimeFrame;
  readonly width: number;
  readonly height: number;
  /** Stretches to underline. Units: ms since 1970. */
  readonly marked?: readonly Stretch[] | undefined;
}) {
  const drawn = useMemo(() => mergeBars(barsOf(calls, frame, width)), [calls, frame, width]);
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
      {stretchesOf(marked, frame, width).map(({ x, width: length }) => (
        <rect key={x} x={x} y={top + 11} width={length} height={3} className="wbar-critical" />
      ))}
    </svg>
  );
}
