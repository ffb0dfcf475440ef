import { letGo } from '../../../../lib/let-go.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { MIN_GAP } from './gap.ts';

/** Calls looked at between two pauses. */
const STRETCH = 20_000;

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

/** Which calls begin something, and who made them. */
export interface LaneInput {
  readonly calls: Pick<CallColumns, 'count' | 'start' | 'clientIp' | 'userAgent' | 'trace'>;
  /** True for a call that begins something: neither another sighting nor the effect of a call. */
  readonly isRoot: (at: number) => boolean;
  /** True for calls of a trace that spans a whole run. */
  readonly inRun: (at: number) => boolean;
  readonly principalOf: (at: number) => number;
  readonly callers: ReadonlyMap<number, Caller>;
}

/** Nothing says whose a call is that begins something. */
export const NO_LANE = 0;

/**
 * Whose work each call that begins something is: lanes that sessions are cut from. They hang on no key of the analyst's, so that what another key
 * would change is told from them as they were found.
 */
export interface Lanes {
  /** By call: the number of its lane from 1, NO_LANE, or NONE for calls that begin nothing or have no time. */
  readonly laneOf: Int32Array;
  /** The kind of caller of each lane; that of lane 1 stands first. */
  readonly kinds: readonly string[];
}

/** Known callers of one address and program from which on they are an office behind one network, not one person's accounts. */
const OFFICE = 3;

/** One number for a client: its address and program. 0 where either is unknown. */
function clientNumber(calls: LaneInput['calls'], at: number): number {
  const [ip, agent] = [numberAt(calls.clientIp, at), numberAt(calls.userAgent, at)];
  return ip === NONE || agent === NONE ? 0 : ip * 2 ** 26 + agent + 1;
}

/** Clients behind which so many known callers stand that what shows no credential may be any of theirs. */
function findOffices({ calls, principalOf, callers }: LaneInput, roots: Uint32Array): ReadonlySet<number> {
  const known = new Map<number, number[]>();
  const offices = new Set<number>();
  for (const at of roots) {
    const [client, own] = [clientNumber(calls, at), principalOf(at)];
    if (client === 0 || own === NONE || callers.get(own)?.isWeak === true || offices.has(client)) continue;
    const list = known.get(client) ?? [];
    if (list.length === 0) known.set(client, list);
    if (!list.includes(own)) list.push(own);
    if (list.length >= OFFICE) offices.add(client);
  }
  return offices;
}

/**
 * The caller of each call, where calls without a credential (looking around, logging in) are given to the known caller whose calls the
 * same client makes next, else made last, without a pause; not where the client is an office.
 */
async function nameCallers(input: LaneInput, roots: Uint32Array, breathe: () => Promise<void>): Promise<Int32Array> {
  const { calls, principalOf, callers } = input;
  const offices = findOffices(input, roots);
  const named = new Int32Array(calls.count).fill(NONE);
  const take = async (placeOf: (step: number) => number): Promise<void> => {
    const last = new Map<number, { at: number; principal: number }>();
    for (let step = 0; step < roots.length; step += 1) {
      if (step % STRETCH === 0) await breathe();
      const at = roots[placeOf(step)] ?? NONE;
      const client = clientNumber(calls, at);
      const own = principalOf(at);
      const known = own !== NONE && callers.get(own)?.isWeak !== true ? own : numberAt(named, at);
      const beside = client === 0 || offices.has(client) ? undefined : last.get(client);
      const isNear = beside !== undefined && Math.abs(numberAt(calls.start, beside.at) - numberAt(calls.start, at)) <= MIN_GAP;
      const principal = known !== NONE ? known : isNear ? beside.principal : NONE;
      if (principal === NONE) continue;
      named[at] = principal;
      if (beside !== undefined) Object.assign(beside, { at, principal });
      else if (client !== 0 && !offices.has(client)) last.set(client, { at, principal });
    }
  };
  await take((step) => roots.length - 1 - step);
  await take((step) => step);
  return named;
}

/** What holds a call together with others, with its number: the trace of a run, else the principal, else the client. Undefined where nothing is known. */
function laneKeyOf(
  { calls, inRun }: LaneInput,
  at: number,
  principal: number,
): readonly [kind: 'trace' | 'principal' | 'client', number: number] | undefined {
  if (inRun(at)) return ['trace', numberAt(calls.trace, at)];
  if (principal !== NONE) return ['principal', principal];
  const client = clientNumber(calls, at);
  return client === 0 ? undefined : ['client', client];
}

/** Tells the lanes apart. Cost: 4 bytes a call, and 8 a root meanwhile. */
export async function findLanes(input: LaneInput, breathe: () => Promise<void>): Promise<Lanes> {
  const { calls } = input;
  const laneOf = new Int32Array(calls.count).fill(NONE);
  const found = new Uint32Array(calls.count);
  let count = 0;
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (!input.isRoot(at) || Number.isNaN(numberAt(calls.start, at))) continue;
    found[count] = at;
    count += 1;
  }
  const roots = found.subarray(0, count);
  const named = await nameCallers(input, roots, breathe);
  // Numbers and no names: a text for each call would be garbage by the hundred megabytes.
  const numbersOf = { trace: new Map<number, number>(), principal: new Map<number, number>(), client: new Map<number, number>() };
  const kinds: string[] = [];
  for (const [place, at] of roots.entries()) {
    if (place % STRETCH === 0) await breathe();
    const principal = named[at] === NONE ? input.principalOf(at) : numberAt(named, at);
    const key = laneKeyOf(input, at, principal);
    laneOf[at] = NO_LANE;
    if (key === undefined) continue;
    const numbers = numbersOf[key[0]];
    let lane = numbers.get(key[1]);
    if (lane === undefined) {
      lane = kinds.push(input.inRun(at) ? 'trace' : (input.callers.get(principal)?.kind ?? ''));
      numbers.set(key[1], lane);
    }
    laneOf[at] = lane;
  }
  letGo(named, found);
  return { laneOf, kinds };
}
