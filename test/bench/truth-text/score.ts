import { ratioOf } from '../ratio.ts';

/** Right and wrong decisions about one kind. */
export interface Counts {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

/** What a field holds and what a tool said it holds. */
export interface Decision {
  readonly truth: string | undefined;
  readonly said: ReadonlySet<string>;
}

/** Counts decisions about one kind over all fields. Example: truth `email`, said `email` and `phone`: one right e-mail, one wrong phone. */
export function countKind(decisions: readonly Decision[], kind: string): Counts {
  let [right, wrong, missed] = [0, 0, 0];
  for (const { truth, said } of decisions) {
    if (said.has(kind)) {
      if (truth === kind) right += 1;
      else wrong += 1;
    } else if (truth === kind) missed += 1;
  }
  return { right, wrong, missed };
}

export const precisionOf = ({ right, wrong }: Counts): number | undefined => ratioOf(right, right + wrong);
export const recallOf = ({ right, missed }: Counts): number | undefined => ratioOf(right, right + missed);
export const f1Of = ({ right, wrong, missed }: Counts): number | undefined => ratioOf(2 * right, 2 * right + wrong + missed);

/** Sums over kinds, so that a frequent kind counts for more. */
export const addCounts = (counts: readonly Counts[]): Counts => ({
  right: counts.reduce((sum, each) => sum + each.right, 0),
  wrong: counts.reduce((sum, each) => sum + each.wrong, 0),
  missed: counts.reduce((sum, each) => sum + each.missed, 0),
});
