import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** SQLite's header, of which the sizes are read. Units: bytes. */
const HEADER = 100;

/**
 * How much a database file lacks of what its own header declares; 0 for a whole one, and for what is no database.
 * Shape:  a file with a write-ahead log beside it may be shorter: the log has the rest.
 * Source: SQLite, "Database File Format", section 1.3: page size at offset 16, size in pages at 28, counters at 24 and 92 that must agree.
 */
export function missingBytes(path: string): number {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return 0;
  const header = Buffer.alloc(HEADER);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, HEADER, 0) < HEADER || !header.toString('latin1').startsWith('SQLite format 3\0')) return 0;
  } finally {
    closeSync(file);
  }
  const written = header.readUInt16BE(16);
  const pageSize = written === 1 ? 65_536 : written;
  const isCurrent = header.readUInt32BE(24) === header.readUInt32BE(92);
  return isCurrent ? Math.max(0, pageSize * header.readUInt32BE(28) - statSync(path).size) : 0;
}
