import { AppError } from '../../../contract/errors.ts';
import type { ReviewChange } from '../../../contract/review.ts';
import type { SqlDriver } from '../driver.ts';
import { readTraits } from '../principal-traits.ts';
import { readNamedOwners, type IdentityEdit, type IdentityName } from '../read/principals/identity-edits.ts';
import type { Plan } from './effect.ts';

type IdentityChange = Extract<ReviewChange, { kind: 'principals-merge' | 'principal-split' | 'principal-owner' }>;

interface Found extends IdentityName {
  readonly traits: string;
}

function getPrincipal(db: SqlDriver, key: string): Found {
  const row = db.prepare('SELECT identity, label, traits FROM principal WHERE key = ?').get<Found>(key);
  if (row === undefined) throw new AppError('not-found', `no principal ${key} in this case`);
  if (row.identity === '') throw new AppError('not-found', `${key} is of an older analysis; analyse the case again first`);
  return row;
}

const nameOf = ({ identity, label }: IdentityName): IdentityName => ({ identity, label });

/** Works out a change of who is who. Errors: AppError `not-found` for a principal that is not there, or one with nothing to split. */
export function planIdentity(db: SqlDriver, change: IdentityChange, entry: number): Plan {
  const plan = (edit: IdentityEdit, changed: number): Plan => ({ effect: { kind: 'identity', on: true, entry, edit }, changed });
  switch (change.kind) {
    case 'principals-merge': {
      const members = [...new Set(change.principals)].map((key) => nameOf(getPrincipal(db, key)));
      return members.length < 2
        ? { effect: undefined, changed: 0 }
        : plan({ kind: 'merge', members, reason: change.reason }, members.length);
    }
    case 'principal-split': {
      const found = getPrincipal(db, change.principal);
      const parts = readTraits(found.traits).joined ?? [];
      if (parts.length === 0) throw new AppError('not-found', `nothing was joined in ${change.principal}, so there is nothing to split`);
      return plan({ kind: 'split', members: [nameOf(found), ...parts.map(nameOf)], reason: change.reason }, parts.length + 1);
    }
    case 'principal-owner': {
      const { identity } = getPrincipal(db, change.principal);
      if (readNamedOwners(db).get(identity) === change.owner) return { effect: undefined, changed: 0 };
      return plan({ kind: 'owner', identity, owner: change.owner }, 1);
    }
  }
}
