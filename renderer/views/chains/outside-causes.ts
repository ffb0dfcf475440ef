import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import { startOf } from '../../charts/time/frame.ts';

/** Links that say that a call was made while the other was being answered. */
const WITHIN: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/** When a call began and ended on the clock of its chain. Units: ms. */
function spanOf(call: DrawnCall): readonly [from: number, to: number] | undefined {
  const from = startOf(call);
  return from === undefined || call.timeKind === 'unknown' ? undefined : [from, from + (call.durationMs ?? 0)];
}

/** Calls whose bar lies apart from that of the call within which they were made: their sources' clocks differ, and could not be set. Cost: one pass. */
export function countOutsideCauses(calls: readonly DrawnCall[], edges: readonly EdgeJson[]): number {
  const spans = new Map(calls.map((call) => [call.ref, spanOf(call)]));
  const apart = edges.filter(({ from, to, kind }) => {
    const [cause, effect] = [spans.get(from), spans.get(to)];
    return WITHIN.has(kind) && cause !== undefined && effect !== undefined && (effect[0] > cause[1] || effect[1] < cause[0]);
  });
  return new Set(apart.map(({ to }) => to)).size;
}
