import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';

/** Links that say that a call was made while the other was being answered. */
const WITHIN: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/** When a call began and ended by the clock of its source. Units: ms. */
function spanOf({ time, timeKind, durationMs = 0 }: DrawnCall): readonly [from: number, to: number] | undefined {
  if (time === undefined || timeKind === 'unknown') return undefined;
  const at = Date.parse(time);
  return timeKind === 'end' ? [at - durationMs, at] : [at, at + durationMs];
}

/** Calls whose bar lies apart from that of the call within which they were made: their sources' clocks differ. Cost: one pass. */
export function countOutsideCauses(calls: readonly DrawnCall[], edges: readonly EdgeJson[]): number {
  const spans = new Map(calls.map((call) => [call.ref, spanOf(call)]));
  const apart = edges.filter(({ from, to, kind }) => {
    const [cause, effect] = [spans.get(from), spans.get(to)];
    return WITHIN.has(kind) && cause !== undefined && effect !== undefined && (effect[0] > cause[1] || effect[1] < cause[0]);
  });
  return new Set(apart.map(({ to }) => to)).size;
}
