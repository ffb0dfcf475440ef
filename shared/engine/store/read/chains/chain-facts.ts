import type { ChainData, ChainFacts, ChainFold, ChainHost, ChainTempo, DomainCrossing } from '../../../../contract/chains.ts';
import { isInternalHost, registrableDomain } from '../../../../lib/domains.ts';
import { alikeKey } from '../../../../model/chain-folds.ts';
import { effectsOf, findRootCause, ROOT, type RootCause } from '../../../../model/chain-tree.ts';
import { foldTree, type Fold, type FoldCall } from '../../../../model/fold-tree.ts';
import { tempoOf } from '../../../../model/chain-tempo.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { readChainTree, type ChainCall, type ChainTree } from './chain-calls.ts';
import { readChainData } from './chain-data.ts';

/** Calls looked at; a chain has at most 20,000, save one long trace. */
const MAX_CALLS = 20_000;
/** Name of the trust domain of all hosts that only exist inside a network. */
const INSIDE = 'internal';

const timeText = (time: number): string => printTime(epochMicros(Math.round(time)));
const count = (value: number): string => value.toLocaleString('en-US');
const toMs = (micros: number): number => Math.round(micros) / 1000;

const domainOf = (host: string): string => (host === '' || isInternalHost(host) ? INSIDE : registrableDomain(host));

/** One sentence that says how the root cause is known. */
function whyRoot({ follows, roots, at }: RootCause, calls: number): string {
  const others = calls - 1;
  if (follows === others) return 'every other call follows from it over links that show a cause';
  const led =
    follows === 0 ? 'no link shows that it led to another call' : `it led to ${count(follows)} of the ${count(others)} other calls`;
  const rest =
    roots === 1
      ? ''
      : roots === 2
        ? '; 1 other has no cause in the chain either'
        : `; ${count(roots - 1)} others have no cause in the chain either`;
  return follows * 2 >= others
    ? `${led}, over links that show a cause${rest}${at === 0 ? '' : '; calls that only stand beside it came before'}`
    : `the chain begins with it; ${led}${rest}`;
}

function toTempo({ calls, cause }: ChainTree): ChainTempo {
  const { span, medianGap, p95Gap, overlapping, atOnce } = tempoOf(
    calls.map(({ start }) => start),
    calls.map(({ end }) => end),
    cause,
  );
  return {
    ...(span === undefined ? {} : { durationMs: toMs(span) }),
    ...(span === undefined || span === 0 ? {} : { callsPerSecond: Math.round((calls.length / span) * 1e9) / 1000 }),
    ...(medianGap === undefined ? {} : { medianGapMs: toMs(medianGap) }),
    ...(p95Gap === undefined ? {} : { p95GapMs: toMs(p95Gap) }),
    overlapping,
    atOnce,
  };
}

const toFoldCall = ({ step, target, outcome, start }: ChainCall): FoldCall => ({
  alike: alikeKey(step, outcome),
  target,
  hasFailed: outcome === 'failed',
  start: start / 1000,
});

function toFold(calls: readonly ChainCall[], folds: readonly Fold[], { members, parent, kind, round }: Fold): ChainFold {
  const own = members.flatMap((at) => calls[at] ?? []);
  const [first] = own;
  const above = parent === undefined ? undefined : calls[folds[parent]?.members[0] ?? 0]?.ref;
  const starts = own.map(({ start }) => start).filter((start) => !Number.isNaN(start));
  const ends = own.map(({ end }) => end).filter((end) => !Number.isNaN(end));
  const lasting = own.filter(({ hasDuration }) => hasDuration);
  const statuses: Record<string, number> = {};
  for (const { status } of own) statuses[status ?? '-'] = (statuses[status ?? '-'] ?? 0) + 1;
  return {
    id: first?.ref ?? '',
    ...(above === undefined ? {} : { parent: above }),
    kind,
    step: first?.step ?? '',
    ...(round === undefined ? {} : { round: own.slice(0, round).map(({ step }) => step) }),
    outcome: first?.outcome ?? 'unknown',
    calls: own.map(({ ref }) => ref),
    ...(starts.length === 0 ? {} : { start: timeText(starts.reduce((a, b) => Math.min(a, b))) }),
    ...(ends.length === 0 ? {} : { end: timeText(ends.reduce((a, b) => Math.max(a, b))) }),
    statuses,
    ...(lasting.length === 0 ? {} : { slowestMs: toMs(lasting.reduce((most, { start, end }) => Math.max(most, end - start), 0)) }),
  };
}

function listHosts(calls: readonly ChainCall[]): readonly ChainHost[] {
  const hosts = new Map<string, { host: string; domain: string; calls: number; first: string }>();
  for (const { host, ref } of calls) {
    const known = hosts.get(host);
    if (known !== undefined) known.calls += 1;
    else if (host !== '') hosts.set(host, { host, domain: domainOf(host), calls: 1, first: ref });
  }
  return [...hosts.values()];
}

function listCrossings({ calls, edges }: ChainTree): readonly DomainCrossing[] {
  const crossings = new Map<string, { fromDomain: string; toDomain: string; edges: number; from: string; to: string }>();
  for (const edge of edges) {
    const [from, to] = [calls[edge.from], calls[edge.to]];
    if (from === undefined || to === undefined || from.host === '' || to.host === '' || edge.kind === 'adjacent') continue;
    const [fromDomain, toDomain] = [domainOf(from.host), domainOf(to.host)];
    if (fromDomain === toDomain) continue;
    const known = crossings.get(`${fromDomain} ${toDomain}`);
    if (known !== undefined) known.edges += 1;
    else crossings.set(`${fromDomain} ${toDomain}`, { fromDomain, toDomain, edges: 1, from: from.ref, to: to.ref });
  }
  return [...crossings.values()];
}

function readFanOut({ calls, cause }: ChainTree): Pick<ChainFacts, 'fanOut'> {
  let most: readonly [at: number, effects: number] = [0, 0];
  let [causes, effects] = [0, 0];
  for (const [at, list] of effectsOf(cause)) {
    if (at === ROOT) continue;
    causes += 1;
    effects += list.length;
    if (list.length > most[1] || (list.length === most[1] && at < most[0])) most = [at, list.length];
  }
  const call = calls[most[0]]?.ref;
  if (causes === 0 || call === undefined) return {};
  return { fanOut: { most: most[1], call, mean: Math.round((effects / causes) * 100) / 100 } };
}

function toData(calls: readonly ChainCall[], bytesOf: (call: ChainCall) => number | undefined, types: ChainData['types']): ChainData {
  const known = calls.map(bytesOf).filter((bytes) => bytes !== undefined);
  return { bytes: known.reduce((sum, bytes) => sum + bytes, 0), callsWithBytes: known.length, types };
}

/**
 * What one chain did: its root cause, tree, tempo, data, hosts and folds; `undefined` when there is none with this key.
 * Cost: reads the chain's calls and edges once; a few ms for hundreds of calls.
 */
export function readChainFacts(db: SqlDriver, key: string): ChainFacts | undefined {
  const row = db
    .prepare('SELECT id, calls, depth, signature FROM chain WHERE key = ?')
    .get<{ id: number; calls: number; depth: number; signature: string }>(key);
  if (row === undefined) return undefined;
  const tree = readChainTree(db, row.id, MAX_CALLS);
  const { calls, cause } = tree;
  const root = findRootCause(cause);
  const call = calls[root.at];
  const folds = foldTree(calls.map(toFoldCall), cause);
  const hosts = listHosts(calls);
  const data = readChainData(db, row.id);
  const sameShape = db.prepare('SELECT count(*) AS n FROM chain WHERE signature = ?').get<{ n: number }>(row.signature)?.n ?? 1;
  return {
    id: key,
    rootCause: { call: call?.ref ?? key, step: call?.step ?? '', follows: root.follows, why: whyRoot(root, calls.length) },
    roots: root.roots,
    depth: row.depth,
    ...readFanOut(tree),
    tempo: toTempo(tree),
    out: toData(calls, ({ reqBytes }) => reqBytes, data.out),
    in: toData(calls, ({ resBytes }) => resBytes, data.in),
    hosts,
    domains: [...new Set(hosts.map(({ domain }) => domain))],
    crossings: listCrossings(tree),
    folds: folds.map((fold) => toFold(calls, folds, fold)),
    sameShape,
    truncated: calls.length < row.calls,
  };
}
