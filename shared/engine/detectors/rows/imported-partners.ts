import type { SqlDriver } from '../../store/driver.ts';
import { readImportedFile } from '../../store/read/baseline-choice.ts';

/** Different hours of an imported baseline in which a host was called, from which on calling it is a habit: once is once. */
const MIN_HOURS = 2;

/** Whether a caller used to call a host, by an imported baseline; never where there is none. Only endpoints of this case count. */
export function importedPartners(db: SqlDriver): (principal: number, host: string) => boolean {
  const pairs = readImportedFile(db)?.content.pairs ?? [];
  if (pairs.length === 0) return () => false;
  const hostOf = db.prepare('SELECT host FROM endpoint WHERE key = ?');
  const hours = new Map<string, number>();
  for (const { principal, endpoint, hours: own = 1 } of pairs) {
    const host = hostOf.get<{ host: string }>(endpoint)?.host;
    if (host !== undefined) hours.set(`${principal} ${host}`, (hours.get(`${principal} ${host}`) ?? 0) + own);
  }
  const keyOf = db.prepare('SELECT key FROM principal WHERE id = ?');
  return (principal, host) => (hours.get(`${keyOf.get<{ key: string }>(principal)?.key ?? ''} ${host}`) ?? 0) >= MIN_HOURS;
}
