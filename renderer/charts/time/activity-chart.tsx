import './activity-chart.css';
import { useId, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Activity } from '#shared/contract/rows.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { formatCount, formatDuration, formatPlural, formatTime } from '../../widgets/format.ts';
import { TimeText } from '../../widgets/numbers.tsx';
import { AXIS, LEFT, layoutActivity, splitBin, type ActivityLayout } from './activity-layout.ts';
import type { PictureKeys } from '../picture-keys.ts';
import { useSize } from '../../widgets/use-size.ts';

/** A chosen stretch of slices, both ends included, in either direction. */
interface Brush {
  readonly anchor: number;
  readonly head: number;
}

/** A stretch of time; the end is not part of it. Units: µs. */
export type TimeSpan = readonly [from: number, to: number];

interface ActivityChartProps {
  readonly keys: PictureKeys;
  readonly activity: Activity;
  /** `panel`: a picture of its own, a stretch is looked at first; `strip`: low, above a table that follows at once. */
  readonly shape: 'panel' | 'strip';
  readonly onSpan: (span: TimeSpan) => void;
  /** A part of the legend was pressed: only calls of this kind. */
  readonly onKind: (kind: 'finding' | 'failed') => void;
  /** The stretch that the query is limited to, and how to lift that. */
  readonly limit?: { readonly span: TimeSpan | undefined; readonly onClear: () => void } | undefined;
  readonly stale?: boolean;
}

/** Heights of the bars. Units: CSS px. */
const BARS = { panel: 84, strip: 44 } as const;

const LEGEND = [
  ['finding', 'in a finding'],
  ['failed', 'failed'],
  ['ok', 'other calls'],
] as const;

/** Calls over time: stacked bars, silences hatched, a brush by pointer or arrow keys, and a table twin one key away. */
export function ActivityChart({ keys, activity, shape, onSpan, onKind, limit, stale = false }: ActivityChartProps) {
  const title = useId();
  const [asTable, setAsTable] = useState(false);
  const total = activity.bins.reduce((sum, bin) => sum + bin.calls, 0);
  return (
    <section
      className={`activity activity-${shape}${stale ? ' stale' : ''}`}
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (keys.read(event) !== 'as-table') return;
        event.preventDefault();
        setAsTable(!asTable);
      }}
    >
      <div className="panel-head activity-head">
        <h2 id={title}>Calls over time</h2>
        <ul className="activity-legend">
          {LEGEND.map(([kind, label]) => (
            <li key={kind}>
              <LegendPart kind={kind} label={label} onKind={onKind} />
            </li>
          ))}
          <li>
            {formatPlural(total, 'call')} with a time, a bar is {formatDuration(activity.binSeconds * 1000)}
          </li>
          {limit?.span === undefined ? null : (
            <li>
              <button type="button" className="link" onClick={limit.onClear}>
                All times
              </button>
            </li>
          )}
          <li>
            <button
              type="button"
              className="link"
              aria-pressed={asTable}
              title={keys.textOf('as-table')}
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
        <p className="muted activity-none">None of these calls carries a time, so there is nothing to draw over time.</p>
      ) : asTable ? (
        <ActivityTable activity={activity} />
      ) : (
        <ActivityPicture activity={activity} shape={shape} onSpan={onSpan} limit={limit?.span} />
      )}
    </section>
  );
}

interface LegendPartProps {
  readonly kind: 'finding' | 'failed' | 'ok';
  readonly label: string;
  readonly onKind: (kind: 'finding' | 'failed') => void;
}

/** What a colour stands for; the two that a query can ask for are buttons. */
function LegendPart({ kind, label, onKind }: LegendPartProps) {
  const mark = (
    <svg width="10" height="10" aria-hidden="true">
      <rect width="10" height="10" className={`bar-${kind}`} />
    </svg>
  );
  if (kind === 'ok') {
    return (
      <span className="activity-key">
        {mark}
        {label}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="activity-key"
      title={kind === 'finding' ? 'Only calls that a finding names' : 'Only failed calls'}
      onClick={() => {
        onKind(kind);
      }}
    >
      {mark}
      {label}
    </button>
  );
}

interface PictureProps {
  readonly activity: Activity;
  readonly shape: 'panel' | 'strip';
  readonly onSpan: (span: TimeSpan) => void;
  readonly limit: TimeSpan | undefined;
}

function ActivityPicture({ activity, shape, onSpan, limit }: PictureProps) {
  const [ref, { width }] = useSize();
  const hatch = useId();
  const tall = BARS[shape];
  const layout = useMemo(() => layoutActivity(activity, width, tall), [activity, width, tall]);
  const [brush, setBrush] = useState<Brush | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const last = activity.bins.length - 1;
  const clamp = (bin: number): number => Math.max(0, Math.min(last, bin));

  const binAt = (event: PointerEvent<SVGSVGElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    return clamp(Math.floor(x / Math.max(layout.slice, 0.001)));
  };
  const apply = (chosen: Brush): void => {
    if (shape === 'strip') setBrush(undefined);
    onSpan(spanOf(activity, chosen));
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
  const span = brush === undefined ? limit && within(limit, spanOf(activity, { anchor: 0, head: last })) : spanOf(activity, brush);

  return (
    <div ref={ref} className="activity-picture">
      <svg
        width={width}
        height={tall + AXIS}
        role="slider"
        tabIndex={0}
        aria-label="Calls over time, UTC. Arrow keys choose a slice, with Shift a stretch; Enter shows its calls."
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
          if (shape === 'strip' && brush !== undefined) apply(brush);
        }}
      >
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" className="gap-line" />
          </pattern>
        </defs>
        {layout.gaps.map((gap, index) => (
          <rect key={index} x={gap.x} y={4} width={gap.width} height={tall - 4} fill={`url(#${hatch})`} />
        ))}
        {layout.bars.map((bar) => (
          <g key={bar.bin}>
            {bar.parts.map((part) => (
              <rect key={part.kind} x={bar.x} y={part.y} width={bar.width} height={part.height} className={`bar-${part.kind}`} />
            ))}
          </g>
        ))}
        <Axes layout={layout} width={width} tall={tall} />
        {span === undefined ? null : <BrushShape span={span} layout={layout} width={width} tall={tall} written={shape === 'strip'} />}
      </svg>
      {shape === 'strip' ? null : (
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
      )}
    </div>
  );
}

function Axes({ layout, width, tall }: { readonly layout: ActivityLayout; readonly width: number; readonly tall: number }) {
  return (
    <>
      {layout.counts.map(({ value, y }) => (
        <g key={value}>
          <line x1={LEFT - 4} x2={LEFT} y1={y} y2={y} className="axis-line" />
          <text x={LEFT - 8} y={y + 4} textAnchor="end" className="axis-text">
            {formatCount(value)}
          </text>
        </g>
      ))}
      <line x1={LEFT} x2={width} y1={tall} y2={tall} className="axis-line" />
      {layout.times.map(({ text, x, anchor }, index) => (
        <g key={index}>
          <line x1={x} x2={x} y1={tall} y2={tall + 4} className="axis-line" />
          <text x={x} y={tall + 16} textAnchor={anchor} className="axis-text">
            {text}
          </text>
        </g>
      ))}
    </>
  );
}

interface BrushShapeProps {
  readonly span: TimeSpan;
  readonly layout: ActivityLayout;
  readonly width: number;
  readonly tall: number;
  /** Its times stand on the picture itself. */
  readonly written: boolean;
}

function BrushShape({ span, layout, width, tall, written }: BrushShapeProps) {
  const [from, to] = [layout.toX(span[0]), layout.toX(span[1])];
  const right = from > width / 2;
  return (
    <g className="brush">
      <rect x={from} y={0} width={Math.max(1, to - from)} height={tall} className="brush-area" />
      <line x1={from} x2={from} y1={0} y2={tall} className="brush-edge" />
      <line x1={to} x2={to} y1={0} y2={tall} className="brush-edge" />
      {written ? (
        <text x={right ? from - 4 : to + 4} y={10} textAnchor={right ? 'end' : 'start'} className="brush-text">
          {describeSpan(span)}
        </text>
      ) : null}
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

/** A brush as a stretch of time. */
function spanOf({ bins, binSeconds }: Activity, { anchor, head }: Brush): TimeSpan {
  const start = Date.parse(bins[0]?.start ?? '') * 1000;
  const slice = binSeconds * 1e6;
  return [Math.round(start + Math.min(anchor, head) * slice), Math.round(start + (Math.max(anchor, head) + 1) * slice)];
}

/** What of a stretch the picture holds; one that is open at an end goes as far as the picture. */
const within = ([from, to]: TimeSpan, [first, end]: TimeSpan): TimeSpan => [
  Math.max(first, Math.min(end, from)),
  Math.max(first, Math.min(end, to)),
];

const describeSpan = ([from, to]: TimeSpan): string =>
  `${formatTime(printTime(epochMicros(from)), 's')} to ${formatTime(printTime(epochMicros(to)), 's')}`;

function describeBrush(activity: Activity, brush: Brush): string {
  const chosen = activity.bins.slice(Math.min(brush.anchor, brush.head), Math.max(brush.anchor, brush.head) + 1);
  const calls = chosen.reduce((sum, bin) => sum + bin.calls, 0);
  return `${describeSpan(spanOf(activity, brush))} UTC: ${formatPlural(calls, 'call')}`;
}
