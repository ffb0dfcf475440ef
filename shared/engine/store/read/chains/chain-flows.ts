import type { FlowRow, SimilarChain, SimilarChains } from '../../../../contract/chains.ts';
import type { Page } from '../../../../contract/rows.ts';
import {
  compareChains,
  featuresOf,
  rarityAmong,
  similarityOf,
  type ChainFeatures,
  type Likeness,
} from '../../../../model/chain-likeness.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { readChainTree } from './chain-calls.ts';
import { chainRow, type CompiledSelect } from './chains.ts';

/** Calls of a chain that tell what it is like; what comes after mostly repeats them. */
const MAX_CALLS = 2_000;
/** Flows that each flow of a page is compared with: the most frequent ones, which variants are variants of. */
const MAX_COMMON = 200;
/** Shapes that a search looks at closely. */
const MAX_CANDIDATES = 300;
/** Calls gone through for chains that share a step, so that a step of every chain is not followed. */
const MAX_SHARING = 200_000;
/** From here on two flows do mostly the same. Units: ratio. */
const VARIANT = 0.6;
/** Least likeness worth a row. */
const SIMILAR = 0.1;
/** Steps listed of one comparison. */
const MAX_STEPS = 8;

interface FlowRecord {
  readonly id: number;
  readonly key: string;
  readonly signature: string;
  readonly title: string;
  readonly label: string | null;
  readonly chains: number;
  readonly calls: number;
  readonly principals: number;
  readonly failed: number;
  readonly found: number;
  readonly first: number | null;
  readonly last: number | null;
  /** Flows in all. */
  readonly total: number;
}

const timeText = (time: number): string => printTime(epochMicros(time));

/** The features of a chain; a call that failed is another step. */
function readFeatures(db: SqlDriver, chainId: number): ChainFeatures {
  const { calls, cause } = readChainTree(db, chainId, MAX_CALLS);
  return featuresOf(
    calls.map(({ step, outcome }) => (outcome === 'failed' ? `${step}!` : step)),
    cause,
  );
}

const firstSteps = ({ shared, missing, added }: Likeness): Pick<SimilarChain, 'shared' | 'missing' | 'added'> => ({
  shared: shared.slice(0, MAX_STEPS),
  missing: missing.slice(0, MAX_STEPS),
  added: added.slice(0, MAX_STEPS),
});

/** The steps of a title without who took them and how many there were. */
const stepsOf = ({ title, label }: FlowRecord): string =>
  title
    .slice(title.startsWith(`${label ?? 'unknown principal'}: `) ? (label ?? 'unknown principal').length + 2 : 0)
    .replace(/, [\d,]+ calls?$/, '');

function toFlow(row: FlowRecord, variantOf: FlowRow['variantOf']): FlowRow {
  const { key, signature, chains, calls, principals, failed, found, first, last } = row;
  return {
    id: key,
    signature,
    title: stepsOf(row),
    chains,
    calls,
    principals,
    failed,
    withFindings: found,
    ...(first === null ? {} : { first: timeText(first) }),
    ...(last === null ? {} : { last: timeText(last) }),
    ...(variantOf === undefined ? {} : { variantOf }),
  };
}

/** Flows by how many chains they have, then by size. */
function readFlows(db: SqlDriver, from: number, count: number, among: CompiledSelect | undefined): readonly FlowRecord[] {
  const where = among === undefined ? '' : `WHERE ch.id IN (${among.select})`;
  return db
    .prepare(
      `WITH found (chain_id) AS MATERIALIZED
         (SELECT DISTINCT cf.chain_id FROM finding f JOIN finding_call fc ON fc.finding_id = f.id JOIN call_fact cf ON cf.call_id = fc.call_id
          WHERE cf.chain_id IS NOT NULL AND f.family = 'incident'),
       flow AS
         (SELECT min(ch.id) AS id, ch.signature, count(*) AS chains, sum(ch.calls) AS calls, count(DISTINCT ch.principal_id) AS principals,
            sum(ch.failed > 0) AS failed, count(found.chain_id) AS found, min(ch.start) AS first, max(ch.start) AS last,
            count(*) OVER () AS total
          FROM chain ch LEFT JOIN found ON found.chain_id = ch.id ${where} GROUP BY ch.signature ORDER BY chains DESC, calls DESC, min(ch.id) LIMIT ? OFFSET ?)
       SELECT flow.*, ch.key, ch.title, p.label FROM flow JOIN chain ch ON ch.id = flow.id LEFT JOIN principal p ON p.id = ch.principal_id
       ORDER BY flow.chains DESC, flow.calls DESC, flow.id`,
    )
    .all<FlowRecord>(...(among?.params ?? []), count, from);
}

/** What a page of flows is asked for; `among` narrows to chains by row id. */
export interface FlowsRequest {
  readonly from: number;
  readonly count: number;
  readonly among?: CompiledSelect | undefined;
}

/**
 * Chains grouped by shape, the most frequent first, each with the more frequent flow that it is nearly like.
 * Cost: one walk over the chains, and the calls of the flows that are compared.
 */
export async function listFlows(db: SqlDriver, { from, count, among }: FlowsRequest, breathe: () => Promise<void>): Promise<Page<FlowRow>> {
  const common = readFlows(db, 0, MAX_COMMON, undefined);
  await breathe();
  const page = among === undefined && from + count <= common.length ? common.slice(from, from + count) : readFlows(db, from, count, among);
  const total = page[0]?.total ?? (from === 0 ? 0 : (readFlows(db, 0, 1, among)[0]?.total ?? 0));
  await breathe();
  const features = new Map<string, ChainFeatures>();
  for (const flow of [...common, ...page]) {
    if (!features.has(flow.signature)) features.set(flow.signature, readFeatures(db, flow.id));
    await breathe();
  }
  const rarity = rarityAmong([...features.values()]);
  const empty: ChainFeatures = new Map();
  const variantOf = (row: FlowRecord): FlowRow['variantOf'] => {
    const own = features.get(row.signature) ?? empty;
    let best: { readonly flow: FlowRecord; readonly similarity: number } | undefined;
    for (const flow of common) {
      if (flow.chains <= row.chains || flow.signature === row.signature) continue;
      const similarity = similarityOf(features.get(flow.signature) ?? empty, own, rarity);
      if (similarity >= VARIANT && similarity > (best?.similarity ?? 0)) best = { flow, similarity };
    }
    if (best === undefined) return undefined;
    const { key, chains, signature } = best.flow;
    const { missing, added } = firstSteps(compareChains(features.get(signature) ?? empty, own, rarity));
    return { id: key, chains, similarity: Math.round(best.similarity * 100) / 100, missing, added };
  };
  const rows: FlowRow[] = [];
  for (const row of page) {
    rows.push(toFlow(row, variantOf(row)));
    await breathe();
  }
  return { rows, from, total };
}

/** Chains that share one of the chain's rarer steps, those that share most first: one of each other shape. */
function listCandidates(db: SqlDriver, chainId: number, signature: string): readonly { id: number; key: string; chains: number }[] {
  const steps = db
    .prepare(
      `SELECT e.id, e.calls FROM endpoint e WHERE e.id IN (SELECT endpoint_id FROM call_fact WHERE chain_id = ? AND endpoint_id IS NOT NULL) ORDER BY e.calls, e.id`,
    )
    .all<{ id: number; calls: number }>(chainId);
  let calls = 0;
  const rare = steps.filter((step, place) => {
    calls += step.calls;
    return place === 0 || calls <= MAX_SHARING;
  });
  return db
    .prepare(
      `WITH sharing (chain_id, steps) AS MATERIALIZED
         (SELECT chain_id, count(DISTINCT endpoint_id) FROM call_fact WHERE endpoint_id IN (SELECT value FROM json_each(?)) AND chain_id IS NOT NULL GROUP BY chain_id),
       shape (signature, steps) AS MATERIALIZED
         (SELECT ch.signature, max(s.steps) FROM sharing s JOIN chain ch ON ch.id = s.chain_id WHERE ch.signature <> ? GROUP BY ch.signature
          ORDER BY 2 DESC, min(ch.id) LIMIT ${String(MAX_CANDIDATES)})
       SELECT min(ch.id) AS id, ch.key, count(*) AS chains FROM chain ch JOIN shape ON shape.signature = ch.signature GROUP BY ch.signature ORDER BY min(ch.id)`,
    )
    .all<{ id: number; key: string; chains: number }>(JSON.stringify(rare.map(({ id }) => id)), signature);
}

/**
 * Searches chains of other shapes that do much the same, the most similar first; `undefined` when there is no chain with this key.
 * Shape: one row a shape, at most `count`. Only chains that share one of the rarer steps are looked at.
 */
export async function findSimilarChains(
  db: SqlDriver,
  key: string,
  count: number,
  breathe: () => Promise<void>,
): Promise<SimilarChains | undefined> {
  const chain = db.prepare('SELECT id, signature FROM chain WHERE key = ?').get<{ id: number; signature: string }>(key);
  if (chain === undefined) return undefined;
  const own = readFeatures(db, chain.id);
  const candidates = listCandidates(db, chain.id, chain.signature);
  const others: ChainFeatures[] = [];
  for (const { id } of candidates) {
    others.push(readFeatures(db, id));
    await breathe();
  }
  const rarity = rarityAmong([own, ...others]);
  const empty: ChainFeatures = new Map();
  const ranked = candidates
    .map((candidate, at) => ({ ...candidate, likeness: compareChains(own, others[at] ?? empty, rarity) }))
    .filter(({ likeness }) => likeness.similarity >= SIMILAR)
    .sort((a, b) => b.likeness.similarity - a.likeness.similarity || b.chains - a.chains || a.id - b.id)
    .slice(0, count);
  const rows = ranked.flatMap(({ key: other, chains, likeness }): SimilarChain[] => {
    const row = chainRow(db, other);
    return row === undefined
      ? []
      : [{ chain: row, chains, similarity: Math.round(likeness.similarity * 100) / 100, ...firstSteps(likeness) }];
  });
  const sameShape = db.prepare('SELECT count(*) AS n FROM chain WHERE signature = ?').get<{ n: number }>(chain.signature)?.n ?? 1;
  return { sameShape, rows };
}
