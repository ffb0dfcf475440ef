import type { SqlDriver } from './driver.ts';

/**
 * Does some work with a page cache of its own size; afterwards the size is as before. Pages beyond a smaller size are given back at once.
 * Units: KiB.
 */
export async function withPageCache<Result>(db: SqlDriver, kib: number, work: () => Promise<Result>): Promise<Result> {
  const usual = db.prepare('PRAGMA cache_size').get<{ cache_size: number }>()?.cache_size;
  db.exec(`PRAGMA cache_size = -${String(kib)}; PRAGMA shrink_memory`);
  try {
    return await work();
  } finally {
    if (usual !== undefined) db.exec(`PRAGMA cache_size = ${String(usual)}`);
  }
}
