import './activity-strip.css';
import { useId, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Activity } from '#shared/contract/rows.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { formatCount, formatDuration, formatTime } from '../widgets/format.ts';
import { layoutStrip, STRIP_AXIS, STRIP_BARS, STRIP_LEFT, type StripLayout } from './activity-strip-layout.ts';
import { useSize } from './use-size.ts';

interface ActivityStripProps {
  readonly activity: Activity;
  /** The stretch that the query is limited to. Units: µs. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly onSpan: (from: number, to: number) => void;
  readonly onClear: () => void;
  /** A part of the legend was pressed: only calls of this kind. */
  readonly onKind: (kind: 'finding' | 'failed') => void;
  readonly stale: boolean;
}

/** A place on the strip, as the number of its slice; both ends of a brush belong to it. */
interface Brush {
  readonly anchor: number;
  readonly head: number;
}

/** Calls over time above a table: stacked bars, silences hatched, and a brush that limits the query. */
export function ActivityStrip({ activity, from, to, onSpan, onClear, onKind, stale }: ActivityStripProps) {
  const hatch = useId();
  const [ref, { width }] = useSize();
  const layout = useMemo(() => layoutStrip(activity, width), [activity, width]);
  const [brush, setBrush] = useState<Brush | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const { bins, binSeconds } = activity;
  const clamp = (bin: number): number => Math.max(0, Math.min(bins.length - 1, bin));
  const binAt = (event: PointerEvent<SVGSVGElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - STRIP_LEFT;
    return clamp(Math.floor((x / Math.max(1, width - STRIP_LEFT)) * bins.length));
  };
  const spanOf = ({ anchor, head }: Brush): readonly [number, number] => {
    const start = Date.parse(bins[0]?.start ?? '') * 1000;
    const slice = binSeconds * 1e6;
    return [Math.round(start + Math.min(anchor, head) * slice), Math.round(start + (Math.max(anchor, head) + 1) * slice)];
  };
  const apply = (chosen: Brush): void => {
    setBrush(undefined);
    onSpan(...spanOf(chosen));
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
  const chosen = brush === undefined ? undefined : spanOf(brush);
  const shown = chosen ?? (from === undefined || to === undefined ? undefined : ([from, to] as const));
  if (bins.length === 0) return <p className="strip-none muted">No call here has a time, so there is nothing to draw over time.</p>;
  return (
    <div ref={ref} className={stale ? 'strip stale' : 'strip'}>
      <div className="strip-head">
        <span>Calls over time</span>
        <button
          type="button"
          className="strip-key"
          title="Only calls that a finding names"
          onClick={() => {
            onKind('finding');
          }}
        >
          <Key kind="finding" />
          in a finding
        </button>
        <button
          type="button"
          className="strip-key"
          title="Only failed calls"
          onClick={() => {
            onKind('failed');
          }}
        >
          <Key kind="failed" />
          failed
        </button>
        <span className="strip-key">
          <Key kind="ok" />
          other
        </span>
        <span className="strip-each">a bar is {formatDuration(binSeconds * 1000)}</span>
        {from === undefined && to === undefined ? null : (
          <button type="button" className="link" onClick={onClear}>
            All times
          </button>
        )}
      </div>
      <svg
        width={width}
        height={STRIP_BARS + STRIP_AXIS}
        role="slider"
        tabIndex={0}
        aria-label="Calls over time, UTC. Arrow keys choose a slice, with Shift a stretch; Enter limits the query to it."
        aria-valuemin={0}
        aria-valuemax={bins.length - 1}
        aria-valuenow={brush?.head ?? 0}
        aria-valuetext={chosen === undefined ? 'nothing chosen' : describe(chosen)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          setBrush({ anchor: binAt(event), head: binAt(event) });
        }}
        onPointerMove={(event) => {
          if (dragging && brush !== undefined) setBrush({ anchor: brush.anchor, head: binAt(event) });
        }}
        onPointerUp={() => {
          setDragging(false);
          if (brush !== undefined) apply(brush);
        }}
      >
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line y2="6" className="strip-hatch" />
        </pattern>
        {layout.gaps.map((gap) => (
          <rect key={gap.x} x={gap.x} y={4} width={gap.width} height={STRIP_BARS - 4} fill={`url(#${hatch})`} />
        ))}
        <Bars layout={layout} />
        <Axes layout={layout} width={width} />
        {shown === undefined ? null : <BrushMark span={shown} layout={layout} width={width} />}
      </svg>
    </div>
  );
}

function Key({ kind }: { readonly kind: 'finding' | 'failed' | 'ok' }) {
  return (
    <svg width="8" height="8" aria-hidden="true">
      <rect width="8" height="8" className={`strip-${kind}`} />
    </svg>
  );
}

function Bars({ layout }: { readonly layout: StripLayout }) {
  return layout.bars.map((bar) => (
    <g key={bar.x}>
      <rect x={bar.x} width={bar.width} y={STRIP_BARS - bar.finding} height={bar.finding} className="strip-finding" />
      <rect x={bar.x} width={bar.width} y={STRIP_BARS - bar.finding - bar.failed} height={bar.failed} className="strip-failed" />
      <rect x={bar.x} width={bar.width} y={STRIP_BARS - bar.finding - bar.failed - bar.ok} height={bar.ok} className="strip-ok" />
    </g>
  ));
}

function Axes({ layout, width }: { readonly layout: StripLayout; readonly width: number }) {
  return (
    <>
      <line x1={STRIP_LEFT} x2={width} y1={STRIP_BARS} y2={STRIP_BARS} className="strip-line" />
      {layout.counts.map(({ value, y }) => (
        <text key={value} x={STRIP_LEFT - 6} y={y + 4} textAnchor="end" className="strip-text">
          {formatCount(value)}
        </text>
      ))}
      {layout.ticks.map(({ text, x }) => (
        <g key={x}>
          <line x1={x} x2={x} y1={STRIP_BARS} y2={STRIP_BARS + 3} className="strip-line" />
          <text
            x={x}
            y={STRIP_BARS + 13}
            textAnchor={x > width - 60 ? 'end' : x < STRIP_LEFT + 30 ? 'start' : 'middle'}
            className="strip-text"
          >
            {text}
          </text>
        </g>
      ))}
    </>
  );
}

/** The chosen stretch with two handles and its times. */
function BrushMark({
  span,
  layout,
  width,
}: {
  readonly span: readonly [number, number];
  readonly layout: StripLayout;
  readonly width: number;
}) {
  const x1 = Math.max(STRIP_LEFT, Math.min(width, layout.toX(span[0])));
  const x2 = Math.max(STRIP_LEFT, Math.min(width, layout.toX(span[1])));
  const right = x1 > width / 2;
  return (
    <g className="strip-brush">
      <rect x={x1} y={0} width={Math.max(1, x2 - x1)} height={STRIP_BARS} className="strip-chosen" />
      <line x1={x1} x2={x1} y1={0} y2={STRIP_BARS} />
      <line x1={x2} x2={x2} y1={0} y2={STRIP_BARS} />
      <text x={right ? x1 - 4 : x2 + 4} y={10} textAnchor={right ? 'end' : 'start'} className="strip-label">
        {describe(span)}
      </text>
    </g>
  );
}

const describe = ([from, to]: readonly [number, number]): string =>
  `${formatTime(printTime(epochMicros(from)), 's')} to ${formatTime(printTime(epochMicros(to)), 's')}`;
