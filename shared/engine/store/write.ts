import { present } from '../../lib/assert.ts';
import type { ImportedSpecification, ImportedTrace } from '../../model/call.ts';
import type { EpochMicros } from '../../model/units.ts';
import type { SeenCredential } from '../intake/masking/masked-call.ts';
import type { ContainerRef } from '../ports.ts';
import {
  CALL_NUMBERS,
  CALL_TEXTS,
  CREDENTIAL_COLUMN,
  FIRST_TERM_COLUMN,
  NOTE_WIDTH,
  type EncodedBatch,
  type EncodedInventory,
  type EncodedIssue,
} from '../reading/encoded-batch.ts';
import type { ReaderNames } from '../reading/reader-names.ts';
import { bulkInsert, type BulkInsert } from './bulk-insert.ts';
import type { SqlDriver, SqlValue } from './driver.ts';
import { interner } from './intern.ts';
import { signatureStore } from './token-signatures.ts';
import { packValues, type ListedValue } from './value-list.ts';

export interface SourceStart {
  readonly name: string;
  readonly container: ContainerRef | undefined;
  readonly format: string | undefined;
  readonly recognizedBy: 'content' | 'name' | 'override' | 'none';
  readonly evidence: string;
}

/** What is known of a source once it was read; times in µs, sizes in bytes. */
export interface SourceEnd {
  readonly sha256: string;
  readonly bytes: number;
  readonly bytesAccounted: number;
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly timeMin: EpochMicros | undefined;
  readonly timeMax: EpochMicros | undefined;
  readonly timezone: 'in the data' | 'given' | 'assumed UTC' | 'none';
  readonly state: 'complete' | 'interrupted' | 'failed' | 'duplicate';
  readonly duplicateOf: string | undefined;
  readonly notes: readonly string[];
}

/** Puts masked records into the raw tables. Every method is called inside a transaction of the import job. */
export interface RawWriter {
  beginSource(start: SourceStart): number;
  endSource(sourceId: number, end: SourceEnd): void;
  /** The calls of a batch; `linesBefore` is added to their record numbers. Everything is written when it returns. */
  addCalls(sourceId: number, batch: EncodedBatch, names: ReaderNames, linesBefore: number): void;
  addIssue(sourceId: number, issue: Omit<EncodedIssue, 'once'>): void;
  addInventory(sourceId: number, item: EncodedInventory): void;
  /** Who the traces of a source belong to. Everything is written when it returns. */
  addTraces(sourceId: number, traces: readonly ImportedTrace[]): void;
  /** Writes issues and operations that are buffered; call before each commit. */
  flush(): void;
}

const orNull = <T extends string | number>(value: T | undefined): T | null => value ?? null;

const nextId = (db: SqlDriver, table: 'call'): number =>
  (db.prepare(`SELECT max(id) AS last FROM ${table}`).get<{ last: number | null }>()?.last ?? 0) + 1;

/** Credentials by fingerprint; the same secret is one row whatever place it was seen in. */
function credentialStore(db: SqlDriver): (seen: SeenCredential) => number {
  const known = new Map<string, number>();
  const select = db.prepare('SELECT id FROM credential WHERE fingerprint = ?');
  const insert = db.prepare('INSERT INTO credential (fingerprint, kind, masked, jwt_header, jwt_claims, label) VALUES (?, ?, ?, ?, ?, ?)');
  const keepSignature = signatureStore(db);
  return (seen) => {
    if (seen.signature !== undefined) keepSignature(seen.fingerprint, seen.signature);
    let id = known.get(seen.fingerprint);
    if (id !== undefined) return id;
    id = select.get<{ id: number }>(seen.fingerprint)?.id;
    id ??= insert.run(
      seen.fingerprint,
      seen.kind,
      seen.masked,
      seen.jwt === undefined ? null : JSON.stringify(seen.jwt.header),
      seen.jwt === undefined ? null : JSON.stringify(seen.jwt.claims),
      orNull(seen.label),
    ).lastId;
    known.set(seen.fingerprint, id);
    return id;
  };
}

const plain = (number: number): SqlValue => number;

const addSpecification = (db: SqlDriver, sourceId: number, specification: ImportedSpecification): number =>
  db
    .prepare('INSERT INTO specification (source_id, title, version, dialect, servers) VALUES (?, ?, ?, ?, ?)')
    .run(sourceId, specification.title, specification.version, specification.dialect, JSON.stringify(specification.servers)).lastId;

const WIDTH = CALL_NUMBERS.length;
const TEXTS = CALL_TEXTS.length;
const RECORD_COLUMN = CALL_NUMBERS.indexOf('record');

/** Columns of a batch that hold something for some call, by their place in a row. */
interface PresentColumns {
  readonly numbers: readonly number[];
  readonly texts: readonly number[];
}

function presentColumns({ calls, numbers, lengths }: EncodedBatch): PresentColumns {
  const isThere = (column: number, width: number, isPresent: (at: number) => boolean): boolean => {
    for (let call = 0; call < calls; call += 1) if (isPresent(call * width + column)) return true;
    return false;
  };
  return {
    numbers: CALL_NUMBERS.map((_, column) => column).filter((column) => isThere(column, WIDTH, (at) => !Number.isNaN(numbers[at]))),
    texts: CALL_TEXTS.map((_, column) => column).filter((column) => isThere(column, TEXTS, (at) => (lengths[at] ?? -1) >= 0)),
  };
}

/**
 * Inserts of calls that name only the columns which a batch has: binding NULL for the other half of the columns took more than
 * half the time of an access log's rows (4.4 µs a row against 2.0).
 */
function narrowInserts(db: SqlDriver): { readonly for: (present: PresentColumns) => BulkInsert } {
  const known = new Map<string, BulkInsert>();
  return {
    for(present) {
      const key = `${present.numbers.join()};${present.texts.join()}`;
      let insert = known.get(key);
      if (insert === undefined) {
        const columns = [...present.numbers.map((column) => CALL_NUMBERS[column]), ...present.texts.map((column) => CALL_TEXTS[column])];
        insert = bulkInsert(db, 'call', ['id', 'source_id', ...columns.filter((column) => column !== undefined)]);
        known.set(key, insert);
      }
      return insert;
    },
  };
}

/** A writer for the raw tables of an open case. */
export function createRawWriter(db: SqlDriver): RawWriter {
  const term = interner(db);
  const credential = credentialStore(db);
  const callInserts = narrowInserts(db);
  const details = db.prepare('INSERT INTO detail_block (first_call_id, last_call_id, data) VALUES (?, ?, ?)');
  const values = db.prepare('INSERT INTO value (call_id, sent, answered, data) VALUES (?, ?, ?, ?)');
  const dataSeen = bulkInsert(db, 'data_seen', ['call_id', 'side', 'pointer_id', 'type', 'count']);
  const exposures = bulkInsert(db, 'exposure', ['call_id', 'side', 'pointer_id', 'type', 'credential_id']);
  const issues = bulkInsert(db, 'issue', ['source_id', 'record', 'byte_start', 'byte_length', 'severity', 'code', 'message', 'excerpt']);
  const operations = bulkInsert(db, 'operation', [
    'specification_id', 'record', 'byte_start', 'byte_length', 'method', 'path', 'operation_id', 'summary',
    'deprecated', 'secured', 'security', 'tags', 'request_fields', 'response_fields', 'contract',
  ]); // prettier-ignore
  const traceOwners = bulkInsert(db, 'trace_owner', ['source_id', 'trace_id', 'user', 'agent']);
  const innerSpans = bulkInsert(db, 'inner_span', ['source_id', 'trace_id', 'span_id', 'parent_span_id', 'service', 'agent', 'user']);
  const specificationOf = new Map<number, number>();
  let nextCall = nextId(db, 'call');

  const addRows = (sourceId: number, batch: EncodedBatch, names: ReaderNames, linesBefore: number): void => {
    const { numbers, lengths, text } = batch;
    const columns = presentColumns(batch);
    const calls = callInserts.for(columns);
    let place = 0;
    for (let index = 0; index < batch.calls; index += 1) {
      calls.addWith((into, at) => {
        into[at] = nextCall + index;
        into[at + 1] = sourceId;
        let next = at + 2;
        const row = index * WIDTH;
        for (const column of columns.numbers) {
          const number = numbers[row + column] ?? Number.NaN;
          into[next] = Number.isNaN(number)
            ? null
            : column >= FIRST_TERM_COLUMN
              ? (names.terms[number] ?? null)
              : column === CREDENTIAL_COLUMN
                ? (names.credentials[number] ?? null)
                : column === RECORD_COLUMN
                  ? number + linesBefore
                  : number;
          next += 1;
        }
        for (const column of columns.texts) {
          const length = lengths[index * TEXTS + column] ?? -1;
          into[next] = length < 0 ? null : text.slice(place, place + length);
          if (length > 0) place += length;
          next += 1;
        }
      });
    }
    calls.flush();
  };

  /** Rows of five: the call becomes its id, the other numbers what `toValues` make of them. */
  const addNotes = (rows: Float64Array, table: BulkInsert, toValues: readonly ((number: number) => SqlValue)[]): void => {
    for (let row = 0; row < rows.length; row += NOTE_WIDTH) {
      table.addWith((into, at) => {
        into[at] = nextCall + (rows[row] ?? 0);
        for (const [index, toValue] of toValues.entries()) into[at + 1 + index] = toValue(rows[row + 1 + index] ?? 0);
      });
    }
    table.flush();
  };
  /** Values stand together by call, as they were found. */
  const addValues = (rows: Float64Array, names: ReaderNames): void => {
    for (let row = 0; row < rows.length;) {
      const call = rows[row] ?? 0;
      const list: ListedValue[] = [];
      let answered = 0;
      for (; row < rows.length && rows[row] === call; row += NOTE_WIDTH) {
        const [side = 0, pointer = 0, fingerprint = 0, bits = 0] = rows.subarray(row + 1, row + NOTE_WIDTH);
        list.push({ side, pointerId: names.terms[pointer] ?? 0, fingerprint, bits });
        answered += side;
      }
      values.run(nextCall + call, list.length - answered, answered, packValues(list));
    }
  };
  const learn = (batch: EncodedBatch, names: ReaderNames): void => {
    if (batch.restarts) {
      names.terms.length = 0;
      names.texts.length = 0;
      names.credentials.length = 0;
    }
    for (const text of batch.terms) {
      names.terms.push(present(term(text), 'a term has an id'));
      names.texts.push(text);
    }
    for (const seen of batch.credentials) names.credentials.push(credential(seen));
  };

  return {
    beginSource(start) {
      let containerId: number | null = null;
      if (start.container !== undefined) {
        const { name, sha256, bytes } = start.container;
        containerId =
          db.prepare('SELECT id FROM container WHERE name = ? AND sha256 = ?').get<{ id: number }>(name, sha256)?.id ??
          db.prepare('INSERT INTO container (name, sha256, bytes) VALUES (?, ?, ?)').run(name, sha256, bytes).lastId;
      }
      return db
        .prepare(
          `INSERT INTO source (name, container_id, format, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
           VALUES (?, ?, ?, ?, ?, '', 0, 0, 0, 0, 0, 0, 'none', 'reading', '[]')`,
        )
        .run(start.name, containerId, orNull(start.format), start.recognizedBy, start.evidence).lastId;
    },
    endSource(sourceId, end) {
      db.prepare(
        `UPDATE source SET sha256 = ?, bytes = ?, bytes_accounted = ?, records = ?, accepted = ?, rejected = ?, skipped = ?,
           time_min = ?, time_max = ?, timezone = ?, state = ?, duplicate_of = ?, notes = ? WHERE id = ?`,
      ).run(
        end.sha256, end.bytes, end.bytesAccounted, end.records, end.accepted, end.rejected, end.skipped,
        orNull(end.timeMin), orNull(end.timeMax), end.timezone, end.state, orNull(end.duplicateOf), JSON.stringify(end.notes), sourceId,
      ); // prettier-ignore
    },
    addCalls(sourceId, batch, names, linesBefore) {
      learn(batch, names);
      addRows(sourceId, batch, names, linesBefore);
      for (const { first, last, data } of batch.details) details.run(nextCall + first, nextCall + last, data);
      const termOf = (number: number): SqlValue => names.terms[number] ?? null;
      // Sides and types are stored as texts: they are few, and people open a case with other tools.
      const textOf = (number: number): SqlValue => names.texts[number] ?? null;
      addValues(batch.values, names);
      addNotes(batch.data, dataSeen, [textOf, termOf, textOf, plain]);
      addNotes(batch.exposures, exposures, [textOf, termOf, textOf, (number) => names.credentials[number] ?? null]);
      nextCall += batch.calls;
    },
    addIssue(sourceId, issue) {
      issues.add(sourceId, orNull(issue.record), issue.at.start, issue.at.length, issue.severity, issue.code, issue.message, issue.excerpt);
    },
    addTraces(sourceId, traces) {
      for (const { traceId, user, agent, step } of traces) {
        if (step === undefined) traceOwners.add(sourceId, traceId, orNull(user), orNull(agent));
        else innerSpans.add(sourceId, traceId, step.spanId, orNull(step.parentSpanId), orNull(step.service), orNull(agent), orNull(user));
      }
      traceOwners.flush();
      innerSpans.flush();
    },
    addInventory(sourceId, item) {
      if (item.kind === 'specification') {
        specificationOf.set(sourceId, addSpecification(db, sourceId, item.specification));
        return;
      }
      let specificationId = specificationOf.get(sourceId);
      if (specificationId === undefined) {
        specificationId = addSpecification(db, sourceId, { title: '', version: '', dialect: '', servers: [] });
        specificationOf.set(sourceId, specificationId);
      }
      const { operation, record, at } = item;
      operations.add(
        specificationId, record, at.start, at.length, operation.method, operation.path, orNull(operation.operationId), orNull(operation.summary),
        operation.deprecated ? 1 : 0, operation.secured ? 1 : 0, JSON.stringify(operation.security), JSON.stringify(operation.tags),
        JSON.stringify(operation.requestFields), JSON.stringify(operation.responseFields),
        operation.contract === undefined ? '' : JSON.stringify(operation.contract),
      ); // prettier-ignore
    },
    flush() {
      issues.flush();
      operations.flush();
    },
  };
}
