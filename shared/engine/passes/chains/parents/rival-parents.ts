import { createChance } from '../../../../lib/chance.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { createFamilies, type Families } from './families.ts';
import { createFamilyHabits, kindsOf, type FamilyHabits } from './family-habits.ts';
import type { Parents } from './parents.ts';
import { createRivalSampler, type Question } from './rival-sampler.ts';

/** Address and time agree and nothing else fits: 0.98 to 1 right in played estates, 0.96 to 0.99 in older ones with known truth. */
export const ONLY_CANDIDATE = 0.97;
/** The least that is worth an edge. */
const MIN_CONFIDENCE = 0.3;
/** Times that all parents are drawn: while habits are learned, then for the odds. */
interface Rounds {
  readonly learning: number;
  readonly counted: number;
  /** Questions that keep their answer are left out of some. */
  readonly isQuick: boolean;
}
/** Where nothing is known yet. Twice as many changed F1 by less than 0.002. */
const FIRST: Rounds = { learning: 12, counted: 20, isQuick: false };
/** Where the habits of earlier batches are known. */
const NEXT: Rounds = { learning: 6, counted: 12, isQuick: false };
/** From so many questions on: a case of a million of them is answered in half the time. F1 of what is asked so late is 0.002 to 0.004 lower (decision 0020). */
const LATE: Rounds = { learning: 6, counted: 12, isQuick: true };
const LATE_FROM = 100_000;
/** Questions answered together; the next are answered with what is known by then. */
const BATCH = 10_000;
/** Families beside those asked about that habits are learned from, in one batch. */
const MAX_LEARNED = 50_000;
/** Where chance begins: any number will do, as long as it is always the same. */
const SEED = 1;

/** The families of all candidates, and of calls like them at the same time, as far as they are known. */
function gatherFamilies(calls: CallColumns, kindOf: (at: number) => number, questions: readonly Question[], parents: Parents): Families {
  const families = createFamilies(calls);
  const asked = new Set<number>();
  let [first, last] = [calls.count, 0];
  for (const { child, candidates } of questions) {
    last = Math.max(last, child);
    for (const candidate of candidates) {
      first = Math.min(first, candidate);
      asked.add(kindOf(candidate));
      families.addParent(candidate);
    }
  }
  for (let at = first, learned = 0; at <= last && learned < MAX_LEARNED; at += 1) {
    if (families.has(at) || !asked.has(kindOf(at)) || Number.isNaN(numberAt(calls.start, at))) continue;
    families.addParent(at);
    learned += 1;
  }
  let over = 0;
  for (const parent of families.parents) over = Math.max(over, numberAt(calls.end, parent));
  for (let at = first; at < calls.count && !(numberAt(calls.start, at) > over); at += 1) {
    const parent = numberAt(parents.of, at);
    if (parent !== NONE && families.has(parent) && !Number.isNaN(numberAt(calls.start, at))) families.add(parent, at);
  }
  return families;
}

/** What all batches share. */
interface Inquiry {
  readonly calls: CallColumns;
  readonly kindOf: (at: number) => number;
  readonly parents: Parents;
  readonly habits: FamilyHabits;
  readonly breathe: () => Promise<void>;
}

/** Answers some questions together. */
async function answer({ calls, kindOf, parents, habits, breathe }: Inquiry, questions: readonly Question[], rounds: Rounds): Promise<void> {
  const families = gatherFamilies(calls, kindOf, questions, parents);
  const sampler = createRivalSampler(calls, kindOf, families, habits, questions, createChance(SEED), rounds.isQuick);
  const sums = questions.map(({ candidates }) => new Float64Array(candidates.length));
  // Questions that were clear are asked less often.
  const asked = new Uint16Array(questions.length);
  for (let round = 0; round < rounds.learning; round += 1) {
    await breathe();
    if (round > 0 || rounds === FIRST) habits.learn(families);
    sampler.sweep();
  }
  for (let round = 0; round < rounds.counted; round += 1) {
    await breathe();
    sampler.sweep((question, odds) => {
      const sum = sums[question];
      asked[question] = numberAt(asked, question) + 1;
      if (sum !== undefined) for (const [place, one] of odds.entries()) sum[place] = numberAt(sum, place) + one;
    });
  }
  for (const [place, { child, candidates }] of questions.entries()) {
    const odds = sums[place] ?? new Float64Array();
    const most = odds.reduce((best, one, at) => (one > numberAt(odds, best) ? at : best), 0);
    const confidence = (ONLY_CANDIDATE * numberAt(odds, most)) / Math.max(1, numberAt(asked, place));
    if (confidence >= MIN_CONFIDENCE) parents.set(child, numberAt(candidates, most), 'nesting', confidence, false);
  }
}

/**
 * Answers which of several open calls each call was made for, where address and time fit them all: draws the parents of all such calls again and
 * again, learning between two draws what families of each kind usually look like, and names for each call the parent that it had oftenest.
 * A confidence is the share of draws; what is left below three in ten stays without an edge.
 * Source: TraceWeaver (SIGCOMM 2024) for delays and families in place of ids; drawn instead of assigned, because the shares of draws are the odds that
 * a person is told. Measured by `npm run bench -- chains` against delays fitted to a known call graph.
 * Cost: nothing without rivals; else for each question some thirty times its candidates.
 */
export async function setRivalParents(
  calls: CallColumns,
  questions: readonly Question[],
  parents: Parents,
  breathe: () => Promise<void>,
): Promise<void> {
  const kindOf = kindsOf(calls);
  const inquiry: Inquiry = { calls, kindOf, parents, habits: createFamilyHabits(calls, kindOf), breathe };
  for (let from = 0; from < questions.length; from += BATCH)
    await answer(inquiry, questions.slice(from, from + BATCH), from === 0 ? FIRST : from < LATE_FROM ? NEXT : LATE);
}
