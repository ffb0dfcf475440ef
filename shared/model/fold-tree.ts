import { foldSiblings, type FoldRules } from './chain-folds.ts';
import { effectsOf, ROOT } from './chain-tree.ts';

/** What tells whether calls are alike. */
export interface FoldCall {
  /** What calls alike have in common: see `alikeKey`. */
  readonly alike: string;
  /** Method, host and path as sent: a call tried again has the same. */
  readonly target: string;
  readonly hasFailed: boolean;
  /** Units: ms, NaN where unknown. */
  readonly start: number;
}

/** A fold of a chain's tree. `parent`: place of the fold above, absent at the top; `round`: calls of one round where it is rounds of several. */
export interface Fold {
  readonly members: readonly number[];
  readonly parent?: number;
  readonly kind: 'call' | 'loop' | 'retry' | 'rounds';
  readonly round?: number;
}

/** True when each of the calls failed and the same was called again later under the same cause. */
function isRetried(
  members: readonly number[],
  lastOf: ReadonlyMap<string, number>,
  calls: readonly FoldCall[],
  cause: Int32Array,
): boolean {
  return members.every((at) => calls[at]?.hasFailed === true && (lastOf.get(sameId(at, calls, cause)) ?? at) > at);
}

const sameId = (at: number, calls: readonly FoldCall[], cause: Int32Array): string => `${String(cause[at])} ${calls[at]?.target ?? ''}`;

/**
 * Folds the tree of a chain without loss, as `foldSiblings` folds what one cause led to; what the calls of a fold led to is folded below it in
 * turn. Every call is in exactly one fold, and a fold stands after the one above it.
 * Shape:   calls in time order, `cause` as `findCauses` gives it.
 * Example: a list that led to `GET item` 41 times, three of them failed: the list, 38 alike, 3 alike.
 */
export function foldTree(calls: readonly FoldCall[], cause: Int32Array): readonly Fold[] {
  const rules: FoldRules<number> = { keyOf: (at) => calls[at]?.alike ?? '', startOf: (at) => calls[at]?.start };
  const effects = effectsOf(cause);
  const folds: Fold[] = [];
  interface Work extends Pick<Fold, 'members' | 'round' | 'parent'> {
    readonly lastOf: ReadonlyMap<string, number>;
  }
  const work: Work[] = [];
  const push = (siblings: readonly number[], parent: number | undefined): void => {
    const lastOf = new Map(siblings.map((at) => [sameId(at, calls, cause), at]));
    for (const group of foldSiblings(siblings, rules).toReversed())
      work.push({ ...group, lastOf, ...(parent === undefined ? {} : { parent }) });
  };
  push(effects.get(ROOT) ?? [], undefined);
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { lastOf, ...fold } = next;
    const kind = isRetried(fold.members, lastOf, calls, cause)
      ? 'retry'
      : fold.round !== undefined
        ? 'rounds'
        : fold.members.length > 1
          ? 'loop'
          : 'call';
    folds.push({ ...fold, kind });
    const below = fold.members.flatMap((at) => effects.get(at) ?? []);
    if (below.length > 0) push(below.toSorted((a, b) => a - b), folds.length - 1); // prettier-ignore
  }
  return folds;
}
