import { numberAt } from '../../../lib/numbers.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { NO_KEY } from './session-keys.ts';
import { MIN_GAP, partingPause, sessionGap } from './session-gap.ts';

/** Calls looked at between two pauses. */
const STRETCH = 20_000;
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
  /** What the call carries of the keys that the analyst chose, NO_KEY for nothing. */
  readonly keyOf: (at: number) => number;
  readonly callers: ReadonlyMap<number, Caller>;
}

/** One caller's calls in time order. `isKeyed`: a key holds them together, whatever the pauses. */
interface Lane {
  readonly kind: string;
  readonly isKeyed: boolean;
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
async function nameCallers(
  { calls, principalOf, callers }: SessionInput,
  roots: readonly number[],
  breathe: () => Promise<void>,
): Promise<Int32Array> {
  const named = new Int32Array(calls.count).fill(NONE);
  const take = async (placeOf: (step: number) => number): Promise<void> => {
    const last = new Map<number, { at: number; principal: number }>();
    for (let step = 0; step < roots.length; step += 1) {
      if (step % STRETCH === 0) await breathe();
      const at = roots[placeOf(step)] ?? NONE;
      const client = clientOf(calls, at);
      const own = principalOf(at);
      const known = own !== NONE && callers.get(own)?.isWeak !== true ? own : numberAt(named, at);
      const beside = client === 0 ? undefined : last.get(client);
      const isNear = beside !== undefined && Math.abs(numberAt(calls.start, beside.at) - numberAt(calls.start, at)) <= MIN_GAP;
      const principal = known !== NONE ? known : isNear ? beside.principal : NONE;
      if (principal === NONE) continue;
      named[at] = principal;
      if (beside !== undefined) Object.assign(beside, { at, principal });
      else if (client !== 0) last.set(client, { at, principal });
    }
  };
  await take((step) => roots.length - 1 - step);
  await take((step) => step);
  return named;
}

/** A name for what holds calls together: the analyst's key, else the trace of a run, else the caller, else the client. Undefined where nothing is known. */
function laneKeyOf({ calls, inRun, keyOf }: SessionInput, at: number, principal: number): string | undefined {
  const chosen = keyOf(at);
  if (chosen !== NO_KEY) return `key ${String(chosen)}`;
  if (inRun(at)) return `trace ${String(numberAt(calls.trace, at))}`;
  if (principal !== NONE) return `caller ${String(principal)}`;
  const client = clientOf(calls, at);
  return client === 0 ? undefined : `client ${String(client)}`;
}

async function lanesOf(input: SessionInput, roots: readonly number[], breathe: () => Promise<void>): Promise<readonly Lane[]> {
  const named = await nameCallers(input, roots, breathe);
  const lanes = new Map<string, Lane>();
  for (const [place, at] of roots.entries()) {
    if (place % STRETCH === 0) await breathe();
    const principal = named[at] === NONE ? input.principalOf(at) : numberAt(named, at);
    const key = laneKeyOf(input, at, principal);
    if (key === undefined) continue;
    const lane = lanes.get(key);
    const kind = input.inRun(at) ? 'trace' : (input.callers.get(principal)?.kind ?? '');
    if (lane === undefined) lanes.set(key, { kind, isKeyed: input.keyOf(at) !== NO_KEY, calls: [at] });
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
 * Parts the calls of each caller into sessions: by a key that the analyst chose, else by a trace that spans a run, else wherever the pause is longer than the caller's habit.
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
  const lanes = await lanesOf(input, roots, breathe);
  const byKind = new Map<string, number[]>();
  const pauses = lanes.map((lane) => {
    if (lane.isKeyed) return [];
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
      if (step === 0 || (!lane.isKeyed && (own[step - 1] ?? Infinity) > gap)) first = at;
      sessionOf[at] = first;
    }
  }
  await breathe();
  return sessionOf;
}
