import { numberAt } from '../../../lib/numbers.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { MIN_GAP, partingPause, sessionGap } from './session-gap.ts';

/** Calls looked at between two pauses. */
const STRETCH = 50_000;
/** Pauses of one kind of caller that its habit is told from. */
const MAX_PAUSES = 50_000;

/** What the principals say that matters here. */
export interface Caller {
  readonly kind: string;
  /** Told by network and client program only. */
  readonly isWeak: boolean;
}

/** Reads all callers by row id. */
export const readCallers = (db: SqlDriver): ReadonlyMap<number, Caller> =>
  new Map(
    db
      .prepare('SELECT id, kind, weak FROM principal')
      .all<{ id: number; kind: string; weak: number }>()
      .map((row) => [row.id, { kind: row.kind, isWeak: row.weak === 1 }]),
  );

/** Which calls a session is made of, and who made them. */
export interface SessionInput {
  readonly calls: CallColumns;
  /** True for a call that begins something: neither another sighting nor the effect of a call. */
  readonly isRoot: (at: number) => boolean;
  /** True for calls of a trace that spans a whole run. */
  readonly inRun: (at: number) => boolean;
  readonly principalOf: (at: number) => number;
  readonly callers: ReadonlyMap<number, Caller>;
}

/** One caller's calls in time order. */
interface Lane {
  readonly kind: string;
  readonly calls: number[];
}

/** One number for a client: its address and program. 0 where either is unknown. */
function clientOf(calls: CallColumns, at: number): number {
  const [ip, agent] = [numberAt(calls.clientIp, at), numberAt(calls.userAgent, at)];
  return ip === NONE || agent === NONE ? 0 : ip * 2 ** 26 + agent + 1;
}

/**
 * The caller of each call, where calls without a credential (looking around, logging in) are given to the known caller whose calls the
 * same client makes next, else made last, without a pause.
 */
function nameCallers({ calls, principalOf, callers }: SessionInput, roots: readonly number[]): ReadonlyMap<number, number> {
  const named = new Map<number, number>();
  const take = (order: Iterable<number>): void => {
    const last = new Map<number, { readonly at: number; readonly principal: number }>();
    for (const at of order) {
      const client = clientOf(calls, at);
      const own = principalOf(at);
      const known = own !== NONE && callers.get(own)?.isWeak !== true ? own : named.get(at);
      const beside = last.get(client);
      const principal =
        known ??
        (client !== 0 && beside !== undefined && Math.abs(numberAt(calls.start, beside.at) - numberAt(calls.start, at)) <= MIN_GAP
          ? beside.principal
          : undefined);
      if (principal === undefined) continue;
      named.set(at, principal);
      if (client !== 0) last.set(client, { at, principal });
    }
  };
  take([...roots].reverse());
  take(roots);
  return named;
}

function lanesOf(input: SessionInput, roots: readonly number[]): readonly Lane[] {
  const { calls, inRun, principalOf, callers } = input;
  const named = nameCallers(input, roots);
  const lanes = new Map<string, Lane>();
  for (const at of roots) {
    const principal = named.get(at) ?? principalOf(at);
    const client = clientOf(calls, at);
    if (!inRun(at) && principal === NONE && client === 0) continue;
    const key = inRun(at)
      ? `trace ${String(numberAt(calls.trace, at))}`
      : principal === NONE
        ? `client ${String(client)}`
        : `caller ${String(principal)}`;
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, { kind: inRun(at) ? 'trace' : (callers.get(principal)?.kind ?? ''), calls: [at] });
    else lane.calls.push(at);
  }
  return [...lanes.values()];
}

function pausesOf(calls: CallColumns, lane: readonly number[]): readonly number[] {
  const pauses: number[] = [];
  let end = NaN;
  for (const at of lane) {
    if (!Number.isNaN(end)) pauses.push(numberAt(calls.start, at) - end);
    end = Number.isNaN(end) ? numberAt(calls.end, at) : Math.max(end, numberAt(calls.end, at));
  }
  return pauses;
}

/**
 * Parts the calls of each caller into sessions: by a trace that spans a run, else wherever the pause is longer than the caller's habit.
 * Returns per call the first call of its session, or NONE for calls that belong to none by themselves.
 * Cost: one pass over the roots; the habits need one sort a caller.
 * Source: idle-gap rule with a gap from the data (session-gap.ts).
 */
export async function findSessions(input: SessionInput, breathe: () => Promise<void>): Promise<Int32Array> {
  const { calls } = input;
  const sessionOf = new Int32Array(calls.count).fill(NONE);
  const roots: number[] = [];
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (input.isRoot(at) && !Number.isNaN(numberAt(calls.start, at))) roots.push(at);
  }
  const lanes = lanesOf(input, roots);
  await breathe();
  const byKind = new Map<string, number[]>();
  const pauses = lanes.map((lane) => {
    const own = pausesOf(calls, lane.calls);
    const all = byKind.get(lane.kind) ?? [];
    byKind.set(lane.kind, all);
    for (const pause of own) if (all.length < MAX_PAUSES) all.push(pause);
    return own;
  });
  const gapOfKind = new Map([...byKind].map(([kind, all]) => [kind, partingPause(all)]));
  for (const [place, lane] of lanes.entries()) {
    const own = pauses[place] ?? [];
    const gap = sessionGap(own, gapOfKind.get(lane.kind));
    let first = NONE;
    for (const [step, at] of lane.calls.entries()) {
      if (step === 0 || (own[step - 1] ?? Infinity) > gap) first = at;
      sessionOf[at] = first;
    }
  }
  await breathe();
  return sessionOf;
}
