import { greatest } from '../../../../lib/extremes.ts';
import { AppError } from '../../../../contract/errors.ts';
import type { SharedFeature, SimilarCalls, SimilarTo } from '../../../../contract/hunting.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from '../calls/calls.ts';
import { TRAITS, type Trait } from './features.ts';

/** Calls of a chain or finding that are looked at; their common traits are clear long before. */
const MAX_SEEDS = 500;
/** Values of one trait that are looked for, the most frequent among the seeds. */
const MAX_VALUES = 4;
/** Share of the seeds that must have a value before it counts as theirs. */
const MIN_SHARE = 0.2;
/** Calls that one statement looks at: longer ones would keep other work waiting. */
const STRIDE = 50_000;

/** A value of a trait that the seeds have. `weight`: how much it tells, in bits, times the share of seeds that have it. */
interface Feature {
  readonly trait: Trait;
  readonly value: string | number;
  readonly seeds: number;
  readonly share: number;
  readonly weight: number;
}

const FROM = 'FROM call c LEFT JOIN call_fact f ON f.call_id = c.id';

/** Row ids that the search starts from. Errors: AppError `not-found`. */
function seedsOf(db: SqlDriver, to: SimilarTo): readonly number[] {
  const ids = (sql: string, key: string): readonly number[] =>
    db.prepare(`${sql} LIMIT ?`).all<{ id: number }>(key, MAX_SEEDS).map(({ id }) => id); // prettier-ignore
  const found =
    to.kind === 'call'
      ? [callReader(db).idOf(to.ref)].flatMap((id) => id ?? [])
      : to.kind === 'finding'
        ? ids('SELECT fc.call_id AS id FROM finding fi JOIN finding_call fc ON fc.finding_id = fi.id WHERE fi.key = ? ORDER BY fc.position', to.id)
        : ids('SELECT f.call_id AS id FROM chain ch JOIN call_fact f ON f.chain_id = ch.id WHERE ch.key = ? ORDER BY f.call_id', to.id);
  if (found.length === 0) throw new AppError('not-found', `no ${to.kind} ${to.kind === 'call' ? to.ref : to.id} in this case`);
  return found;
} // prettier-ignore

/** What the seeds have in common, before it is known how rare it is. */
function commonValues(db: SqlDriver, seeds: readonly number[]): readonly Omit<Feature, 'share' | 'weight'>[] {
  return TRAITS.flatMap((trait) => {
    const read = db.prepare(`SELECT ${trait.column} AS value ${FROM} WHERE c.id = ?`);
    const counts = new Map<string | number, number>();
    for (const seed of seeds) {
      const value = read.get<{ value: string | number | null }>(seed)?.value ?? undefined;
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .filter(([, count]) => count >= MIN_SHARE * seeds.length)
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, MAX_VALUES)
      .map(([value, count]) => ({ trait, value, seeds: count / seeds.length }));
  });
}

/** One look at every call, in strides: `select` over the columns of a call, of which `take` is given the rows. */
async function eachStride<Row extends object>(
  db: SqlDriver,
  select: string,
  params: readonly (string | number)[],
  breathe: () => Promise<void>,
  take: (rows: readonly Row[]) => void,
): Promise<void> {
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  const statement = db.prepare(select);
  for (let from = 0; from < last; from += STRIDE) {
    take(statement.all<Row>(...params, from, from + STRIDE));
    await breathe();
  }
}

/** How rare each value is, which is what it tells: a value that all calls have tells nothing. Source: inverse document frequency. */
async function weigh(
  db: SqlDriver,
  common: readonly Omit<Feature, 'share' | 'weight'>[],
  breathe: () => Promise<void>,
): Promise<readonly Feature[]> {
  const sums = common.map(({ trait }, index) => `sum(${trait.column} = ?) AS n${String(index)}`);
  const totals = common.map(() => 0);
  let calls = 0;
  await eachStride<Readonly<Record<string, number | null>>>(
    db,
    `SELECT count(*) AS calls, ${sums.join(', ')} ${FROM} WHERE f.same_as IS NULL AND c.id > ? AND c.id <= ?`,
    common.map(({ value }) => value),
    breathe,
    ([row]) => {
      calls += row?.['calls'] ?? 0;
      for (const index of totals.keys()) totals[index] = (totals[index] ?? 0) + (row?.[`n${String(index)}`] ?? 0);
    },
  );
  return common.map((each, index) => {
    const share = calls === 0 ? 0 : Math.min(1, Math.max(1, totals[index] ?? 0) / calls);
    return { ...each, share, weight: share === 0 ? 0 : each.seeds * -Math.log2(share) };
  });
}

interface Scored {
  readonly id: number;
  readonly score: number;
}

/** The calls with the highest sum of weights; of equals the earlier. */
async function best(
  db: SqlDriver,
  features: readonly Feature[],
  seeds: ReadonlySet<number>,
  count: number,
  breathe: () => Promise<void>,
): Promise<readonly Scored[]> {
  const terms = features.map(({ trait }) => `ifnull((${trait.column} = ?) * ?, 0)`);
  let kept: Scored[] = [];
  await eachStride<Scored>(
    db,
    `SELECT id, score FROM (SELECT c.id AS id, ${terms.join(' + ')} AS score ${FROM} WHERE f.same_as IS NULL AND c.id > ? AND c.id <= ?)
     WHERE score > 0 ORDER BY score DESC, id LIMIT ${String(count + MAX_SEEDS)}`,
    features.flatMap(({ value, weight }) => [value, weight]),
    breathe,
    (rows) => {
      kept = [...kept, ...rows.filter(({ id }) => !seeds.has(id))].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, count);
    },
  );
  return kept;
}

/**
 * Finds calls like those that the search starts from: what they share is weighed by how rare it is in the case.
 * Cost: two looks at every call.
 */
export async function findSimilar(db: SqlDriver, to: SimilarTo, count: number, breathe: () => Promise<void>): Promise<SimilarCalls> {
  const seeds = seedsOf(db, to);
  const features = [...(await weigh(db, commonValues(db, seeds), breathe))].sort((a, b) => b.weight - a.weight);
  const most = TRAITS.map((trait) => greatest(features.filter((each) => each.trait === trait).map(({ weight }) => weight), 0))
    .reduce((sum, weight) => sum + weight, 0); // prettier-ignore
  const told = (feature: Feature): SharedFeature => ({
    name: feature.trait.name,
    value: feature.trait.print(db, feature.value),
    share: feature.share,
  });
  if (most === 0) return { seeds: seeds.length, features: features.map(told), rows: [] };
  const scored = await best(db, features, new Set(seeds), count, breathe);
  const reader = callReader(db);
  const rows = scored.flatMap(({ id, score }) => {
    const call = reader.byId(id);
    if (call === undefined) return [];
    const has = features.filter(({ trait, value }) => db.prepare(`SELECT 1 ${FROM} WHERE c.id = ? AND ${trait.column} = ?`).get(id, value) !== undefined);
    return [{ call, score: score / most, shared: has.map(told) }];
  }); // prettier-ignore
  return { seeds: seeds.length, features: features.map(told), rows };
}
