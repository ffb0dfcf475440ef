import { numberAt } from '../../../../lib/numbers.ts';
import { median } from '../../../../lib/stats.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { EdgeList } from './edge-list.ts';
import type { Parties } from '../sessions/parties.ts';
import { MARK } from '../values/shared-marks.ts';

/** Order within a run is no proof of cause. */
const ADJACENT = 0.4;
/** A run ends where the pause is longer than this, or than ten times the usual pause of the client. Units: µs. */
const MIN_GAP = 60 * 1_000_000;
/** Whatever its habits, after half an hour an agent has started anew. Units: µs. */
const MAX_GAP = 30 * 60 * 1_000_000;
/**
 * Multiple of the median of a client's pauses. The 90th percentile times five was tried: with runs of a few calls the pauses
 * between runs get into it and glue a day together.
 */
const GAP_FACTOR = 10;
/** Longer runs are a service at its daily work, where order alone says nothing. */
const MAX_RUN = 400;

/** Calls looked at between two pauses. */
const STRETCH = 20_000;

/** Calls in time order that may follow one another in a run: one agent's, without a cause so far. */
type Lane = number[];

/** Principals and credentials as one exact number; traces below zero. */
const CREDENTIALS = 2 ** 26;

const laneKey = (calls: CallColumns, at: number, inRun: Uint8Array, principalOf: (at: number) => number): number =>
  inRun[at] === 1 ? -1 - numberAt(calls.trace, at) : (principalOf(at) + 1) * CREDENTIALS + numberAt(calls.credential, at) + 1;

/** The pause that ends a run of this lane. Units: µs. */
function gapOf(calls: CallColumns, lane: Lane): number {
  const pauses: number[] = [];
  for (let place = 1; place < lane.length; place += 1) {
    const pause = numberAt(calls.start, lane[place] ?? NONE) - numberAt(calls.start, lane[place - 1] ?? NONE);
    if (pause <= MAX_GAP) pauses.push(pause);
  }
  const usual = pauses.length === 0 ? 0 : median(pauses);
  return Math.min(MAX_GAP, Math.max(MIN_GAP, GAP_FACTOR * usual));
}

/**
 * Edges by order only, which hold a run together where nothing better does: the calls of one trace that spans a run, and the
 * calls of one agent (principal and credential) without a pause. The address is no part of it: a capture on the agent's own host has none. They never say that one call caused the other.
 * Example: pauses of 1, 2, 1 and 600 s end the run before the last, since ten times the median is less than a minute.
 */
export async function addRunEdges(
  calls: CallColumns,
  standing: Int32Array,
  parentOf: Int32Array,
  inRun: Uint8Array,
  isAgent: (at: number) => boolean,
  principalOf: (at: number) => number,
  parties: Parties,
  edges: EdgeList,
  breathe: () => Promise<void>,
): Promise<void> {
  const lanes = new Map<number, Lane>();
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (standing[at] !== NONE || parentOf[at] !== NONE || Number.isNaN(numberAt(calls.start, at))) continue;
    if (inRun[at] !== 1 && !isAgent(at)) continue;
    const key = laneKey(calls, at, inRun, principalOf);
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [at]);
    else lane.push(at);
  }
  await breathe();
  const next = (from: number, to: number): void => {
    const isTraced = numberAt(calls.trace, to) !== 0 && numberAt(calls.trace, from) === numberAt(calls.trace, to);
    edges.add(from, to, 'adjacent', ADJACENT, undefined, isTraced ? MARK.trace : 0);
  };
  for (const lane of lanes.values()) {
    const gap = gapOf(calls, lane);
    let run: number[] = [];
    const close = (): void => {
      // Two clients of one credential each have an order of their own.
      const parts = run.length <= MAX_RUN ? (parties.part(run)?.map(({ calls: own }) => own) ?? [run]) : [];
      for (const own of parts) for (let place = 1; place < own.length; place += 1) next(own[place - 1] ?? NONE, own[place] ?? NONE);
      run = [];
    };
    for (const at of lane) {
      const last = run.at(-1);
      if (last !== undefined && numberAt(calls.start, at) - numberAt(calls.end, last) > gap) close();
      run.push(at);
    }
    close();
  }
  await breathe();
}
