import type { Change, Changed, Differences } from '../../contract/compare.ts';

/**
 * Joins two lists by id. `changesOf` names in what a thing differs; order is that of the lists.
 * Example: before a b, after b c, b without a change → new c, gone a, same 1.
 */
export function joinById<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  changesOf: (before: T, after: T) => readonly Change[],
): Differences<T> {
  const [was, is] = [before, after].map((list) => new Map(list.map((each) => [each.id, each])));
  const changed: Changed<T>[] = [];
  let same = 0;
  for (const each of after) {
    const old = was?.get(each.id);
    if (old === undefined) continue;
    const changes = changesOf(old, each);
    if (changes.length === 0) same += 1;
    else changed.push({ before: old, after: each, changes });
  }
  return { new: after.filter(({ id }) => was?.has(id) !== true), gone: before.filter(({ id }) => is?.has(id) !== true), changed, same };
}
