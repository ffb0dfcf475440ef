import { greatest } from '../../../lib/extremes.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { hostPath } from '../../../lib/host-path.ts';
import { placeOf } from '../../../model/call-place.ts';
import { printPlace } from '../../../model/inner-operation.ts';
import { bulkInsert } from '../../store/bulk-insert.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { inLongTransaction } from '../../store/long-transaction.ts';
import { NONE, type CallColumns, type SourceInfo } from './call-columns.ts';
import { shapeOf } from '../../../model/chain-shape.ts';
import { findCauses, findRootCause } from '../../../model/chain-tree.ts';
import { correctionOf } from './clocks/offsets.ts';
import { depthsOf, mainPrincipal, partyName, sentenceOf, titleOf, type StepName } from './describe.ts';
import type { Edges, MergedEdge } from './edges/edge-list.ts';
import type { Groups } from './group.ts';
import { NO_LANE, type Lanes } from './sessions/lanes.ts';
import type { SessionParty } from './sessions/sessions.ts';

/** Hosts listed for a chain; a chain over more is a scan, and the count says so elsewhere. */
export const MAX_HOSTS = 50;

/** Everything that the pass found out, ready to be written. */
export interface ChainResult {
  readonly calls: CallColumns;
  readonly sources: ReadonlyMap<number, SourceInfo>;
  readonly standing: Int32Array;
  readonly edges: Edges;
  readonly chains: Groups;
  readonly principalOf: (at: number) => number;
  readonly lanes: Lanes;
  /** By call: the one of several clients that used a credential at the same time. */
  readonly partyOf: ReadonlyMap<number, SessionParty>;
}

interface Names {
  step(at: number): StepName;
  host(at: number): string | undefined;
  endpointKey(at: number): string;
  principal(id: number): string;
  /** The reference of the record: `name of the source#number`. */
  ref(at: number): string;
}

function readNames(db: SqlDriver, { calls, sources }: Pick<ChainResult, 'calls' | 'sources'>): Names {
  const endpoints = new Map(
    db
      .prepare('SELECT id, key, method, host, template FROM endpoint')
      .all<{ id: number; key: string; method: string; host: string; template: string }>()
      .map((row) => [row.id, { ...row, template: printPlace(row) }]),
  );
  const labels = new Map(
    db
      .prepare('SELECT id, label FROM principal')
      .all<{ id: number; label: string }>()
      .map((row) => [row.id, row.label]),
  );
  const term = db.prepare('SELECT value FROM term WHERE id = ?');
  const place = db.prepare('SELECT c.path, t.value AS tool FROM call c LEFT JOIN term t ON t.id = c.tool_id WHERE c.id = ?');
  const record = db.prepare('SELECT record FROM call WHERE id = ?');
  const hosts = new Map<number, string | undefined>();
  const text = (id: number): string | undefined => {
    if (id === NONE) return undefined;
    if (!hosts.has(id)) hosts.set(id, term.get<{ value: string }>(id)?.value);
    return hosts.get(id);
  };
  const step = (at: number): StepName => {
    const endpoint = endpoints.get(numberAt(calls.endpoint, at));
    if (endpoint !== undefined) return endpoint;
    const own = place.get<{ path: string | null; tool: string | null }>(numberAt(calls.id, at));
    const template = placeOf({ path: own?.path ?? '', tool: own?.tool ?? undefined }).slice(0, 200);
    return { method: text(numberAt(calls.method, at)) ?? '?', host: text(numberAt(calls.host, at)) ?? '', template };
  };
  return {
    step,
    host: (at) => text(numberAt(calls.host, at)),
    endpointKey(at) {
      const endpoint = endpoints.get(numberAt(calls.endpoint, at));
      if (endpoint !== undefined) return endpoint.key;
      const { method, host, template } = step(at);
      return `${method} ${hostPath(host, template)}`;
    },
    principal: (id) => labels.get(id) ?? 'unknown principal',
    ref: (at) =>
      `${sources.get(numberAt(calls.source, at))?.name ?? ''}#${String(record.get<{ record: number }>(numberAt(calls.id, at))?.record ?? 0)}`,
  };
}

interface ChainRecord {
  readonly values: readonly (string | number | null)[];
  /** By call of the chain. */
  readonly depths: ReadonlyMap<number, number>;
}

/** Endpoints that a title may need: a chain of thousands is named by its first calls and its last. */
const DESCRIBED = 500;

/** The shape of the tree that the strongest proofs make of a chain, which groups it with others, and the call that most of it follows from. */
function readTree(
  calls: CallColumns,
  names: Names,
  members: Int32Array,
  edges: readonly MergedEdge[],
): { readonly signature: string; readonly rootCause: number } {
  const place = new Map(Array.from(members, (at, index) => [at, index]));
  const steps = Array.from(members, (at) => ({
    step: names.endpointKey(at),
    start: numberAt(calls.start, at),
    end: numberAt(calls.end, at),
    hasFailed: numberAt(calls.failed, at) === 1,
  }));
  const within = edges.map((edge) => ({ ...edge, from: place.get(edge.from) ?? 0, to: place.get(edge.to) ?? 0 }));
  const isSameRoute = (a: number, b: number): boolean => steps[a]?.step === steps[b]?.step && steps[a]?.hasFailed === steps[b]?.hasFailed;
  const cause = findCauses(members.length, within, isSameRoute);
  return { signature: shapeOf(steps, cause), rootCause: members[findRootCause(cause).at] ?? 0 };
}

function describe(result: ChainResult, names: Names, id: number, members: Int32Array, edges: readonly MergedEdge[]): ChainRecord {
  const { calls } = result;
  const root = members[0] ?? 0;
  const described = members.length <= DESCRIBED ? [...members] : [...members.slice(0, DESCRIBED - 1), members.at(-1) ?? root];
  const principal = mainPrincipal(members, result.principalOf);
  const counts: Record<string, number> = {};
  for (const edge of edges) counts[edge.kind] = (counts[edge.kind] ?? 0) + 1;
  const hosts = new Set<string>();
  let failed = 0;
  let end = -Infinity;
  for (const at of members) {
    const host = names.host(at);
    if (host !== undefined && hosts.size < MAX_HOSTS) hosts.add(host);
    if (numberAt(calls.failed, at) === 1) failed += 1;
    const over = numberAt(calls.end, at);
    if (over > end) end = over;
  }
  const { signature, rootCause } = readTree(calls, names, members, edges);
  const start = numberAt(calls.start, root);
  const caller = principal === NONE ? 'unknown principal' : names.principal(principal);
  const party = members.find((at) => result.partyOf.has(at));
  const { program, sharesCredential = false } = (party === undefined ? undefined : result.partyOf.get(party)) ?? {};
  const who = program === undefined ? caller : partyName(caller, program, sharesCredential);
  const title = titleOf(
    who,
    described.map((at) => names.step(at)),
  ).replace(/(?<![\d,])[\d,]+ calls$/, `${members.length.toLocaleString('en-US')} calls`);
  const depths = depthsOf(members, edges);
  return {
    depths,
    values: [
      id, names.ref(root), principal === NONE ? null : principal, numberAt(calls.id, rootCause), title, signature,
      greatest([...depths.values()]), members.length, failed, Number.isNaN(start) ? null : Math.round(start), Number.isFinite(end) ? Math.round(end) : null,
      JSON.stringify(counts), JSON.stringify([...hosts]),
    ],
  }; // prettier-ignore
}

/** Edges with both ends in one chain, by chain. Cost: 4 bytes an edge, and 4 a chain. */
function edgesByChain(edges: Edges, { count, groupOf }: Groups): (chain: number) => readonly MergedEdge[] {
  const chainOf = (edge: number): number => {
    const chain = numberAt(groupOf, numberAt(edges.from, edge));
    return chain === numberAt(groupOf, numberAt(edges.to, edge)) ? chain : 0;
  };
  // By chain: where its edges end, once all are placed from behind.
  const ends = new Uint32Array(count + 2);
  for (let edge = 0; edge < edges.count; edge += 1) ends[chainOf(edge)] = numberAt(ends, chainOf(edge)) + 1;
  for (let chain = 1; chain < ends.length; chain += 1) ends[chain] = numberAt(ends, chain) + numberAt(ends, chain - 1);
  const order = new Uint32Array(edges.count);
  for (let edge = edges.count - 1; edge >= 0; edge -= 1) {
    const chain = chainOf(edge);
    ends[chain] = numberAt(ends, chain) - 1;
    order[numberAt(ends, chain)] = edge;
  }
  return (chain) => Array.from(order.subarray(numberAt(ends, chain), numberAt(ends, chain + 1)), (edge) => edges.at(edge));
}

/** Writes edges, chains and what both say about calls: all in one transaction, so that a stop leaves the old result. */
export async function writeChains(db: SqlDriver, result: ChainResult, breathe: () => Promise<void>): Promise<void> {
  const { calls, chains, edges } = result;
  const names = readNames(db, result);
  const edgesOf = edgesByChain(edges, chains);
  await breathe();
  await inLongTransaction(db, async () => {
    db.exec(
      'DELETE FROM edge; DELETE FROM chain; DELETE FROM call_clock; DELETE FROM call_depth; DELETE FROM call_lane; DELETE FROM lane; UPDATE call_fact SET chain_id = NULL, same_as = NULL WHERE chain_id IS NOT NULL OR same_as IS NOT NULL',
    );
    const chainRows = bulkInsert(db, 'chain', [
      'id',
      'key',
      'principal_id',
      'root_call_id',
      'title',
      'signature',
      'depth',
      'calls',
      'failed',
      'start',
      'end',
      'edge_counts',
      'hosts',
    ]);
    const depthRows = bulkInsert(db, 'call_depth', ['call_id', 'depth']);
    for (let id = 1; id <= chains.count; id += 1) {
      if (id % 500 === 0) await breathe();
      const { values, depths } = describe(result, names, id, chains.membersOf(id), edgesOf(id));
      chainRows.add(...values);
      for (const [at, depth] of depths) depthRows.add(numberAt(calls.id, at), depth);
    }
    chainRows.flush();
    depthRows.flush();
    const edgeRows = bulkInsert(db, 'edge', ['chain_id', 'from_call', 'to_call', 'kind', 'kinds', 'confidence', 'why', 'from_at', 'to_at']);
    for (let place = 0; place < edges.count; place += 1) {
      if (place % 2_000 === 0) await breathe();
      const edge = edges.at(place);
      const chain = numberAt(chains.groupOf, edge.from);
      edgeRows.add(
        chain !== 0 && chain === chains.groupOf[edge.to] ? chain : null, numberAt(calls.id, edge.from), numberAt(calls.id, edge.to), edge.kind, JSON.stringify(edge.kinds),
        edge.confidence, `${edge.note?.why ?? sentenceOf(calls, edge)}${correctionOf(calls, edge.from, edge.to)}`, edge.note?.fromAt ?? null, edge.note?.toAt ?? null,
      ); // prettier-ignore
    }
    edgeRows.flush();
    await writeFacts(db, result, breathe);
    await writeBeside(db, result, breathe);
  });
}

async function writeFacts(db: SqlDriver, { calls, standing, chains }: ChainResult, breathe: () => Promise<void>): Promise<void> {
  const known = db.prepare('UPDATE call_fact SET chain_id = ?, same_as = ? WHERE call_id = ?');
  const unknown = db.prepare('INSERT INTO call_fact (call_id, chain_id, same_as) VALUES (?, ?, ?)');
  for (let at = 0; at < calls.count; at += 1) {
    if (at % 5_000 === 0) await breathe();
    const stands = standing[at] ?? NONE;
    const chain = numberAt(chains.groupOf, stands === NONE ? at : stands);
    if (chain === 0 && stands === NONE) continue;
    const id = numberAt(calls.id, at);
    const same = stands === NONE ? null : numberAt(calls.id, stands);
    // A sighting belongs to the chain through the call that stands for it, so that no chain counts a call twice.
    const chainId = chain === 0 || stands !== NONE ? null : chain;
    if (known.run(chainId, same, id).changes === 0) unknown.run(id, chainId, same);
  }
}

/** Writes what later questions about chains rest on: by how much the clock of each call was set, and whose work each call is that begins something. */
async function writeBeside(db: SqlDriver, { calls, lanes }: ChainResult, breathe: () => Promise<void>): Promise<void> {
  const kinds = bulkInsert(db, 'lane', ['id', 'kind']);
  for (const [place, kind] of lanes.kinds.entries()) kinds.add(place + 1, kind);
  kinds.flush();
  const clocks = bulkInsert(db, 'call_clock', ['call_id', 'ahead']);
  const members = bulkInsert(db, 'call_lane', ['call_id', 'lane_id']);
  for (let at = 0; at < calls.count; at += 1) {
    if (at % 5_000 === 0) await breathe();
    const [ahead, lane] = [numberAt(calls.offset, at), numberAt(lanes.laneOf, at)];
    if (ahead !== 0 && !Number.isNaN(ahead)) clocks.add(numberAt(calls.id, at), ahead);
    if (lane > NO_LANE) members.add(numberAt(calls.id, at), lane);
  }
  clocks.flush();
  members.flush();
}
