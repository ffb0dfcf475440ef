import { letGo } from '../../../../lib/let-go.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { NO_KEY } from './keys.ts';
import { NO_LANE, type Lanes } from './lanes.ts';
import type { Parties } from './parties.ts';
import { partingPause, sessionGap } from './gap.ts';

/** Calls looked at between two pauses. */
const STRETCH = 20_000;
/** Pauses of one kind of caller that its habit is told from. */
const MAX_PAUSES = 50_000;

/** What a session is made of. */
export interface SessionInput {
  readonly calls: Times;
  readonly lanes: Lanes;
  /** What the call carries of the keys that the analyst chose, NO_KEY for nothing. */
  readonly keyOf: (at: number) => number;
  readonly parties: Parties;
}

type Times = Pick<CallColumns, 'count' | 'start' | 'end'>;

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

/** The calls that begin something by what holds them together: a key that the analyst chose, else their lane. Cost: 8 bytes a root. */
async function cutLanes({ calls, lanes, keyOf }: SessionInput, breathe: () => Promise<void>): Promise<readonly Lane[]> {
  const placeOf = new Int32Array(calls.count).fill(NONE);
  const byLane = new Map<number, number>();
  const byKey = new Map<number, number>();
  const shapes: { readonly kind: string; readonly isKeyed: boolean; count: number }[] = [];
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const [own, key] = [numberAt(lanes.laneOf, at), keyOf(at)];
    if (own === NONE || (own === NO_LANE && key === NO_KEY)) continue;
    const isKeyed = key !== NO_KEY;
    const [places, number] = isKeyed ? [byKey, key] : [byLane, own];
    const place = places.get(number) ?? shapes.length;
    const shape = shapes[place];
    if (shape === undefined) {
      places.set(number, place);
      shapes.push({ kind: isKeyed ? '' : (lanes.kinds[own - 1] ?? ''), isKeyed, count: 1 });
    } else shape.count += 1;
    placeOf[at] = place;
  }
  const cut = shapes.map(({ kind, isKeyed, count }) => ({ kind, isKeyed, calls: new Uint32Array(count), filled: 0 }));
  for (let at = 0; at < calls.count; at += 1) {
    const lane = cut[numberAt(placeOf, at)];
    if (lane === undefined) continue;
    lane.calls[lane.filled] = at;
    lane.filled += 1;
  }
  letGo(placeOf);
  return cut;
}

function pausesOf(calls: Times, lane: Uint32Array): readonly number[] {
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
  const lanes = await cutLanes(input, breathe);
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
