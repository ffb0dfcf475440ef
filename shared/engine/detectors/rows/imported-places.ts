import type { SqlDriver } from '../../store/driver.ts';
import { readImportedFile } from '../../store/read/baseline-choice.ts';

/** Networks that an imported baseline knows of a caller; none where there is no baseline, or it does not know the caller. */
export function importedPlaces(db: SqlDriver): (principal: number | null) => ReadonlySet<string> {
  const known = new Map(readImportedFile(db)?.content.principals.map(({ key, places }) => [key, places ?? []]));
  if (known.size === 0) return () => new Set();
  const keyOf = db.prepare('SELECT key FROM principal WHERE id = ?');
  return (principal) => {
    const key = principal === null ? undefined : keyOf.get<{ key: string }>(principal)?.key;
    return new Set((key === undefined ? undefined : known.get(key))?.map(({ network }) => network));
  };
}
