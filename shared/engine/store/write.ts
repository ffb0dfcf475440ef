import type { ByteRange, ImportedOperation, ImportedSpecification } from '../../model/call.ts';
import type { EpochMicros } from '../../model/units.ts';
import type { MaskedCall, SeenCredential } from '../intake/masked-call.ts';
import type { CodecPort, ContainerRef } from '../ports.ts';
import { bulkInsert } from './bulk-insert.ts';
import { detailBlocks } from './detail-blocks.ts';
import type { SqlDriver } from './driver.ts';
import { interner } from './intern.ts';

const TIME_KINDS = { start: 0, end: 1, unknown: 2 } as const;

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

export interface IssueRecord {
  readonly record: number | undefined;
  readonly at: ByteRange;
  readonly severity: 'reject' | 'skip' | 'warning';
  readonly code: string;
  readonly message: string;
  /** Masked. */
  readonly excerpt: string;
}

/** Puts masked records into the raw tables. Every method is called inside a transaction of the import job. */
export interface RawWriter {
  beginSource(start: SourceStart): number;
  endSource(sourceId: number, end: SourceEnd): void;
  addCall(sourceId: number, record: number, at: ByteRange, masked: MaskedCall): void;
  addIssue(sourceId: number, issue: IssueRecord): void;
  addSpecification(sourceId: number, specification: ImportedSpecification): number;
  addOperation(specificationId: number, record: number, at: ByteRange, operation: ImportedOperation): void;
  /** Writes what is buffered; call before each commit. */
  flush(): void;
}

const CALL_COLUMNS = [
  'id', 'source_id', 'record', 'byte_start', 'byte_length', 'time', 'time_kind', 'duration',
  'method_id', 'scheme_id', 'host_id', 'port', 'path', 'query', 'status', 'req_bytes', 'res_bytes',
  'client_ip_id', 'user_agent_id', 'referer_id', 'consumer_id', 'credential_id',
  'trace_id', 'span_id', 'parent_span_id', 'request_id',
  'upstream_id', 'route_id', 'service_id', 'tool_id', 'content_type_id', 'flags',
] as const; // prettier-ignore

const orNull = <T extends string | number>(value: T | undefined): T | null => value ?? null;

const nextId = (db: SqlDriver, table: 'call'): number =>
  (db.prepare(`SELECT max(id) AS last FROM ${table}`).get<{ last: number | null }>()?.last ?? 0) + 1;

/** Credentials by fingerprint; the same secret is one row whatever place it was seen in. */
function credentialStore(db: SqlDriver): (seen: SeenCredential) => number {
  const known = new Map<string, number>();
  const select = db.prepare('SELECT id FROM credential WHERE fingerprint = ?');
  const insert = db.prepare('INSERT INTO credential (fingerprint, kind, masked, jwt_header, jwt_claims, label) VALUES (?, ?, ?, ?, ?, ?)');
  return (seen) => {
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

/** A writer for the raw tables of an open case. */
export function createRawWriter(db: SqlDriver, codec: CodecPort): RawWriter {
  const term = interner(db);
  const credential = credentialStore(db);
  const details = detailBlocks(db, codec);
  const calls = bulkInsert(db, 'call', CALL_COLUMNS);
  const values = bulkInsert(db, 'value', ['call_id', 'side', 'pointer_id', 'fingerprint', 'bits']);
  const dataSeen = bulkInsert(db, 'data_seen', ['call_id', 'side', 'pointer_id', 'type', 'count']);
  const exposures = bulkInsert(db, 'exposure', ['call_id', 'side', 'pointer_id', 'type', 'credential_id']);
  const issues = bulkInsert(db, 'issue', ['source_id', 'record', 'byte_start', 'byte_length', 'severity', 'code', 'message', 'excerpt']);
  const operations = bulkInsert(db, 'operation', [
    'specification_id', 'record', 'byte_start', 'byte_length', 'method', 'path', 'operation_id', 'summary',
    'deprecated', 'secured', 'security', 'tags', 'request_fields', 'response_fields',
  ]); // prettier-ignore
  let callId = nextId(db, 'call');

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
    addCall(sourceId, record, at, masked) {
      const { call } = masked;
      const id = callId++;
      calls.add(
        id, sourceId, record, at.start, at.length,
        orNull(call.time), TIME_KINDS[call.timeKind], call.durationMs === undefined ? null : Math.round(call.durationMs * 1000),
        term(call.method), term(call.scheme), term(call.host), orNull(call.port), orNull(call.path), orNull(call.query),
        orNull(call.status), orNull(call.reqBytes), orNull(call.resBytes),
        term(call.clientIp), term(call.userAgent), term(call.referer), term(call.consumer),
        masked.credential === undefined ? null : credential(masked.credential),
        orNull(call.traceId), orNull(call.spanId), orNull(call.parentSpanId), orNull(call.requestId),
        term(call.upstream), term(call.route), term(call.service), term(call.tool), term(call.contentType), masked.flags,
      ); // prettier-ignore
      details.add(id, masked.detail);
      for (const value of masked.values)
        values.add(id, value.side === 'response' ? 1 : 0, term(value.pointer), value.fingerprint, value.bits);
      for (const seen of masked.data) dataSeen.add(id, seen.side, term(seen.pointer), seen.type, seen.count);
      for (const exposure of masked.exposures)
        exposures.add(id, exposure.side, term(exposure.pointer), exposure.type, credential(exposure.credential));
    },
    addIssue(sourceId, issue) {
      issues.add(sourceId, orNull(issue.record), issue.at.start, issue.at.length, issue.severity, issue.code, issue.message, issue.excerpt);
    },
    addSpecification: (sourceId, specification) =>
      db
        .prepare('INSERT INTO specification (source_id, title, version, dialect, servers) VALUES (?, ?, ?, ?, ?)')
        .run(sourceId, specification.title, specification.version, specification.dialect, JSON.stringify(specification.servers)).lastId,
    addOperation(specificationId, record, at, operation) {
      operations.add(
        specificationId, record, at.start, at.length, operation.method, operation.path, orNull(operation.operationId), orNull(operation.summary),
        operation.deprecated ? 1 : 0, operation.secured ? 1 : 0, JSON.stringify(operation.security), JSON.stringify(operation.tags),
        JSON.stringify(operation.requestFields), JSON.stringify(operation.responseFields),
      ); // prettier-ignore
    },
    flush() {
      calls.flush();
      details.flush();
      values.flush();
      dataSeen.flush();
      exposures.flush();
      issues.flush();
      operations.flush();
    },
  };
}
