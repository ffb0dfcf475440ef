import type { ReadChoice } from '../../contract/read-choice.ts';
import type { DeclaredFormat } from '../../model/read-settings.ts';
import { serverConfig } from '../importers/formats/server-config.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { RawWriter } from '../store/write.ts';
import { saveDeclaredFormats } from './declared.ts';
import type { SourceHead } from './earlier-reads.ts';
import { setBegun } from './import-begin.ts';
import { committedReach } from './interrupted.ts';
import type { ImportMeter } from './import-meter.ts';

/** What an import knows of a source beside its bytes. */
export interface TrackedSource {
  /** Which source of its import it is, from 1. */
  readonly number: number;
  readonly givenName: string;
  readonly choice: ReadChoice;
  readonly head: SourceHead;
  readonly notes: readonly string[];
  /** Log formats that it declares. */
  readonly formats: readonly DeclaredFormat[];
}

/** A writer for one source that keeps how it is read in its row, from the start, and counts what is stored. */
export function trackingWriter(db: SqlDriver, writer: RawWriter, tracked: TrackedSource, meter: Pick<ImportMeter, 'count'>): RawWriter {
  const { choice, head, notes } = tracked;
  return {
    ...writer,
    beginSource(start) {
      const id = writer.beginSource(start);
      db.prepare('UPDATE source SET given_name = ?, settings = ?, zone = ?, head_bytes = ?, head_sha256 = ?, notes = ? WHERE id = ?').run(
        tracked.givenName, JSON.stringify(choice.settings ?? {}), choice.zone ?? null, head.bytes.length, head.sha256, JSON.stringify(notes), id,
      ); // prettier-ignore
      if (start.format === serverConfig.id) saveDeclaredFormats(db, id, tracked.formats);
      setBegun(db, tracked.number);
      return id;
    },
    endSource(sourceId, end) {
      const said = [...notes, ...end.notes];
      if (end.state !== 'interrupted') {
        writer.endSource(sourceId, { ...end, notes: said });
        return;
      }
      // Readers are ahead of what is stored: the ledger ends where the records do. The hash of what was read is not the file's; it is
      // kept to know the file by.
      const reach = committedReach(db, sourceId);
      writer.endSource(sourceId, { ...end, notes: said, sha256: '', bytes: reach, bytesAccounted: reach });
      db.prepare('UPDATE source SET head_bytes = ?, head_sha256 = ? WHERE id = ?').run(end.bytes, end.sha256, sourceId);
    },
    addCalls(sourceId, batch, names, linesBefore) {
      writer.addCalls(sourceId, batch, names, linesBefore);
      meter.count(batch.calls, 0);
    },
    addIssue(sourceId, issue) {
      writer.addIssue(sourceId, issue);
      if (issue.severity === 'reject') meter.count(0, 1);
    },
    addTraces(sourceId, traces) {
      writer.addTraces(sourceId, traces);
    },
    addInventory(sourceId, item) {
      writer.addInventory(sourceId, item);
      if (item.kind === 'operation') meter.count(1, 0);
    },
  };
}
