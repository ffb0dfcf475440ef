import { effectsOf, ROOT } from './chain-tree.ts';

/** What tells whether calls are alike. */
export interface FoldCall {
  /** Method, host and route. */
  readonly step: string;
  /** Method, host and path as sent: a call tried again has the same. */
  readonly target: string;
  readonly outcome: 'ok' | 'failed' | 'unknown';
}

/** Calls alike under one cause, or under causes that are folded themselves. `parent`: place of the fold above, absent at the top. */
export interface Fold {
  readonly members: readonly number[];
  readonly parent?: number;
  readonly kind: 'call' | 'loop' | 'retry';
}

/** True when each of the calls failed and the same was called again later under the same cause. */
function isRetried(members: readonly number[], siblings: readonly number[], calls: readonly FoldCall[], cause: Int32Array): boolean {
  const last = new Map<string, number>();
  const idOf = (at: number): string => `${String(cause[at])} ${calls[at]?.target ?? ''}`;
  for (const at of siblings) last.set(idOf(at), at);
  return members.every((at) => calls[at]?.outcome === 'failed' && (last.get(idOf(at)) ?? at) > at);
}

/** Siblings in groups of one step and outcome, in order of their first call. */
function groupAlike(siblings: readonly number[], calls: readonly FoldCall[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const at of siblings) {
    const key = `${calls[at]?.outcome ?? ''} ${calls[at]?.step ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [at]);
    else group.push(at);
  }
  return [...groups.values()];
}

/**
 * Folds the tree of a chain without loss: calls of one method, route, cause and outcome are one fold, and what they led to is folded below it
 * in turn. Every call is in exactly one fold, and a fold stands after the one above it.
 * Shape:   calls in time order, `cause` as `findCauses` gives it.
 * Example: a list that led to `GET item` 41 times, three of them failed: the list, 38 alike, 3 alike.
 */
export function foldTree(calls: readonly FoldCall[], cause: Int32Array): readonly Fold[] {
  const effects = effectsOf(cause);
  const folds: Fold[] = [];
  const work: { readonly siblings: readonly number[]; readonly members: readonly number[]; readonly parent: number | undefined }[] = [];
  const push = (siblings: readonly number[], parent: number | undefined): void => {
    for (const members of groupAlike(siblings, calls).toReversed()) work.push({ siblings, members, parent });
  };
  push(effects.get(ROOT) ?? [], undefined);
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { members, siblings, parent } = next;
    const kind = isRetried(members, siblings, calls, cause) ? 'retry' : members.length > 1 ? 'loop' : 'call';
    folds.push({ members, kind, ...(parent === undefined ? {} : { parent }) });
    const below = members.flatMap((at) => effects.get(at) ?? []);
    if (below.length > 0) push(below.toSorted((a, b) => a - b), folds.length - 1); // prettier-ignore
  }
  return folds;
}
