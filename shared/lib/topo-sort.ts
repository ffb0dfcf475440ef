import { assert } from './assert.ts';

/**
 * Orders members so that each comes after everything it needs; otherwise the given order stands.
 * Shape:  every need names a member.
 * Errors: throws on an unknown need or a circle; both are bugs in a registry.
 */
export function topoSort<T extends { readonly id: string; readonly needs: readonly string[] }>(members: readonly T[]): readonly T[] {
  const byId = new Map(members.map((member) => [member.id, member]));
  const sorted: T[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (member: T): void => {
    const seen = state.get(member.id);
    if (seen === 'done') return;
    assert(seen !== 'open', `${member.id} needs itself`);
    state.set(member.id, 'open');
    for (const need of member.needs) {
      const needed = byId.get(need);
      assert(needed !== undefined, `${member.id} needs ${need}, which does not exist`);
      visit(needed);
    }
    state.set(member.id, 'done');
    sorted.push(member);
  };
  for (const member of members) visit(member);
  return sorted;
}
