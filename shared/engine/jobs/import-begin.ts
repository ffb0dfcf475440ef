import { AppError } from '../../contract/errors.ts';
import type { SqlDriver } from '../store/driver.ts';
import { uniqueName } from './unique-name.ts';
import { getMeta, setMeta } from '../store/meta.ts';
import { raiseEvidenceRevision } from './withdraw.ts';

/** A source or path that could not be read, as the summary and the case list it. */
export interface Failure {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** How often an import may begin again at the same place: what kills it there kills it each time. */
export const MAX_STARTS = 3;

/** How an import begins: where its sources start in the case, and what it did before its process died. */
export interface ImportStart {
  /** Id of the last source before this import. */
  readonly from: number;
  /** Sources that it has dealt with, one that it died on included; they come in the same order again. */
  readonly done: number;
  /** The source that it died on before it had a row, from 1; it is recorded as a failure and passed over. */
  readonly diedOn: number | undefined;
  readonly failures: Failure[];
}

const numberAt = (db: SqlDriver, key: string): number => Number(getMeta(db, key) ?? '0');

/** Notes which source is about to be looked at: what kills the process from here on is that source. */
export const setTrying = (db: SqlDriver, number: number): void => {
  setMeta(db, 'import_trying', String(number));
};

/** Notes that a source has its row; call in the transaction that makes it. */
export const setBegun = (db: SqlDriver, number: number): void => {
  setMeta(db, 'import_begun', String(number));
};

/**
 * Notes that evidence is coming, before the first of it does: an analysis is then out of date even if this process dies.
 * Sources are counted, since a name cannot say whether one was dealt with: the case may have had it taken already.
 * Errors: AppError `unreadable` when the process died again and again before it came to a source.
 */
export function beginImport(db: SqlDriver, resume: boolean): ImportStart {
  return db.transaction(() => {
    raiseEvidenceRevision(db);
    if (!resume) {
      const from = db.prepare('SELECT max(id) AS last FROM source').get<{ last: number | null }>()?.last ?? 0;
      for (const [key, value] of [['import_from', from], ['import_trying', 0], ['import_begun', 0], ['import_place', 0], ['import_starts', 0]] as const)
        setMeta(db, key, String(value)); // prettier-ignore
      return { from, done: 0, diedOn: undefined, failures: [] };
    }
    const from = numberAt(db, 'import_from');
    const [trying, begun] = [numberAt(db, 'import_trying'), numberAt(db, 'import_begun')];
    countStart(db, trying);
    return { from, done: begun, diedOn: trying > begun ? trying : undefined, failures: failuresSince(db, from) };
  });
}

/** Records a source on which the process died before it had a row in the case; it is not tried again. */
export function passOver(db: SqlDriver, number: number, name: string): Failure {
  const failure: Failure = { name, code: 'PARSER_CRASH', message: 'the reader died before the first record; nothing of it was read' };
  recordFailures(db, numberAt(db, 'import_from'), [failure]);
  setTrying(db, number);
  setBegun(db, number);
  return failure;
}

/** Counts how often an import began at one place. */
function countStart(db: SqlDriver, place: number): void {
  const isSame = getMeta(db, 'import_place') === String(place);
  const starts = isSame ? numberAt(db, 'import_starts') + 1 : 1;
  if (starts > MAX_STARTS) throw new AppError('unreadable', 'the reader died again and again before it came to the next source');
  setMeta(db, 'import_place', String(place));
  setMeta(db, 'import_starts', String(starts));
}

function failuresSince(db: SqlDriver, from: number): Failure[] {
  return db
    .prepare(
      `SELECT s.name, i.code, i.message FROM source s JOIN issue i ON i.id = (SELECT max(id) FROM issue WHERE source_id = s.id AND record IS NULL)
       WHERE s.id > ? AND s.state IN ('failed', 'interrupted') ORDER BY s.id`,
    )
    .all<Failure & Record<string, string>>(from)
    .map(({ name, code, message }) => ({ name, code, message }));
}

/** Keeps what could not be opened at all in the case, so that Evidence and the report can say so. */
export function recordFailures(db: SqlDriver, from: number, failures: readonly Failure[]): void {
  // One that was begun has its row already; one of that name from an earlier import is another.
  const known = db.prepare('SELECT 1 FROM source WHERE id > ? AND ? IN (given_name, name)');
  db.transaction(() => {
    for (const failure of failures) {
      if (known.get(from, failure.name) !== undefined) continue;
      const sourceId = db
        .prepare(
          `INSERT INTO source (name, given_name, container_id, format, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
           VALUES (?, ?, NULL, NULL, 'none', ?, '', 0, 0, 0, 0, 0, 0, 'none', 'failed', '[]')`,
        )
        .run(uniqueName(db, failure.name), failure.name, failure.message).lastId;
      db.prepare(
        "INSERT INTO issue (source_id, record, byte_start, byte_length, severity, code, message, excerpt) VALUES (?, NULL, 0, 0, 'warning', ?, ?, '')",
      ).run(sourceId, failure.code, failure.message);
    }
  });
}
