import { ratioOf } from '../ratio.ts';

/** A request with the template that it was made from and the one that a tool gave it. */
export interface Grouped {
  /** Method and template with unnamed parameters: `GET /users/{}`. `undefined` for noise. */
  readonly truth: string | undefined;
  /** The same form; the tool's own group. */
  readonly found: string;
}

/** How well groups and templates agree. */
export interface TemplateScore {
  readonly requests: number;
  readonly templates: number;
  /** Requests whose group is exactly the set of requests of their template. */
  readonly right: number;
  /** The same among templates with a parameter. */
  readonly parameterRequests: number;
  readonly parameterRight: number;
  /** Templates found exactly as written; parameter names do not count. */
  readonly exact: number;
  readonly foundTemplates: number;
  /** Groups that hold requests of several templates. */
  readonly overMerged: number;
  /** Requests in them. */
  readonly overMergedRequests: number;
  /** Templates whose requests stand in several groups. */
  readonly overSplit: number;
  readonly overSplitRequests: number;
  /** Templates with a word where another one has a parameter (`/users/me` beside `/users/{}`), and how many kept it. */
  readonly beside: number;
  readonly besideKept: number;
}

/** Sums of several scores; ratios are taken of the sums, so that a large API counts for more. */
export function addScores(scores: readonly TemplateScore[]): TemplateScore {
  const sum = (pick: (score: TemplateScore) => number): number => scores.reduce((total, score) => total + pick(score), 0);
  return {
    requests: sum((each) => each.requests), templates: sum((each) => each.templates), right: sum((each) => each.right),
    parameterRequests: sum((each) => each.parameterRequests), parameterRight: sum((each) => each.parameterRight),
    exact: sum((each) => each.exact), foundTemplates: sum((each) => each.foundTemplates),
    overMerged: sum((each) => each.overMerged), overMergedRequests: sum((each) => each.overMergedRequests),
    overSplit: sum((each) => each.overSplit), overSplitRequests: sum((each) => each.overSplitRequests),
    beside: sum((each) => each.beside), besideKept: sum((each) => each.besideKept),
  }; // prettier-ignore
}

/** Grouping accuracy: share of requests in a group that is exactly that of their template. */
export const accuracyOf = (score: TemplateScore): number | undefined => ratioOf(score.right, score.requests);
/** F1 of templates found exactly as written. */
export const f1Of = (score: TemplateScore): number | undefined => ratioOf(2 * score.exact, score.templates + score.foundTemplates);

function countBy(
  rows: readonly Grouped[],
  outer: (row: Grouped) => string,
  inner: (row: Grouped) => string,
): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const own = counts.get(outer(row)) ?? new Map<string, number>();
    own.set(inner(row), (own.get(inner(row)) ?? 0) + 1);
    counts.set(outer(row), own);
  }
  return counts;
}

const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

/**
 * Scores the requests of one API. Noise has no right group and is left out; what noise did to the groups of others is not.
 * Example: `/a/1`, `/a/2` of one template in groups `/a/1` and `/a/2`: nothing right, one template split in two.
 */
export function scoreTemplates(rows: readonly Grouped[]): TemplateScore {
  const real = rows.filter((row) => row.truth !== undefined);
  const byTruth = countBy(
    real,
    ({ truth = '' }) => truth,
    ({ found }) => found,
  );
  const byFound = countBy(
    real,
    ({ found }) => found,
    ({ truth = '' }) => truth,
  );
  let right = 0;
  let parameterRight = 0;
  let parameterRequests = 0;
  for (const [truth, groups] of byTruth) {
    const count = total(groups);
    const [only = ''] = groups.keys();
    const isRight = groups.size === 1 && byFound.get(only)?.size === 1;
    if (isRight) right += count;
    if (!truth.includes('{')) continue;
    parameterRequests += count;
    if (isRight) parameterRight += count;
  }
  const merged = [...byFound.values()].filter((truths) => truths.size > 1);
  const split = [...byTruth.values()].filter((groups) => groups.size > 1);
  return {
    requests: real.length,
    templates: byTruth.size,
    right,
    parameterRequests,
    parameterRight,
    exact: [...byTruth.keys()].filter((truth) => byFound.has(truth)).length,
    foundTemplates: byFound.size,
    overMerged: merged.length,
    overMergedRequests: merged.reduce((sum, truths) => sum + total(truths), 0),
    overSplit: split.length,
    overSplitRequests: split.reduce((sum, groups) => sum + total(groups), 0),
    ...scoreWordsBeside(byTruth),
  };
}

/** Words that stand where a template of the same beginning has a parameter, whatever the method. */
function scoreWordsBeside(byTruth: ReadonlyMap<string, ReadonlyMap<string, number>>): {
  readonly beside: number;
  readonly besideKept: number;
} {
  const parameterAt = new Set<string>();
  const segmentsOf = (template: string): readonly string[] => template.slice(template.indexOf(' ') + 1).split('/');
  for (const template of byTruth.keys()) {
    const segments = segmentsOf(template);
    for (const [at, segment] of segments.entries()) if (segment.includes('{')) parameterAt.add(segments.slice(0, at).join('/'));
  }
  let beside = 0;
  let besideKept = 0;
  for (const [template, groups] of byTruth) {
    const segments = segmentsOf(template);
    const places = [...segments.keys()].filter(
      (at) => at > 0 && segments[at]?.includes('{') === false && parameterAt.has(segments.slice(0, at).join('/')),
    );
    if (places.length === 0) continue;
    beside += 1;
    const kept = [...groups].filter(([found]) => places.every((at) => segmentsOf(found)[at] === segments[at]));
    if (kept.reduce((sum, [, count]) => sum + count, 0) * 2 > total(groups)) besideKept += 1;
  }
  return { beside, besideKept };
}
