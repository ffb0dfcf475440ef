import { clockWords, type ClockOffsets } from '../../model/clock-offsets.ts';
import { letGo } from '../../lib/let-go.ts';
import { numberAt } from '../../lib/numbers.ts';
import { printSessionKey, type SessionKey } from '../../model/session-key.ts';
import { readSessionKeys, sessionKeysInForce } from '../store/read/session-keys.ts';
import { readAddresses, type Addresses } from './chains/addresses.ts';
import { indexOfId, NONE, readCallColumns, readSources, resort, type CallColumns, type SourceInfo } from './chains/call-columns.ts';
import { keepOffsets } from './chains/clocks/offsets.ts';
import { bySources, setClocks, type PairsBySources } from './chains/clocks/clocks.ts';
import { addCredentialEdges, addExchangeEdges } from './chains/edges/credential-edges.ts';
import { createEdgeList, EDGE_KINDS, type EdgeList, type Edges } from './chains/edges/edge-list.ts';
import { addFollowUpEdges } from './chains/edges/follow-up-edges.ts';
import { groupCalls, listGroups, type Groups } from './chains/group.ts';
import { addLinkEdges } from './chains/edges/link-edges.ts';
import { nameByTwins } from './chains/twins/name-by-twins.ts';
import { setNestingParents } from './chains/edges/nesting-edges.ts';
import { createParents } from './chains/parents/parents.ts';
import { setPassedOnParents } from './chains/edges/passed-on-edges.ts';
import { setRpcParents } from './chains/edges/rpc-edges.ts';
import { addRunEdges } from './chains/edges/run-edges.ts';
import { createBalancerTest } from './chains/twins/behind-balancer.ts';
import { findSameCalls, type Sightings } from './chains/twins/same-calls.ts';
import { viewSources } from './chains/twins/source-views.ts';
import { spanParents } from './chains/parents/span-parents.ts';
import { createParties } from './chains/sessions/parties.ts';
import { NO_KEY, readCallKeys, spreadKeys } from './chains/sessions/keys.ts';
import { findLanes, readCallers } from './chains/sessions/lanes.ts';
import { findSessions } from './chains/sessions/sessions.ts';
import { marksOf } from './chains/values/shared-marks.ts';
import { addSpecLinkEdges } from './chains/edges/spec-link-edges.ts';
import { setToolParents } from './chains/tools/tool-parents.ts';
import { groupsBy, setSpanParents, setTraceParents } from './chains/edges/trace-edges.ts';
import { addValueEdges } from './chains/edges/value-edges.ts';
import { writeChains, type ChainResult } from './chains/write-chains.ts';
import { withPageCache } from '../store/page-cache.ts';
import type { Pass, PassContext } from './pass.ts';

const STEPS = 8;

/** The pass reads calls, bodies and links from the first to the last, once: a page that was read is not asked for again (0009). Units: KiB. */
const CACHE_KIB = 8 * 1024;

/** Pairs of hops that request ids join, for measuring clocks. */
function* hopPairs(calls: CallColumns, hopsOfRequests: readonly Uint32Array[]): Generator<readonly [parent: number, child: number]> {
  for (const group of hopsOfRequests) {
    // One direction per pair of sources, so that its differences add up; the offset is the same either way round.
    // Two records in one log would pair the wrong hops.
    if (new Set(Array.from(group, (at) => numberAt(calls.source, at))).size < group.length) continue;
    const hops = [...group].sort((a, b) => numberAt(calls.source, a) - numberAt(calls.source, b));
    for (let hop = 1; hop < hops.length; hop += 1) yield [hops[hop - 1] ?? NONE, hops[hop] ?? NONE];
  }
}

/** Pairs of calls that ids join: spans with their parents, and the hops of one request. */
function* knownPairs(
  calls: CallColumns,
  spans: readonly (readonly [parent: number, child: number])[],
  hops: readonly Uint32Array[],
): Generator<readonly [parent: number, child: number]> {
  yield* spans;
  yield* hopPairs(calls, hops);
}

/** Pairs of calls that ids join, by their sources. What they are found with is let go. */
async function readKnownPairs(calls: CallColumns, breathe: () => Promise<void>): Promise<PairsBySources> {
  const alone = new Int32Array(calls.count).fill(NONE);
  const hops = await groupsBy(calls, calls.requestId, alone, breathe);
  const spans = await spanParents(calls, alone, breathe);
  letGo(alone);
  return bySources(calls, knownPairs(calls, spans, hops), breathe);
}

/** Calls on one clock, with sightings of the same request paired. */
interface Timeline {
  readonly calls: CallColumns;
  readonly sources: ReadonlyMap<number, SourceInfo>;
  readonly addresses: Addresses;
  readonly sightings: Sightings;
  readonly clocks: ClockOffsets;
}

async function readTimeline({ db, codec, breathe }: PassContext): Promise<Timeline> {
  const sources = readSources(db);
  const calls = await readCallColumns(db, sources, breathe);
  const addresses = readAddresses(db, calls);
  const known = await readKnownPairs(calls, breathe);
  let views = await viewSources(calls, sources, breathe);
  const { pairs, corrected } = await setClocks(calls, views, known, addresses, breathe);
  if (corrected > 0) {
    for (const { timed } of views) letGo(timed);
    await resort(calls, sources, breathe);
    views = await viewSources(calls, sources, breathe);
  }
  letGo(calls.record);
  const viewOf = new Map(views.map((view) => [view.id, view]));
  const sharing = pairs.flatMap((pair) => {
    const [a, b] = [viewOf.get(pair.a.id), viewOf.get(pair.b.id)];
    return a === undefined || b === undefined ? [] : [{ ...pair, a, b }];
  });
  const sightings = await findSameCalls(calls, views, sharing, addresses, createBalancerTest(db, codec, calls), breathe);
  for (const { timed } of views) letGo(timed);
  return { sources, calls, addresses, sightings, clocks: keepOffsets(db, calls) };
}

const standingIn =
  (standing: Int32Array) =>
  (at: number): number => {
    const stands = standing[at] ?? NONE;
    return stands === NONE ? at : stands;
  };

/** What was found out about links, as far as its sentence says it. */
interface Account {
  readonly records: number;
  readonly sightings: Pick<Sightings, 'matched' | 'byId' | 'byTime'>;
  readonly clocks: ClockOffsets;
  /** Answers whose values were followed. */
  readonly answers: number;
  readonly keys: readonly SessionKey[];
  /** Calls that carry one of the keys. */
  readonly carried: number;
}

/** Calls with those that they were made to answer. */
interface Nested extends Pick<ChainResult, 'calls' | 'sources' | 'standing'> {
  readonly parentOf: Int32Array;
  readonly inRun: Uint8Array;
  /** By call of a tool: the principal of the calls that the tool made. */
  readonly actors: ReadonlyMap<number, number>;
  readonly indexOf: (id: number) => number;
  readonly sightings: Account['sightings'];
  readonly clocks: ClockOffsets;
}

/** Finds parents and adds their edges; what only that asks for is let go. */
async function nestCalls(context: PassContext, edges: EdgeList): Promise<Nested> {
  const { db, codec, breathe, progress } = context;
  const { calls, sources, addresses, sightings, clocks } = await readTimeline(context);
  const { standing, handedOn, matched, byId, byTime } = sightings;
  nameByTwins(db, calls, standing);
  progress(1, STEPS);
  const indexOf = indexOfId(calls);
  const standingOf = standingIn(standing);
  const parents = createParents(calls.count);
  await setSpanParents(calls, standing, parents, breathe);
  await setPassedOnParents(calls, handedOn, standingOf, parents, breathe);
  const inRun = await setTraceParents(calls, standing, addresses, parents, breathe);
  await setRpcParents(db, codec, calls, (id) => standingOf(indexOf(id)), parents, edges, breathe);
  progress(2, STEPS);
  await setNestingParents(calls, standing, addresses, parents, breathe);
  const actors = await setToolParents(context, calls, indexOf, standing, parents, edges);
  await parents.addTo(edges, (from, to) => marksOf(calls, from, to), breathe);
  letGo(calls.query, calls.span, calls.parentSpan, calls.requestId, calls.upstream);
  return { calls, sources, standing, parentOf: parents.of, inRun, actors, indexOf, sightings: { matched, byId, byTime }, clocks };
}

/** Calls with all edges between them, and the session of each. */
interface Linked extends Omit<ChainResult, 'chains'> {
  readonly keyOf: (at: number) => number;
  readonly sessionOf: Int32Array;
  readonly account: Account;
}

async function linkCalls(context: PassContext): Promise<Linked> {
  const { db, codec, breathe, progress } = context;
  const edges = createEdgeList();
  const { calls, sources, standing, parentOf, inRun, actors, indexOf, sightings, clocks } = await nestCalls(context, edges);
  const standingOf = standingIn(standing);
  const principalOf = principalsOf(calls, standing);
  progress(3, STEPS);
  await addLinkEdges(db, codec, calls, indexOf, standingOf, edges, breathe);
  await addFollowUpEdges(calls, standing, parentOf, edges, breathe);
  letGo(calls.path);
  addCredentialEdges(db, calls, indexOf, standingOf, edges);
  await addExchangeEdges(db, calls, indexOf, standingOf, edges, breathe);
  progress(4, STEPS);
  // Before all other values: of several sentences about one value that of the link stands.
  await addSpecLinkEdges(context, calls, standingOf, edges);
  const answers = await addValueEdges(context, { calls, indexOf, standingOf, parentOf, actors }, edges);
  progress(5, STEPS);
  const callers = readCallers(db);
  const { keys } = readSessionKeys(db);
  const { keyOf, carried } = await readSessionKeyOf(context, keys, calls.count, (id) => standingOf(indexOf(id)), parentOf);
  const isAgent = (at: number): boolean => callers.get(principalOf(at))?.kind === 'agent';
  const parties = createParties(db, calls);
  await addRunEdges(calls, standing, parentOf, inRun, isAgent, principalOf, parties, edges, breathe);
  progress(6, STEPS);
  const isRoot = (at: number): boolean => standing[at] === NONE && parentOf[at] === NONE;
  const lanes = await findLanes({ calls, isRoot, inRun: (at) => inRun[at] === 1, principalOf, callers }, breathe);
  const { sessionOf, partyOf } = await findSessions({ calls, lanes, keyOf, parties }, breathe);
  letGo(calls.credential, calls.clientIp, calls.userAgent, calls.trace, parentOf, inRun);
  const account = { records: calls.count, sightings, clocks, answers, keys, carried };
  return { calls, sources, standing, edges: await edges.merge(breathe), principalOf, keyOf, sessionOf, partyOf, lanes, account };
}

/** What is to be written, with a sentence about it. */
interface Found extends ChainResult {
  readonly sentence: string;
}

async function findChains(context: PassContext): Promise<Found> {
  const { breathe } = context;
  const { keyOf, sessionOf, account, ...linked } = await linkCalls(context);
  const { calls, standing, edges } = linked;
  const rootOf = await groupCalls(calls, edges, sessionOf, keyOf, (at) => linked.partyOf.get(at)?.session, breathe);
  letGo(sessionOf);
  const chains = listGroups(calls, standing, rootOf);
  return { ...linked, chains, sentence: sentenceAbout(account, edges, chains) };
}

const count = (value: number): string => value.toLocaleString('en-US');

function sentenceAbout({ records, sightings, clocks, answers, keys, carried }: Account, edges: Edges, chains: Groups): string {
  const byKind = new Map<string, number>();
  for (const code of edges.kind) {
    const kind = EDGE_KINDS[code] ?? '';
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  }
  const kinds = [...byKind].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([kind, number]) => `${kind} ${count(number)}`);
  const parts = [
    `${count(chains.calls)} of ${count(records - sightings.matched)} calls stand in ${count(chains.count)} chains, joined by ${count(edges.count)} edges${kinds.length === 0 ? '' : ` (${kinds.join(', ')})`}`,
    sightings.matched === 0
      ? ''
      : `${count(sightings.matched)} records show a request that another source shows too (${count(sightings.byId)} by id, ${count(sightings.byTime)} by method, path, status and time)`,
    clockWords(clocks),
    answers === 0 ? 'no response bodies, so no value was followed' : `values of ${count(answers)} answers were followed`,
  ];
  const keyed =
    keys.length === 0
      ? ''
      : ` Sessions are told by ${keys.map(printSessionKey).join(', then ')}, which ${count(carried)} calls carry; else by pauses.`;
  return `${parts.filter((part) => part !== '').join('; ')}.${keyed}`;
}

/**
 * Links calls that led to one another and groups them into chains: clocks, sightings of one request in several sources, then edges from
 * trace context, pairing, message ids, address and time, redirects, initiators, issued credentials, values and order, each with its reason; what is left
 * of a caller's calls is held together by session (resources/decisions, 0013). Each step is a function that keeps for the next what that needs, so
 * that the rest of its memory is let go (0009).
 */
export const chainsPass: Pass = {
  id: 'chains',
  version: 12,
  title: 'Chains',
  needs: ['principals', 'endpoints'],
  fills: ['edge', 'chain', 'call_clock', 'call_depth', 'call_lane', 'lane'],
  marks: ['chain_id', 'same_as'],
  inputs: sessionKeysInForce,
  async run(context) {
    const { db, breathe, progress } = context;
    return withPageCache(db, CACHE_KIB, async () => {
      const found = await findChains(context);
      progress(STEPS - 1, STEPS);
      await breathe();
      await writeChains(db, found, breathe);
      progress(STEPS, STEPS);
      return found.sentence;
    });
  },
};

/** What each call carries of the keys that the analyst chose, and how many carry one. Cost: nothing without keys. */
async function readSessionKeyOf(
  { db, codec, breathe }: PassContext,
  keys: readonly SessionKey[],
  calls: number,
  indexOf: (id: number) => number,
  parentOf: Int32Array,
): Promise<{ readonly keyOf: (at: number) => number; readonly carried: number }> {
  if (keys.length === 0) return { keyOf: () => NO_KEY, carried: 0 };
  const callKeys = await readCallKeys(db, codec, keys, calls, indexOf, breathe);
  const carried = callKeys.reduce((sum, key) => sum + (key === NO_KEY ? 0 : 1), 0);
  spreadKeys(callKeys, parentOf);
  return { keyOf: (at) => numberAt(callKeys, at), carried };
}

/** The principal of a call: its own, else the one that another sighting of it names. Cost: as much as the column again, where there are sightings. */
function principalsOf(calls: CallColumns, standing: Int32Array): (at: number) => number {
  const own = calls.principal;
  let filled = own;
  for (let at = 0; at < calls.count; at += 1) {
    const stands = numberAt(standing, at);
    if (stands === NONE || numberAt(own, at) === NONE || numberAt(own, stands) !== NONE) continue;
    if (filled === own) filled = own.slice();
    filled[stands] = numberAt(own, at);
  }
  return (at) => numberAt(filled, at);
}
