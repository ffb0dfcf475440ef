import { AppError } from '../../contract/errors.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { EarlierRead } from './earlier-reads.ts';

/** The sources of the case that an import is to read anew, by the names that the evidence gives them. */
export interface Reread {
  /** Row ids of the sources that are meant and bear the name in the evidence. */
  idsOf(givenName: string): readonly number[];
  /**
   * True when the bytes found are to be read. Two files whose names differ only in a token bear one name here: the one with other bytes is
   * passed over.
   * Errors: AppError `bad-params` when no other source bears the name, and the bytes are not those that the case holds.
   */
  takes(givenName: string, earlier: readonly EarlierRead[]): boolean;
  /** Errors: AppError `not-found` for a source that the paths did not hold, `bad-params` for one whose name stood for other bytes. */
  checkAll(): void;
}

interface Wanted {
  readonly id: number;
  readonly name: string;
}

/** Looks the sources up. Errors: AppError `not-found` before anything is read. */
export function findReread(db: SqlDriver, names: readonly string[]): Reread {
  const find = db.prepare("SELECT id, given_name, state FROM source WHERE name = ? AND state NOT IN ('withdrawing', 'withdrawn')");
  const namesakes = db.prepare("SELECT count(*) AS n FROM source WHERE given_name = ? AND state NOT IN ('withdrawing', 'withdrawn')");
  const wanted = new Map<string, Wanted[]>();
  const shared = new Set<string>();
  const other = new Set<string>();
  const missing = new Map<number, string>();
  for (const name of names) {
    const found = find.get<{ id: number; given_name: string; state: string }>(name);
    if (found === undefined) throw new AppError('not-found', `no source ${name} in this case`);
    const given = found.given_name === '' ? name : found.given_name;
    wanted.set(given, [...(wanted.get(given) ?? []), { id: found.id, name }]);
    if ((namesakes.get<{ n: number }>(given)?.n ?? 0) > 1) shared.add(given);
    missing.set(found.id, name);
  }
  const otherBytes = (given: string): AppError =>
    new AppError('bad-params', `${given} holds other bytes than were imported; import it as a source of its own`);
  return {
    idsOf: (givenName) => (wanted.get(givenName) ?? []).map(({ id }) => id),
    takes(givenName, earlier) {
      for (const { id } of earlier) missing.delete(id);
      if (earlier.length > 0) return true;
      if (!shared.has(givenName)) throw otherBytes(givenName);
      other.add(givenName);
      return false;
    },
    checkAll() {
      for (const given of other) if (wanted.get(given)?.some(({ id }) => missing.has(id)) === true) throw otherBytes(given);
      if (missing.size > 0) throw new AppError('not-found', `${[...missing.values()].join(', ')}: not in the files that were given`);
    },
  };
}
