import type { Provenance } from '../../../../contract/rows.ts';
import type { SqlDriver } from '../../driver.ts';

/** Where the call with this id, and every other sighting of it, stands in the evidence. */
export function provenanceOf(db: SqlDriver, callId: number): readonly Provenance[] {
  return db
    .prepare(
      `SELECT s.name, s.sha256, c.record, c.byte_start, c.byte_length, k.name AS container
       FROM call c JOIN source s ON s.id = c.source_id LEFT JOIN container k ON k.id = s.container_id
       WHERE c.id = ? OR c.id IN (SELECT call_id FROM call_fact WHERE same_as = ?) ORDER BY c.id <> ?, s.name, c.record`,
    )
    .all<{ name: string; sha256: string; record: number; byte_start: number; byte_length: number; container: string | null }>(
      callId,
      callId,
      callId,
    )
    .map((row) => ({
      source: row.name,
      sourceSha256: row.sha256,
      record: row.record,
      byteStart: row.byte_start,
      byteLength: row.byte_length,
      ...(row.container === null ? {} : { container: row.container }),
    }));
}
