import type { CallDetail } from '#shared/contract/rows.ts';
import { formatDuration } from '../format.ts';

/** Phases of a call as bars one after the other; without phases, the one duration there is. */
export function CallTiming({ detail }: { readonly detail: CallDetail }) {
  const { timings, call } = detail;
  if (timings.length === 0) {
    return (
      <p className="muted">
        {call.durationMs === undefined
          ? 'This source records neither a duration nor phases.'
          : `The whole call took ${formatDuration(call.durationMs)}. This source records no phases.`}
      </p>
    );
  }
  const total = timings.reduce((sum, timing) => sum + timing.ms, 0);
  const starts = timings.map((_, index) => timings.slice(0, index).reduce((sum, timing) => sum + timing.ms, 0));
  return (
    <div className="timing" role="table" aria-label="Phases of the call">
      {timings.map((timing, index) => {
        const from = total === 0 ? 0 : ((starts[index] ?? 0) / total) * 100;
        return (
          <div key={index} role="row" className="timing-row">
            <span role="cell" className="mono">
              {timing.phase}
            </span>
            <span role="cell" className="timing-track" aria-hidden="true">
              <span style={{ width: `${String(from)}%` }} />
              <span className="timing-bar" style={{ width: `${String(total === 0 ? 0 : Math.max(0.5, (timing.ms / total) * 100))}%` }} />
            </span>
            <span role="cell" className="number">
              {formatDuration(timing.ms)}
            </span>
          </div>
        );
      })}
    </div>
  );
}
