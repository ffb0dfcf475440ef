import type { PrincipalKind } from '../../../contract/report-json.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A principal as detectors name it. */
export interface Caller {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  /** Told by its network alone: several callers may stand behind it. */
  readonly weak: boolean;
}

/** All principals by row id. */
export function readCallers(db: SqlDriver): ReadonlyMap<number, Caller> {
  const callers = new Map<number, Caller>();
  for (const row of db.prepare('SELECT id, key, label, kind, weak FROM principal').all<Omit<Caller, 'weak'> & { readonly weak: number }>())
    callers.set(row.id, { ...row, weak: row.weak === 1 });
  return callers;
}

/** Of a principal that is none of the case's, which no call has. */
export const callerOf = (callers: ReadonlyMap<number, Caller>, id: number): Caller =>
  callers.get(id) ?? { id, key: 'unknown', label: 'An unknown principal', kind: 'unknown', weak: true };
