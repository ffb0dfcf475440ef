import type { SqlDriver } from '../../store/driver.ts';

/** Calls of several callers in the order of their times, each once; those without a time come last. `calls`: row ids. */
export function inTimeOrder(db: SqlDriver, calls: readonly number[]): readonly number[] {
  const select = db.prepare('SELECT time FROM call WHERE id = ?');
  const times = new Map(calls.map((id) => [id, select.get<{ time: number | null }>(id)?.time ?? Infinity]));
  return [...times.keys()].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || a - b);
}
