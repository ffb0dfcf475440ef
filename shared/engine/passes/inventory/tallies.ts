import { outcomeOf } from '../../store/call-answer.ts';
import { weekOf } from '../../../lib/weeks.ts';
import { createHistogram, type Histogram } from './histogram.ts';

/** What is counted of one endpoint; a call that two sources saw counts once, but for `sources`. */
export interface InventoryTally {
  calls: number;
  answered: number;
  refused: number;
  failed: number;
  anonymous: number;
  anonymousAnswered: number;
  bodies: number;
  bodiesChecked: number;
  readonly durations: Histogram;
  readonly requests: Histogram;
  readonly responses: Histogram;
  readonly auth: Map<string, number>;
  readonly weeks: Map<number, { calls: number; readonly principals: Set<number> }>;
  readonly sources: Map<number, { calls: number; first: number | null; last: number | null }>;
  /** Sampled answers whose headers are known, and how many of them had each header value that matters. */
  answersWithHeaders: number;
  readonly headers: Map<string, { calls: number; example: number; order: number }>;
  readonly errorShapes: Map<string, number>;
}

/** Fresh counts. */
export const newInventoryTally = (): InventoryTally => ({
  calls: 0, answered: 0, refused: 0, failed: 0, anonymous: 0, anonymousAnswered: 0, bodies: 0, bodiesChecked: 0,
  durations: createHistogram(), requests: createHistogram(), responses: createHistogram(),
  auth: new Map(), weeks: new Map(), sources: new Map(), answersWithHeaders: 0, headers: new Map(), errorShapes: new Map(),
}); // prettier-ignore

const count = (into: Map<string, number>, key: string): void => void into.set(key, (into.get(key) ?? 0) + 1);

/** A call as the inventory pass reads it. Units: µs, bytes. */
export interface InventoryCall {
  readonly id: number;
  readonly endpoint: number;
  readonly principal: number | null;
  readonly source: number;
  readonly record: number;
  readonly time: number | null;
  readonly duration: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly status: number | null;
  readonly query: string | null;
  readonly credential: number | null;
  readonly consumer: number | null;
  readonly host: number | null;
  readonly flags: number;
  readonly sameAs: number | null;
}

export const isAnswered = (status: number | null): boolean => status !== null && status >= 200 && status < 400;

/** Counts a sighting for its source. */
export function countSighting(tally: InventoryTally, call: InventoryCall): void {
  const known = tally.sources.get(call.source);
  if (known === undefined) {
    tally.sources.set(call.source, { calls: 1, first: call.time, last: call.time });
    return;
  }
  known.calls += 1;
  if (call.time === null) return;
  if (known.first === null || call.time < known.first) known.first = call.time;
  if (known.last === null || call.time > known.last) known.last = call.time;
}

/** Counts a call that stands for itself. `auth`: its kind of credential; `undefined` when the source does not show any. */
export function countStanding(tally: InventoryTally, call: InventoryCall, auth: string | undefined): void {
  tally.calls += 1;
  const { status } = call;
  if (isAnswered(status)) tally.answered += 1;
  else if (outcomeOf(call) === 'failed' || (status !== null && status >= 500)) tally.failed += 1;
  else if (outcomeOf(call) === 'denied' || (status !== null && status >= 400)) tally.refused += 1;
  if (auth !== undefined) count(tally.auth, auth);
  if (auth === 'none') {
    tally.anonymous += 1;
    if (isAnswered(status)) tally.anonymousAnswered += 1;
  }
  if (call.duration !== null && call.duration >= 0) tally.durations.add(call.duration);
  if (call.requestBytes !== null) tally.requests.add(call.requestBytes);
  if (call.responseBytes !== null) tally.responses.add(call.responseBytes);
  if (call.time === null) return;
  const week = weekOf(call.time);
  let counted = tally.weeks.get(week);
  if (counted === undefined) tally.weeks.set(week, (counted = { calls: 0, principals: new Set() }));
  counted.calls += 1;
  if (call.principal !== null) counted.principals.add(call.principal);
}
