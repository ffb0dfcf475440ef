import type { Chance } from '../../../../lib/chance.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { Families } from './families.ts';
import { MAX_CHILDREN, type FamilyHabits } from './family-habits.ts';

/** A call and the open calls that may have led to it: two or more, each as good by address and time. */
export interface Question {
  readonly child: number;
  readonly candidates: readonly number[];
}

/** Rather no parent than one as unlikely as this: any moment of two minutes, and one in some 3,000. Units: nats, of a density per µs. */
const NO_PARENT = -Math.log(120 * 1_000_000) - 8;

/** Sweeps in a row after which a question that kept its answer, against all offers to exchange it, is asked in one of so many sweeps only. */
const [SETTLED, LOOK_AGAIN] = [6, 3] as const;

/** Parents of all calls asked about, drawn again and again, each time as likely as the habits say given all others. */
export interface RivalSampler {
  /** Draws a parent for each question anew, in turn. Where `onOdds` is given, it hears the odds of the candidates, which with no parent at all add up to 1. */
  sweep(onOdds?: (question: number, odds: Float64Array) => void): void;
}

/** What the moves share. */
interface State {
  readonly calls: CallColumns;
  readonly kindOf: (at: number) => number;
  readonly families: Families;
  readonly habits: FamilyHabits;
  readonly chance: Chance;
  readonly rivalsOf: ReadonlyMap<number, readonly number[]>;
  /** The parent of each call asked about, by now. */
  readonly current: Map<number, number>;
}

const draw = (chance: Chance, list: readonly number[]): number => list[Math.floor(chance() * list.length)] ?? NONE;

/** Draws one parent given those of all other calls. */
function redraw({ families, habits, chance, current }: State, { child, candidates }: Question): Float64Array {
  const before = current.get(child) ?? NONE;
  if (before !== NONE) families.remove(before, child);
  const odds = new Float64Array(candidates.length);
  let most = NO_PARENT;
  for (let place = 0; place < odds.length; place += 1) {
    const gained = habits.gain(families, candidates[place] ?? 0, child);
    odds[place] = gained;
    if (gained > most) most = gained;
  }
  let sum = Math.exp(NO_PARENT - most);
  for (let place = 0; place < odds.length; place += 1) sum += odds[place] = Math.exp((odds[place] ?? 0) - most);
  let left = chance();
  let parent = NONE;
  for (let place = 0; place < odds.length; place += 1) {
    odds[place] = (odds[place] ?? 0) / sum;
    left -= odds[place] ?? 0;
    if (parent === NONE && left < 0) parent = candidates[place] ?? 0;
  }
  current.set(child, parent);
  if (parent !== NONE) families.add(parent, child);
  return odds;
}

/** Moves children to another family; returns how much likelier that is. */
function move({ families, habits, current }: State, children: readonly number[], from: number, to: number): number {
  let gained = 0;
  for (const child of children) {
    families.remove(from, child);
    gained -= habits.gain(families, from, child);
  }
  for (const child of children) {
    gained += habits.gain(families, to, child);
    families.add(to, child);
    current.set(child, to);
  }
  return gained;
}

/** Moves them back. */
function moveBack({ families, current }: State, children: readonly number[], from: number, to: number): void {
  for (const child of children) {
    families.remove(from, child);
    families.add(to, child);
    current.set(child, to);
  }
}

/** Exchanges children of two families, unless that is so much less likely that chance says no. */
function exchange(state: State, a: number, ofA: readonly number[], b: number, ofB: readonly number[]): void {
  const gained = move(state, ofA, a, b) + move(state, ofB, b, a);
  if (gained >= 0 || state.chance() < Math.exp(gained)) return;
  moveBack(state, ofA, b, a);
  moveBack(state, ofB, a, b);
}

/** The children of `from` that may belong to `to` as well. */
function mayMove({ families, rivalsOf }: State, from: number, to: number, isSought: (child: number) => boolean): readonly number[] {
  const children = families.childrenOf(from);
  return children.length > MAX_CHILDREN ? [] : children.filter((child) => isSought(child) && rivalsOf.get(child)?.includes(to) === true);
}

/** Two families of one kind that each have all that they need only change by giving and taking at once. */
function swapTwins(state: State, { child, candidates }: Question): void {
  const { kindOf, current, chance } = state;
  const own = current.get(child) ?? NONE;
  const other = draw(chance, candidates);
  if (own === NONE || other === own) return;
  const kind = kindOf(child);
  const twins = mayMove(state, other, own, (one) => kindOf(one) === kind);
  if (twins.length > 0) exchange(state, own, [child], other, [draw(chance, twins)]);
}

/** What follows on one call follows it into another family: two families exchange all that began from then on. */
function swapRests(state: State, { child, candidates }: Question): void {
  const { calls, current, chance } = state;
  const own = current.get(child) ?? NONE;
  const other = draw(chance, candidates);
  if (own === NONE || other === own) return;
  const isLater = (one: number): boolean => (calls.start[one] ?? 0) >= (calls.start[child] ?? 0);
  const [ofOwn, ofOther] = [mayMove(state, own, other, isLater), mayMove(state, other, own, isLater)];
  if (ofOwn.length + ofOther.length > 1) exchange(state, own, ofOwn, other, ofOther);
}

/**
 * A Markov chain over who led to whom: single parents by Gibbs sampling, exchanges between two families by Metropolis steps.
 * Shape:  starts with no answer at all; each exchange is as likely to be tried one way as the other.
 * Source: Geman and Geman 1984; Hastings 1970.
 * Cost:   for each question a look at the steps beside it in the family of each candidate. `isQuick` asks those that kept their answer in some sweeps only.
 */
export function createRivalSampler(
  calls: CallColumns,
  kindOf: (at: number) => number,
  families: Families,
  habits: FamilyHabits,
  questions: readonly Question[],
  chance: Chance,
  isQuick: boolean,
): RivalSampler {
  const rivalsOf = new Map(questions.map(({ child, candidates }) => [child, candidates]));
  const state: State = { calls, kindOf, families, habits, chance, rivalsOf, current: new Map() };
  /** By question: the answer that it had when it was last asked, and for how many times. */
  const answers = new Int32Array(questions.length).fill(NONE);
  const kept = new Uint8Array(questions.length);
  let round = 0;
  return {
    sweep(onOdds) {
      round += 1;
      for (const [place, question] of questions.entries()) {
        if (isQuick && (kept[place] ?? 0) >= SETTLED && (round + place) % LOOK_AGAIN !== 0) continue;
        const odds = redraw(state, question);
        onOdds?.(place, odds);
        swapTwins(state, question);
        swapRests(state, question);
        const answer = state.current.get(question.child) ?? NONE;
        kept[place] = answer === answers[place] ? Math.min(SETTLED, (kept[place] ?? 0) + 1) : 0;
        answers[place] = answer;
      }
    },
  };
}
