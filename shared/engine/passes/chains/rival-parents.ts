import { UNASSIGNED } from '../../../lib/assignment.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { assignSparse } from '../../../lib/sparse-assignment.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { createFamilies, type Families } from './families.ts';
import type { Parents } from './parents.ts';
import { createHabits, kindsOf, pairOf, type Habits, type Question } from './rival-habits.ts';

/** Address and time agree and nothing else fits: 0.98 to 1 right in played estates, 0.96 to 0.99 in older ones with known truth. */
export const ONLY_CANDIDATE = 0.97;
/** The least that is worth an edge. */
const MIN_CONFIDENCE = 0.3;
/** How often delays are learned anew from what they led to: sharper delays, better parents, sharper delays. */
const ROUNDS = 4;
/** Calls that one round learns from. */
const MAX_LEARNED = 200_000;
/** Rather no parent than one as unlikely as this. Units: nats. */
const NO_PARENT = 25;
/** Share of a rival's odds that is left when all the calls that it has room for were given to it. */
const RIVAL_LEFT = 0.3;
/** Calls assigned at once; the next find what room they leave. */
const CHUNK = 500;
/** Calls looked at between two pauses. */
const STRETCH = 20_000;

/** The state of the work: what is asked, and what is answered so far. */
interface Inquiry {
  readonly calls: CallColumns;
  readonly kindOf: (at: number) => number;
  readonly families: Families;
  readonly questions: readonly Question[];
  readonly answers: Map<number, number>;
  readonly parents: Parents;
  readonly breathe: () => Promise<void>;
}

const parentOf = ({ parents, answers }: Inquiry, at: number): number => {
  const known = numberAt(parents.of, at);
  return known === NONE ? (answers.get(at) ?? NONE) : known;
};

/** Calls of the child's kind among a parent's, and whether the child is the one of them that is counted first. */
function alikeOf({ families, kindOf }: Inquiry, parent: number, child: number): { readonly number: number; readonly isFirst: boolean } {
  let [first, number] = [NONE, 0];
  families.each(parent, (other) => {
    if (kindOf(other) !== kindOf(child)) return;
    if (first === NONE) first = other;
    number += 1;
  });
  return { number, isFirst: first === child };
}

/** Learns from all calls whose parent is known or answered by now, of kinds that are asked about, and from open questions in parts. */
async function learnHabits(inquiry: Inquiry, asked: ReadonlySet<number>): Promise<Habits> {
  const { calls, kindOf, families, questions, breathe } = inquiry;
  families.clear();
  for (let at = 0; at < calls.count; at += 1) {
    const parent = parentOf(inquiry, at);
    if (parent !== NONE && !Number.isNaN(numberAt(calls.start, at))) families.add(parent, at);
  }
  const habits = createHabits(calls, kindOf, families);
  let learned = 0;
  for (let at = 0; at < calls.count && learned < MAX_LEARNED; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const parent = parentOf(inquiry, at);
    if (parent === NONE || Number.isNaN(numberAt(calls.start, at)) || !asked.has(pairOf(kindOf, parent, at))) continue;
    habits.learn(parent, at, 1);
    const { number, isFirst } = alikeOf(inquiry, parent, at);
    if (isFirst) habits.learnNumber(parent, at, number);
    learned += 1;
  }
  for (const [place, { child, candidates }] of questions.entries()) {
    if (place % STRETCH === 0) await breathe();
    if (parentOf(inquiry, child) === NONE) for (const candidate of candidates) habits.learn(candidate, child, 1 / candidates.length ** 2);
  }
  return habits;
}

/** Gives the calls of one kind to parents, so that all together fit best; no parent gets more than it has room for. */
async function answer(inquiry: Inquiry, habits: Habits, questions: readonly Question[]): Promise<Map<number, number>> {
  const given = new Map<number, number>();
  const taken = new Map<number, number>();
  const roomOf = (parent: number, child: number): number => {
    let used = taken.get(parent);
    if (used === undefined) {
      used = 0;
      inquiry.families.each(parent, (other) => {
        if (numberAt(inquiry.parents.of, other) === parent && inquiry.kindOf(other) === inquiry.kindOf(child)) used = (used ?? 0) + 1;
      });
      taken.set(parent, used);
    }
    return habits.room(parent, child) - used;
  };
  for (let from = 0; from < questions.length; from += CHUNK) {
    await inquiry.breathe();
    const chunk = questions.slice(from, from + CHUNK);
    const rooms = new Map<number, number>();
    const choices = chunk.map(({ child, candidates }) =>
      candidates.flatMap((column) => {
        const room = roomOf(column, child);
        rooms.set(column, room);
        return room > 0 ? [{ column, cost: -habits.fit(column, child) }] : [];
      }),
    );
    const columns = assignSparse(choices, (column) => rooms.get(column) ?? 0, NO_PARENT);
    for (const [row, { child }] of chunk.entries()) {
      const column = numberAt(columns, row);
      if (column === UNASSIGNED) continue;
      given.set(child, column);
      taken.set(column, (taken.get(column) ?? 0) + 1);
    }
  }
  return given;
}

/** How sure the answer to a question is: its odds among all candidates; one that has no room left is half a rival. */
function confidenceOf(habits: Habits, { child, candidates }: Question, chosen: number, isFull: (parent: number) => boolean): number {
  const best = habits.fit(chosen, child);
  let rivals = 0;
  for (const candidate of candidates)
    if (candidate !== chosen) rivals += Math.exp(habits.fit(candidate, child) - best) * (isFull(candidate) ? RIVAL_LEFT : 1);
  return ONLY_CANDIDATE / (1 + rivals);
}

/**
 * Answers which of several open calls each call was made for, where address and time fit them all: learns from the calls whose parents are known how
 * long and how often calls of one kind lead to another, assigns all calls of a kind together, learns again from that, and so on.
 * A confidence is the share of the chosen one's odds; what is left below three in ten stays without an edge.
 * Source: TraceWeaver (SIGCOMM 2024); measured by `npm run bench -- chains` against the same rule without learning.
 * Cost: nothing without rivals; else a few looks at all calls, and for each question its candidates.
 */
export async function setRivalParents(
  calls: CallColumns,
  questions: readonly Question[],
  parents: Parents,
  breathe: () => Promise<void>,
): Promise<void> {
  if (questions.length === 0) return;
  const kindOf = kindsOf(calls);
  const inquiry: Inquiry = { calls, kindOf, families: createFamilies(calls.count), questions, answers: new Map(), parents, breathe };
  const asked = new Set(questions.flatMap(({ child, candidates }) => candidates.map((candidate) => pairOf(kindOf, candidate, child))));
  const byKind = groupBy(questions, ({ child }) => String(kindOf(child)));
  let habits = await learnHabits(inquiry, asked);
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = new Map<number, number>();
    for (const [, alike] of byKind) for (const [child, parent] of await answer(inquiry, habits, alike)) answers.set(child, parent);
    inquiry.answers.clear();
    for (const [child, parent] of answers) inquiry.answers.set(child, parent);
    habits = await learnHabits(inquiry, asked);
  }
  for (const question of questions) {
    const chosen = inquiry.answers.get(question.child);
    if (chosen === undefined) continue;
    const isFull = (parent: number): boolean => alikeOf(inquiry, parent, question.child).number >= habits.room(parent, question.child);
    const confidence = confidenceOf(habits, question, chosen, isFull);
    if (confidence >= MIN_CONFIDENCE) parents.set(question.child, chosen, 'nesting', confidence, false);
  }
}
