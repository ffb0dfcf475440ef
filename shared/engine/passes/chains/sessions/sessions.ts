import { letGo } from '../../../../lib/let-go.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { NO_KEY } from './keys.ts';
import type { Parties } from './parties.ts';
import { MIN_GAP, partingPause, sessionGap } from './gap.ts';

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
  readonly parties: Parties;
}

/** Sessions, and which of them are only one party's of a credential that two used at the same time. */
export interface Sessions {
  /** Per call: the first call of its session, or NONE for calls that belong to none by themselves. */
  readonly sessionOf: Int32Array;
  /** By call of a session that was parted: what its party is called. No call of another session is in it. */
  readonly partyOf: ReadonlyMap<number, SessionParty>;
}

/** One of the parties that used a credential at the same time. */
export interface SessionParty {
  /** The first call of its session. */
  readonly session: number;
  /** Undefined where so many clients use the credential that it is nobody's own. */
  readonly program: string | undefined;
  /** One credential is known to be used by this party and another one; else only the caller is known to be the same. */
  readonly sharesCredential: boolean;
}

/** One caller's calls in time order. `isKeyed`: a key holds them together, whatever the pauses. */
interface Lane {
  readonly kind: string;
  readonly isKeyed: boolean;
  readonly calls: Uint32Array;
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
  roots: Uint32Array,
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

/** What holds a call together with others, with its number: the analyst's key, else the trace of a run, else the principal, else the client. Undefined where nothing is known. */
function laneKeyOf(
  { calls, inRun, keyOf }: SessionInput,
  at: number,
  principal: number,
): readonly [kind: 'key' | 'trace' | 'principal' | 'client', number: number] | undefined {
  const chosen = keyOf(at);
  if (chosen !== NO_KEY) return ['key', chosen];
  if (inRun(at)) return ['trace', numberAt(calls.trace, at)];
  if (principal !== NONE) return ['principal', principal];
  const client = clientOf(calls, at);
  return client === 0 ? undefined : ['client', client];
}

/** The roots by what holds them together. Cost: 8 bytes a root. */
async function lanesOf(input: SessionInput, roots: Uint32Array, breathe: () => Promise<void>): Promise<readonly Lane[]> {
  const named = await nameCallers(input, roots, breathe);
  const laneOf = new Int32Array(roots.length).fill(NONE);
  // Numbers and no names: a text for each call would be garbage by the hundred megabytes.
  const numbersOf = {
    key: new Map<number, number>(),
    trace: new Map<number, number>(),
    principal: new Map<number, number>(),
    client: new Map<number, number>(),
  };
  const shapes: { readonly kind: string; readonly isKeyed: boolean; count: number }[] = [];
  for (const [place, at] of roots.entries()) {
    if (place % STRETCH === 0) await breathe();
    const principal = named[at] === NONE ? input.principalOf(at) : numberAt(named, at);
    const key = laneKeyOf(input, at, principal);
    if (key === undefined) continue;
    const numbers = numbersOf[key[0]];
    const number = numbers.get(key[1]) ?? shapes.length;
    const shape = shapes[number];
    const kind = input.inRun(at) ? 'trace' : (input.callers.get(principal)?.kind ?? '');
    if (shape === undefined) {
      numbers.set(key[1], number);
      shapes.push({ kind, isKeyed: input.keyOf(at) !== NO_KEY, count: 1 });
    } else shape.count += 1;
    laneOf[place] = number;
  }
  const lanes = shapes.map(({ kind, isKeyed, count }) => ({ kind, isKeyed, calls: new Uint32Array(count), filled: 0 }));
  for (const [place, at] of roots.entries()) {
    const lane = lanes[laneOf[place] ?? NONE];
    if (lane === undefined) continue;
    lane.calls[lane.filled] = at;
    lane.filled += 1;
  }
  letGo(named, laneOf);
  return lanes;
}

function pausesOf(calls: CallColumns, lane: Uint32Array): readonly number[] {
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
 * Two clients that share neither network nor program and use one credential are two sessions (`parties.ts`).
 * Cost: one pass over the roots; the habits need one sort a caller.
 * Source: idle-gap rule with a gap from the data (session-gap.ts).
 */
export async function findSessions(input: SessionInput, breathe: () => Promise<void>): Promise<Sessions> {
  const { calls } = input;
  const partyOf = new Map<number, SessionParty>();
  const sessionOf = new Int32Array(calls.count).fill(NONE);
  const found = new Uint32Array(calls.count);
  let count = 0;
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (!input.isRoot(at) || Number.isNaN(numberAt(calls.start, at))) continue;
    found[count] = at;
    count += 1;
  }
  const lanes = await lanesOf(input, found.subarray(0, count), breathe);
  letGo(found);
  const byKind = new Map<string, number[]>();
  // The pauses are told twice, so that those of all callers need not be kept at once.
  for (const lane of lanes) {
    if (lane.isKeyed) continue;
    const all = byKind.get(lane.kind) ?? [];
    byKind.set(lane.kind, all);
    if (all.length < MAX_PAUSES) for (const pause of pausesOf(calls, lane.calls)) if (all.length < MAX_PAUSES) all.push(pause);
  }
  const gapOfKind = new Map([...byKind].map(([kind, all]) => [kind, partingPause(all)]));
  for (const lane of lanes) {
    const own = lane.isKeyed ? [] : pausesOf(calls, lane.calls);
    const gap = sessionGap(own, gapOfKind.get(lane.kind));
    const isPublic = !lane.isKeyed && input.parties.isPublic(lane.calls);
    for (let from = 0; from < lane.calls.length;) {
      let to = from + 1;
      while (to < lane.calls.length && (lane.isKeyed || (own[to - 1] ?? Infinity) <= gap)) to += 1;
      const session = lane.calls.subarray(from, to);
      const parties = lane.isKeyed ? undefined : input.parties.part(session);
      for (const { calls: members, program, sharesCredential } of parties ?? [
        { calls: session, program: undefined, sharesCredential: false },
      ]) {
        const first = members[0] ?? NONE;
        for (const at of members) {
          sessionOf[at] = first;
          if (parties !== undefined) partyOf.set(at, { session: first, program: isPublic ? undefined : program, sharesCredential });
        }
      }
      from = to;
    }
  }
  for (const lane of lanes) letGo(lane.calls);
  await breathe();
  return { sessionOf, partyOf };
}
