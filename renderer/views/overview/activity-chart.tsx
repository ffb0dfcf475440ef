import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Activity } from '#shared/contract/rows.ts';
import { between } from '../../query/queries.ts';
import { toCalls } from '../../state/places.ts';
import { goTo } from '../../state/selection.ts';
import { formatCount, formatDuration, formatPlural, formatTime } from '../../widgets/format.ts';
import { TimeText } from '../../widgets/numbers.tsx';
import { AXIS, BARS, LEFT, layoutActivity, splitBin } from './activity-layout.ts';
import { useWidth } from './use-width.ts';

/** A chosen stretch of slices, both ends included, in either direction. */
interface Brush {
  readonly anchor: number;
  readonly head: number;
}

const LEGEND = [
  ['finding', 'in a finding'],
  ['failed', 'failed'],
  ['ok', 'other calls'],
] as const;

/** Calls over time; a stretch of it, by pointer or by arrow keys, becomes the query of the Calls screen. */
export function ActivityChart({ activity }: { readonly activity: Activity }) {
  const [asTable, setAsTable] = useState(false);
  const total = activity.bins.reduce((sum, bin) => sum + bin.calls, 0);
  return (
    <section
      className="activity"
      aria-labelledby="activity-title"
      onKeyDown={(event) => {
        if (event.key !== 't' && event.key !== 'T') return;
        event.preventDefault();
        setAsTable(!asTable);
      }}
    >
      <div className="panel-head">
        <h2 id="activity-title">Calls over time</h2>
        <ul className="activity-legend">
          {LEGEND.map(([kind, label]) => (
            <li key={kind}>
              <svg width="10" height="10" aria-hidden="true">
                <rect width="10" height="10" className={`bar-${kind}`} />
              </svg>
              {label}
            </li>
          ))}
          <li>
            {formatPlural(total, 'call')} with a time, a bar is {formatDuration(activity.binSeconds * 1000)}
          </li>
          <li>
            <button
              type="button"
              className="link"
              aria-pressed={asTable}
              title="T"
              onClick={() => {
                setAsTable(!asTable);
              }}
            >
              {asTable ? 'Picture' : 'Table'}
            </button>
          </li>
        </ul>
      </div>
      {total === 0 ? (
        <p className="muted activity-none">No call has a time, so there is nothing to draw over time.</p>
      ) : asTable ? (
        <ActivityTable activity={activity} />
      ) : (
        <ActivityPicture activity={activity} />
      )}
    </section>
  );
}

function ActivityPicture({ activity }: { readonly activity: Activity }) {
  const [ref, width] = useWidth();
  const layout = useMemo(() => layoutActivity(activity, width), [activity, width]);
  const [brush, setBrush] = useState<Brush | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const last = activity.bins.length - 1;
  const clamp = (bin: number): number => Math.max(0, Math.min(last, bin));

  const binAt = (event: PointerEvent<SVGSVGElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    return clamp(Math.floor(x / Math.max(layout.slice, 0.001)));
  };
  const apply = (chosen: Brush): void => {
    const [start, end] = timesOf(activity, chosen);
    goTo(toCalls(between(start, end)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && brush !== undefined) apply(brush);
    else if (event.key === 'Escape' && brush !== undefined) setBrush(undefined);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      const head = clamp((brush?.head ?? -1) + (event.key === 'ArrowRight' ? 1 : -1));
      setBrush({ anchor: event.shiftKey && brush !== undefined ? brush.anchor : head, head });
    }
  };

  return (
    <div ref={ref} className="activity-picture">
      <svg
        width={width}
        height={BARS + AXIS}
        role="slider"
        tabIndex={0}
        aria-label="Calls over time. Arrow keys move, with Shift they extend, Enter shows the calls."
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={brush?.head ?? 0}
        aria-valuetext={brush === undefined ? 'nothing chosen' : describeBrush(activity, brush)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const bin = binAt(event);
          setDragging(true);
          setBrush({ anchor: bin, head: bin });
        }}
        onPointerMove={(event) => {
          if (dragging) setBrush({ anchor: brush?.anchor ?? binAt(event), head: binAt(event) });
        }}
        onPointerUp={() => {
          setDragging(false);
        }}
      >
        <defs>
          <pattern id="gap-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" className="gap-line" />
          </pattern>
        </defs>
        {layout.gaps.map((gap, index) => (
          <rect key={index} x={gap.x} y={4} width={gap.width} height={BARS - 4} fill="url(#gap-hatch)" />
        ))}
        {layout.counts.map(({ value, y }) => (
          <g key={value}>
            <line x1={LEFT - 4} x2={LEFT} y1={y} y2={y} className="axis-line" />
            <text x={LEFT - 8} y={y + 4} textAnchor="end" className="axis-text">
              {formatCount(value)}
            </text>
          </g>
        ))}
        {layout.bars.map((bar) => (
          <g key={bar.bin}>
            {bar.parts.map((part) => (
              <rect key={part.kind} x={bar.x} y={part.y} width={bar.width} height={part.height} className={`bar-${part.kind}`} />
            ))}
          </g>
        ))}
        <line x1={LEFT} x2={width} y1={BARS} y2={BARS} className="axis-line" />
        {layout.times.map(({ text, x }, index) => (
          <g key={index}>
            <line x1={x} x2={x} y1={BARS} y2={BARS + 4} className="axis-line" />
            <text x={x} y={BARS + 16} textAnchor={x > width - 60 ? 'end' : x < LEFT + 30 ? 'start' : 'middle'} className="axis-text">
              {text}
            </text>
          </g>
        ))}
        {brush === undefined ? null : <BrushShape brush={brush} slice={layout.slice} />}
      </svg>
      <div className="activity-brush" role="status">
        {brush === undefined ? (
          <span className="muted">Drag over the picture, or use its arrow keys, to choose a stretch of time.</span>
        ) : (
          <>
            <span>{describeBrush(activity, brush)}</span>
            <button
              type="button"
              className="link"
              onClick={() => {
                apply(brush);
              }}
            >
              Show these calls
            </button>
            <button
              type="button"
              className="link"
              onClick={() => {
                setBrush(undefined);
              }}
            >
              Clear
            </button>
          </>
        )}
      </div>
    </div>
  );
}

function BrushShape({ brush, slice }: { readonly brush: Brush; readonly slice: number }) {
  const x = LEFT + Math.min(brush.anchor, brush.head) * slice;
  const width = (Math.abs(brush.head - brush.anchor) + 1) * slice;
  return (
    <g className="brush">
      <rect x={x} y={0} width={width} height={BARS} className="brush-area" />
      <line x1={x} x2={x} y1={0} y2={BARS} className="brush-edge" />
      <line x1={x + width} x2={x + width} y1={0} y2={BARS} className="brush-edge" />
    </g>
  );
}

function ActivityTable({ activity }: { readonly activity: Activity }) {
  const rows = activity.bins.filter((bin) => bin.calls > 0);
  return (
    <div className="activity-table" tabIndex={0} role="region" aria-label="Calls over time, as a table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">From (UTC)</th>
            <th scope="col" className="end">
              Calls
            </th>
            <th scope="col" className="end">
              Failed
            </th>
            <th scope="col" className="end">
              In a finding
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((bin) => (
            <tr key={bin.start}>
              <td>
                <TimeText time={bin.start} to="s" />
              </td>
              <td className="end">{formatCount(bin.calls)}</td>
              <td className="end">{formatCount(bin.failed)}</td>
              <td className="end">{formatCount(splitBin(bin).finding)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The stretch as times; the end is the beginning of the slice after it. */
function timesOf({ bins, binSeconds }: Activity, { anchor, head }: Brush): readonly [string, string] {
  const start = bins[Math.min(anchor, head)]?.start ?? '';
  const lastStart = bins[Math.max(anchor, head)]?.start ?? start;
  return [start, new Date(Date.parse(lastStart) + binSeconds * 1000).toISOString()];
}

function describeBrush(activity: Activity, brush: Brush): string {
  const [start, end] = timesOf(activity, brush);
  const chosen = activity.bins.slice(Math.min(brush.anchor, brush.head), Math.max(brush.anchor, brush.head) + 1);
  const calls = chosen.reduce((sum, bin) => sum + bin.calls, 0);
  return `${formatTime(start, 's')} to ${formatTime(end, 's')} UTC: ${formatPlural(calls, 'call')}`;
}
