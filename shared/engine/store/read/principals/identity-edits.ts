import type { SqlDriver } from '../../driver.ts';
import { effectsOf } from '../review/effects.ts';

/** An identity as the evidence gives it, with the label that the analyst saw. */
export interface IdentityName {
  readonly identity: string;
  readonly label: string;
}

/** What the analyst said about who is who. */
export type IdentityEdit =
  | { readonly kind: 'merge'; readonly members: readonly IdentityName[]; readonly reason: string }
  | { readonly kind: 'split'; readonly members: readonly IdentityName[]; readonly reason: string }
  | { readonly kind: 'owner'; readonly identity: string; readonly owner: string };

/** What a change of identities is in the log: it puts an edit in force, or takes it out of force. `edit` is the entry that made it. */
export interface IdentityEffect {
  readonly kind: 'identity';
  readonly on: boolean;
  readonly entry: number;
  readonly edit: IdentityEdit;
}

/**
 * The edits in force, oldest first. The log is their only place, so that they outlive every analysis.
 * Cost: one walk over the log, which a person wrote.
 */
export function listIdentityEdits(db: SqlDriver): readonly (IdentityEdit & { readonly entry: number })[] {
  const edits = new Map<number, IdentityEdit>();
  for (const { on, entry, edit } of effectsOf<IdentityEffect>(db, 'identity')) {
    if (on) edits.set(entry, edit);
    else edits.delete(entry);
  }
  return [...edits].sort(([a], [b]) => a - b).map(([entry, edit]) => ({ ...edit, entry }));
}

/** Who belongs together by the analyst's word: identities of one group share the first member; those split never join by themselves. */
export interface IdentityGroups {
  /** The identity that stands for a group, or the identity itself. */
  readonly standsFor: (identity: string) => string;
  /** True when the analyst said that the two are not one. */
  readonly isApart: (a: string, b: string) => boolean;
  /** The other members of a group, in the order in which they were merged. */
  membersOf(identity: string): readonly (IdentityName & { readonly reason: string })[];
}

/** Reads merges and splits in their order: the later word holds. */
export function readIdentityGroups(db: SqlDriver): IdentityGroups {
  const groups = new Map<string, (IdentityName & { readonly reason: string })[]>();
  const groupOf = new Map<string, string>();
  const apart = new Set<string>();
  const pair = (a: string, b: string): string => JSON.stringify(a < b ? [a, b] : [b, a]);
  const edits = listIdentityEdits(db).filter(({ kind }) => kind !== 'owner');
  const leave = (identity: string): void => {
    const group = groupOf.get(identity);
    if (group === undefined) return;
    groupOf.delete(identity);
    const rest = (groups.get(group) ?? []).filter((member) => member.identity !== identity);
    groups.delete(group);
    const [first] = rest;
    if (first === undefined || rest.length < 2) for (const member of rest) groupOf.delete(member.identity);
    else {
      groups.set(first.identity, rest);
      for (const member of rest) groupOf.set(member.identity, first.identity);
    }
  };
  for (const edit of edits) {
    if (edit.kind === 'owner') continue;
    const pairs = edit.members.flatMap((a, at) => edit.members.slice(at + 1).map((b) => pair(a.identity, b.identity)));
    if (edit.kind === 'split') {
      for (const { identity } of edit.members) leave(identity);
      for (const each of pairs) apart.add(each);
      continue;
    }
    for (const each of pairs) apart.delete(each);
    const members = edit.members.flatMap((member) => {
      const group = groups.get(groupOf.get(member.identity) ?? '');
      return group ?? [{ ...member, reason: edit.reason }];
    });
    const unique = [...new Map(members.map((member) => [member.identity, member])).values()];
    const [first] = unique;
    if (first === undefined) continue;
    for (const { identity } of unique) {
      groups.delete(groupOf.get(identity) ?? '');
      groupOf.set(identity, first.identity);
    }
    groups.set(first.identity, unique);
  }
  return {
    standsFor: (identity) => groupOf.get(identity) ?? identity,
    isApart: (a, b) => apart.has(pair(a, b)),
    membersOf: (identity) => (groups.get(identity) ?? []).filter((member) => member.identity !== identity),
  };
}

/** The merges and splits as one text, empty without any: principals that were found with others are out of date. Owners are read beside them. */
export function identitiesInForce(db: SqlDriver): string {
  const edits = listIdentityEdits(db).filter(({ kind }) => kind !== 'owner');
  return edits.length === 0 ? '' : JSON.stringify(edits);
}

/** Owners that the analyst named, by identity; an empty name takes the owner of a list away. */
export const readNamedOwners = (db: SqlDriver): ReadonlyMap<string, string> =>
  new Map(listIdentityEdits(db).flatMap((edit) => (edit.kind === 'owner' ? [[edit.identity, edit.owner] as const] : [])));
