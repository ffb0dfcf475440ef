import { AppError } from '../../contract/errors.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { EarlierRead } from './earlier-reads.ts';

/** The sources of the case that an import is to read anew, by the names that the evidence gives them. */
export interface Reread {
  /** Row id of the source that bears the name in the evidence; `undefined` when it is not meant. */
  idOf(givenName: string): number | undefined;
  /** Errors: AppError `bad-params` when the bytes found are not those that the case holds. */
  check(givenName: string, earlier: readonly EarlierRead[]): void;
  /** Errors: AppError `not-found` for a source that the paths did not hold. */
  checkAll(): void;
}

/** Looks the sources up. Errors: AppError `not-found` before anything is read. */
export function findReread(db: SqlDriver, names: readonly string[]): Reread {
  const find = db.prepare("SELECT id, given_name, state FROM source WHERE name = ? AND state NOT IN ('withdrawing', 'withdrawn')");
  const wanted = new Map<string, number>();
  const missing = new Map<string, string>();
  for (const name of names) {
    const found = find.get<{ id: number; given_name: string; state: string }>(name);
    if (found === undefined) throw new AppError('not-found', `no source ${name} in this case`);
    const given = found.given_name === '' ? name : found.given_name;
    wanted.set(given, found.id);
    missing.set(given, name);
  }
  return {
    idOf: (givenName) => wanted.get(givenName),
    check(givenName, earlier) {
      if (earlier.length === 0) {
        throw new AppError('bad-params', `${givenName} holds other bytes than were imported; import it as a source of its own`);
      }
      missing.delete(givenName);
    },
    checkAll() {
      if (missing.size > 0) throw new AppError('not-found', `${[...missing.values()].join(', ')}: not in the files that were given`);
    },
  };
}
