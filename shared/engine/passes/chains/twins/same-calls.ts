import { numberAt } from '../../../../lib/numbers.ts';
import { createUnionFind } from '../../../../lib/union-find.ts';
import type { Addresses } from '../addresses.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { mayMeet } from '../clocks/seeds.ts';
import type { SourcePair } from '../clocks/clocks.ts';
import { auditedPairs } from './audited-pairs.ts';
import { createKeyIndex } from '../values/key-index.ts';
import { pairRecords, type RecordPair } from './record-pairs.ts';
import type { SourceView } from './source-views.ts';

/** Share of pairs that must look like one hop before two sources count as two views of it. */
const ONE_HOP = 0.5;
/** Pairs looked at between two pauses. */
const STRETCH = 20_000;
/** Without a measured clock two records of one request lie within this. Units: µs. */
const UNMEASURED = 1_000_000;

/** Pairs of records of two sources, one of which handed the request on to the other. */
export interface HandedOn {
  readonly pair: SourcePair;
  readonly records: readonly RecordPair[];
}

export interface Sightings {
  /** Per call: the call that it is another sighting of, or NONE. */
  readonly standing: Int32Array;
  readonly matched: number;
  /** Matches by what proved them. */
  readonly byId: number;
  readonly byTime: number;
  readonly handedOn: readonly HandedOn[];
}

const agree = (a: number, b: number): boolean => a === NONE || b === NONE || a === b;

/** True when two records show one hop: the same public host, asked by the same client. */
const isOneHop = (calls: CallColumns, { a, b }: { readonly a: number; readonly b: number }): boolean =>
  agree(numberAt(calls.host, a), numberAt(calls.host, b)) && agree(numberAt(calls.clientIp, a), numberAt(calls.clientIp, b));

/** True when both records show one request id or one trace. */
export const sharesId = (calls: CallColumns, a: number, b: number): boolean =>
  (numberAt(calls.requestId, a) !== 0 && numberAt(calls.requestId, a) === numberAt(calls.requestId, b)) ||
  (numberAt(calls.trace, a) !== 0 && numberAt(calls.trace, a) === numberAt(calls.trace, b));

/** How much a source says of its calls: what stands for a request should be the record that says most. */
function richnessOf(calls: CallColumns, { timed, isCapture }: SourceView): number {
  if (isCapture) return -1;
  let said = 0;
  for (const at of timed) {
    if (numberAt(calls.requestId, at) !== 0) said += 1;
    if (numberAt(calls.credential, at) !== NONE) said += 2;
    if (numberAt(calls.host, at) !== NONE) said += 1;
    if (numberAt(calls.end, at) > numberAt(calls.start, at)) said += 1;
  }
  return said / Math.max(1, timed.length);
}

/** Records of a capture too short to set its clock by, and a source beside it: the same host within a second. */
async function pairUnmeasured(
  calls: CallColumns,
  views: readonly SourceView[],
  pairs: readonly SourcePair[],
  breathe: () => Promise<void>,
): Promise<readonly RecordPair[]> {
  const found: (RecordPair & { readonly distance: number })[] = [];
  for (const capture of views.filter(({ isCapture }) => isCapture)) {
    for (const other of views) {
      if (
        other.isCapture ||
        other.isTelemetry ||
        pairs.some(({ a, b }) => (a === capture && b === other) || (a === other && b === capture))
      )
        continue;
      if (other.first - UNMEASURED > capture.last || capture.first - UNMEASURED > other.last) continue;
      const index = await createKeyIndex(calls, other.timed, breathe);
      for (const b of capture.timed) {
        const start = numberAt(calls.start, b);
        index.near(b, start - UNMEASURED, start + UNMEASURED, (a) => {
          const distance = Math.abs(numberAt(calls.start, a) - start);
          if (mayMeet(calls, a, other, b, capture) && isOneHop(calls, { a, b })) found.push({ a, b, belief: 0.9, distance });
          return true;
        });
      }
    }
  }
  return found.sort((x, y) => x.distance - y.distance || x.a - y.a || x.b - y.b);
}

/**
 * Finds requests that several sources hold: a capture and a gateway's log, a load balancer and the gateway behind it. Records are paired
 * for every two sources that saw the same traffic (`pairRecords`); where most pairs show one host and one client, or one log is that of the server
 * behind the other (`createBalancerTest`), they are one request seen twice, and the source that says more stands for it; a cloud's audit log and a service's own meet by id alone (`auditedPairs`). All others are requests handed on, which are calls of their own.
 * Shape: a request has at most one record of each source.
 */
export async function findSameCalls(
  calls: CallColumns,
  views: readonly SourceView[],
  pairs: readonly SourcePair[],
  addresses: Addresses,
  isBehindBalancer: (records: readonly RecordPair[]) => boolean,
  breathe: () => Promise<void>,
): Promise<Sightings> {
  const handedOn: HandedOn[] = [];
  const alike: RecordPair[] = [];
  for (const pair of pairs) {
    const records = await pairRecords(calls, addresses, pair, breathe);
    const isOne =
      !pair.a.isTelemetry &&
      !pair.b.isTelemetry &&
      (records.filter((one) => isOneHop(calls, one)).length >= ONE_HOP * records.length || isBehindBalancer(records));
    if (isOne) for (const record of records) alike.push(record);
    else handedOn.push({ pair, records });
  }
  for (const record of await auditedPairs(calls, views, breathe)) alike.push(record);
  alike.sort((x, y) => y.belief - x.belief || x.a - y.a || x.b - y.b);
  for (const record of await pairUnmeasured(calls, views, pairs, breathe)) alike.push(record);
  return { ...(await groupSightings(calls, views, alike, breathe)), handedOn };
}

async function groupSightings(
  calls: CallColumns,
  views: readonly SourceView[],
  alike: readonly RecordPair[],
  breathe: () => Promise<void>,
): Promise<Omit<Sightings, 'handedOn'>> {
  const standing = new Int32Array(calls.count).fill(NONE);
  let [byId, byTime] = [0, 0];
  if (alike.length === 0) return { standing, matched: 0, byId, byTime };
  const groups = createUnionFind(calls.count);
  // The records of a request stand in a ring: each names the next, and one alone itself.
  const next = new Int32Array(calls.count).map((_, at) => at);
  const membersOf = (first: number): readonly number[] => {
    const all = [first];
    for (let at = numberAt(next, first); at !== first; at = numberAt(next, at)) all.push(at);
    return all;
  };
  for (const [place, { a, b }] of alike.entries()) {
    if (place % STRETCH === 0) await breathe();
    if (groups.find(a) === groups.find(b)) continue;
    const all = [...membersOf(a), ...membersOf(b)];
    if (new Set(all.map((at) => numberAt(calls.source, at))).size < all.length) continue;
    if (sharesId(calls, a, b)) byId += 1;
    else byTime += 1;
    groups.join(a, b);
    [next[a], next[b]] = [numberAt(next, b), numberAt(next, a)];
  }
  if (byId + byTime === 0) return { standing, matched: 0, byId, byTime };
  const richness = new Map(views.map((view) => [view.id, richnessOf(calls, view)]));
  const rank = (at: number): number => richness.get(numberAt(calls.source, at)) ?? 0;
  for (let root = 0; root < calls.count; root += 1) {
    if (root % STRETCH === 0) await breathe();
    if (next[root] === root || groups.find(root) !== root) continue;
    const all = membersOf(root);
    const first = all.reduce((best, at) => (rank(at) > rank(best) || (rank(at) === rank(best) && at < best) ? at : best));
    for (const at of all) if (at !== first) standing[at] = first;
  }
  return { standing, matched: byId + byTime, byId, byTime };
}
