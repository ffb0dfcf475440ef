import { numberAt } from '../../../lib/numbers.ts';
import { median, sortNumbers } from '../../../lib/stats.ts';
import { NONE, type CallColumns, type SourceInfo } from './call-columns.ts';

/** Formats written by the caller's side; everything else was written by a gateway or server. */
const CLIENT_SIDE_FORMATS: ReadonlySet<string> = new Set(['har']);
/** Two clocks that were set against each other agree at least this well once their offset is known. Units: µs. */
const MATCH_TOLERANCE = 1_000_000;
/** Sources that stamp the end of a call often do so in whole seconds (NGINX `$time_local`). Units: µs. */
const WHOLE_SECOND = 1_000_000;
/** Without ids, an offset is looked for within this range: clocks further apart are a broken set-up, not skew. Units: µs. */
const MAX_OFFSET = 15 * 60 * 1_000_000;
/** Width in which differences count as agreeing on one offset. Units: µs. */
const OFFSET_BIN = 2_000_000;
/** Fewer agreeing pairs than this may agree by chance, so no offset is assumed. */
const MIN_AGREEING = 3;
/** Pairs of one key compared for the offset: a key that stands oftener is a poll and says nothing. */
const MAX_PAIRS_PER_KEY = 4;

export interface Sightings {
  /** Per call: the call that it is another sighting of, or NONE. */
  readonly standing: Int32Array;
  readonly matched: number;
  /** Per client-side source the gateway source with most matches, and how far the client's clock runs ahead. Units: µs. */
  readonly offsets: ReadonlyMap<number, { readonly gateway: number; readonly offset: number; readonly pairs: number }>;
  /** Matches by what proved them. */
  readonly byId: number;
  readonly byTime: number;
}

const keyOf = (calls: CallColumns, at: number): string =>
  `${String(numberAt(calls.method, at))} ${String(numberAt(calls.path, at))} ${String(numberAt(calls.status, at))}`;

const sameIfBoth = (a: number, b: number, none: number): boolean => a === none || b === none || a === b;

/** True when ids that one hop hands to the next say that both records are of one request. */
function sharesId(calls: CallColumns, client: number, gateway: number): boolean {
  const requestId = numberAt(calls.requestId, client);
  if (requestId !== 0 && requestId === numberAt(calls.requestId, gateway)) return true;
  const trace = numberAt(calls.trace, client);
  if (trace === 0 || trace !== numberAt(calls.trace, gateway)) return false;
  const span = numberAt(calls.span, client);
  const parent = numberAt(calls.parentSpan, client);
  const gatewaySpan = numberAt(calls.span, gateway);
  const gatewayParent = numberAt(calls.parentSpan, gateway);
  return (span !== 0 && (span === gatewaySpan || span === gatewayParent)) || (parent !== 0 && parent === gatewayParent);
}

const mayBeSame = (calls: CallColumns, client: number, gateway: number): boolean =>
  sameIfBoth(numberAt(calls.host, client), numberAt(calls.host, gateway), NONE) &&
  sameIfBoth(numberAt(calls.query, client), numberAt(calls.query, gateway), 0) &&
  sameIfBoth(numberAt(calls.trace, client), numberAt(calls.trace, gateway), 0);

/** The offset that most differences agree on, or 0 when too few do. Example: 1 1.2 1.1 90 gives 1.1 (in seconds). */
function agreedOffset(differences: readonly number[]): number {
  const sorted = sortNumbers(differences);
  let best = 0;
  let bestAt = 0;
  for (let low = 0, high = 0; high < sorted.length; high += 1) {
    while (numberAt(sorted, high) - numberAt(sorted, low) > OFFSET_BIN) low += 1;
    if (high - low + 1 > best) {
      best = high - low + 1;
      bestAt = low;
    }
  }
  return best < MIN_AGREEING ? 0 : median(sorted.slice(bestAt, bestAt + best));
}

/** First place in a rising list of calls whose start is not below `time`. */
function firstNotBefore(calls: CallColumns, list: readonly number[], time: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(calls.start, list[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Pair {
  readonly client: number;
  readonly gateway: number;
  readonly byId: boolean;
  readonly distance: number;
}

/** Candidate pairs of one client-side source with one gateway source, after its own offset. */
function pairsOf(
  calls: CallColumns,
  clients: readonly number[],
  byKey: ReadonlyMap<string, readonly number[]>,
): { readonly pairs: readonly Pair[]; readonly offset: number } {
  const fromIds: number[] = [];
  const fromKeys: number[] = [];
  for (const client of clients) {
    const list = byKey.get(keyOf(calls, client)) ?? [];
    const from = firstNotBefore(calls, list, numberAt(calls.start, client) - MAX_OFFSET);
    let compared = 0;
    for (let at = from; at < list.length && compared < MAX_PAIRS_PER_KEY; at += 1) {
      const gateway = list[at] ?? 0;
      const difference = numberAt(calls.start, client) - numberAt(calls.start, gateway);
      if (difference < -MAX_OFFSET) break;
      if (!mayBeSame(calls, client, gateway)) continue;
      compared += 1;
      (sharesId(calls, client, gateway) ? fromIds : fromKeys).push(difference);
    }
  }
  const offset = fromIds.length > 0 ? median(fromIds) : agreedOffset(fromKeys);
  const pairs: Pair[] = [];
  for (const client of clients) {
    const list = byKey.get(keyOf(calls, client)) ?? [];
    const expected = numberAt(calls.start, client) - offset;
    for (let at = firstNotBefore(calls, list, expected - MATCH_TOLERANCE - WHOLE_SECOND); at < list.length; at += 1) {
      const gateway = list[at] ?? 0;
      const difference = numberAt(calls.start, gateway) - expected;
      if (difference > MATCH_TOLERANCE + WHOLE_SECOND) break;
      const tolerance = MATCH_TOLERANCE + (numberAt(calls.timeKind, gateway) === 0 ? 0 : WHOLE_SECOND);
      if (!mayBeSame(calls, client, gateway)) continue;
      const byId = sharesId(calls, client, gateway);
      if (byId || Math.abs(difference) <= tolerance) pairs.push({ client, gateway, byId, distance: Math.abs(difference) });
    }
  }
  return { pairs, offset };
}

/**
 * Finds requests that a client-side capture and a gateway log both hold: by request id or trace and span, else by method,
 * path and status at the nearest time within the clock offset of the two sources; one to one. The gateway's record stands.
 * Two gateway logs never merge here: a request that passes two hops is two calls.
 */
export function findSameCalls(calls: CallColumns, sources: ReadonlyMap<number, SourceInfo>): Sightings {
  const standing = new Int32Array(calls.count).fill(NONE);
  const clientsBySource = new Map<number, number[]>();
  for (let at = 0; at < calls.count; at += 1) {
    const source = numberAt(calls.source, at);
    if (!CLIENT_SIDE_FORMATS.has(sources.get(source)?.format ?? '') || Number.isNaN(numberAt(calls.start, at))) continue;
    const list = clientsBySource.get(source) ?? [];
    list.push(at);
    clientsBySource.set(source, list);
  }
  const offsets = new Map<number, { readonly gateway: number; readonly offset: number; readonly pairs: number }>();
  if (clientsBySource.size === 0) return { standing, matched: 0, offsets, byId: 0, byTime: 0 };

  const wanted = new Set([...clientsBySource.values()].flatMap((list) => list.map((at) => keyOf(calls, at))));
  const gatewaysBySource = new Map<number, Map<string, number[]>>();
  for (let at = 0; at < calls.count; at += 1) {
    const source = numberAt(calls.source, at);
    if (clientsBySource.has(source) || Number.isNaN(numberAt(calls.start, at))) continue;
    const key = keyOf(calls, at);
    if (!wanted.has(key)) continue;
    const byKey = gatewaysBySource.get(source) ?? new Map<string, number[]>();
    gatewaysBySource.set(source, byKey);
    const list = byKey.get(key) ?? [];
    list.push(at);
    byKey.set(key, list);
  }

  let all: Pair[] = [];
  for (const [client, clients] of clientsBySource) {
    let support = 0;
    for (const [gateway, byKey] of gatewaysBySource) {
      const { pairs, offset } = pairsOf(calls, clients, byKey);
      all = all.concat(pairs);
      if (pairs.length > support) {
        support = pairs.length;
        offsets.set(client, { gateway, offset, pairs: support });
      }
    }
  }
  all.sort((a, b) => Number(b.byId) - Number(a.byId) || a.distance - b.distance || a.client - b.client || a.gateway - b.gateway);
  const taken = new Set<number>();
  let byId = 0;
  let byTime = 0;
  for (const pair of all) {
    if (standing[pair.client] !== NONE || taken.has(pair.gateway)) continue;
    standing[pair.client] = pair.gateway;
    taken.add(pair.gateway);
    if (pair.byId) byId += 1;
    else byTime += 1;
  }
  return { standing, matched: byId + byTime, offsets, byId, byTime };
}
