import { numberAt } from '../../../../lib/numbers.ts';
import { CAPTURE_FORMATS } from '../../../../model/capture-formats.ts';
import { NONE, stampOf, type CallColumns, type SourceInfo } from '../call-columns.ts';

/** Share of calls with an id of their own span from which on a source is the telemetry of services. */
const TELEMETRY_SHARE = 0.5;
/** Calls looked at between two pauses. */
const STRETCH = 50_000;
/** Units: µs. */
const SECOND = 1_000_000;

/** What one source can tell, as far as it matters for setting its calls against those of another. */
export interface SourceView {
  readonly id: number;
  /** Orders sources, whatever was imported first. */
  readonly name: string;
  readonly format: string;
  /** Written by the caller's side. */
  readonly isCapture: boolean;
  /** Spans: the services' own account. */
  readonly isTelemetry: boolean;
  /** It stamps whole seconds, so that a time says no more than a second. */
  readonly wholeSeconds: boolean;
  /** Its stamps name their zone, or somebody gave it; else they were taken for UTC. */
  readonly namesZone: boolean;
  /** It writes queries, so that a call without one had none. */
  readonly hasQueries: boolean;
  /** Calls with a time, in time order. */
  readonly timed: Uint32Array;
  /** Units: µs. */
  readonly first: number;
  readonly last: number;
}

interface Tally {
  readonly timed: Uint32Array;
  count: number;
  spans: number;
  parted: number;
  queries: number;
  last: number;
}

/** Looks at every source once. Shape: sources by id, only those with a timed call; `calls` in time order. */
export async function viewSources(
  calls: CallColumns,
  sources: ReadonlyMap<number, SourceInfo>,
  breathe: () => Promise<void>,
): Promise<readonly SourceView[]> {
  const counts = new Map<number, number>();
  for (let at = 0; at < calls.count; at += 1)
    if (!Number.isNaN(numberAt(calls.start, at))) counts.set(numberAt(calls.source, at), (counts.get(numberAt(calls.source, at)) ?? 0) + 1);
  await breathe();
  const tallies = new Map<number, Tally>();
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (Number.isNaN(numberAt(calls.start, at))) continue;
    const source = numberAt(calls.source, at);
    let tally = tallies.get(source);
    if (tally === undefined) {
      tally = { timed: new Uint32Array(counts.get(source) ?? 0), count: 0, spans: 0, parted: 0, queries: 0, last: -Infinity };
      tallies.set(source, tally);
    }
    tally.timed[tally.count] = at;
    tally.count += 1;
    if (numberAt(calls.span, at) !== 0) tally.spans += 1;
    if (numberAt(calls.query, at) !== 0) tally.queries += 1;
    if (stampOf(calls, at) % SECOND !== 0) tally.parted += 1;
    tally.last = Math.max(tally.last, numberAt(calls.end, at));
  }
  return [...tallies]
    .map(([id, tally]) => ({
      id,
      name: sources.get(id)?.name ?? '',
      format: sources.get(id)?.format ?? '',
      isCapture: CAPTURE_FORMATS.has(sources.get(id)?.format ?? ''),
      isTelemetry: tally.spans >= TELEMETRY_SHARE * tally.timed.length,
      wholeSeconds: tally.parted === 0,
      namesZone: sources.get(id)?.namesZone ?? true,
      hasQueries: tally.queries > 0,
      timed: tally.timed,
      first: numberAt(calls.start, tally.timed[0] ?? NONE),
      last: tally.last,
    }))
    .sort(byName);
}

/** Order of two sources by their names. */
export const byName = (a: SourceView, b: SourceView): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id);
