import type { ImportSummary } from '../../contract/report-json.ts';
import type { CallContext } from '../../contract/methods.ts';
import { breather } from '../breathe.ts';
import { createIntake } from '../intake/intake.ts';
import type { EnginePorts, ExpandRequest } from '../ports.ts';
import { openReader } from '../reading/open-reader.ts';
import type { SqlDriver } from '../store/driver.ts';
import { bumpRevision, getMeta, setMeta } from '../store/meta.ts';
import { firstIndices } from '../store/migrations/0001-first.ts';
import { caseKey } from '../store/open.ts';
import { listSources, toSourceJson } from '../store/read/sources.ts';
import { createRawWriter } from '../store/write.ts';
import { importSource } from './import-source.ts';
import { zoneOffset } from './zone.ts';

export interface ImportRequest {
  readonly paths: readonly ExpandRequest[];
  readonly zone?: string | undefined;
  /** Goes on with an import whose process died: what it has closed a ledger for is passed over. */
  readonly resume?: boolean | undefined;
}

/** A source or path that could not be read, as the summary and the case list it. */
interface Failure {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** How an import begins: where its sources start in the case, and what it did before its process died. */
interface Start {
  /** Id of the last source before this import. */
  readonly from: number;
  /** Sources that it has dealt with, the one that it died on included; they come in the same order again. */
  readonly done: number;
  readonly failures: Failure[];
}

/**
 * Notes that evidence is coming, before the first of it does: an analysis is then out of date even if this process dies.
 * A source's name cannot say whether it was dealt with, since the case may have had the name taken already.
 */
function begin(db: SqlDriver, resume: boolean): Start {
  setMeta(db, 'evidence_revision', String(evidenceRevision(db) + 1));
  if (!resume) {
    const from = db.prepare('SELECT max(id) AS last FROM source').get<{ last: number | null }>()?.last ?? 0;
    setMeta(db, 'import_from', String(from));
    return { from, done: 0, failures: [] };
  }
  const from = Number(getMeta(db, 'import_from') ?? '0');
  const done = db.prepare('SELECT count(*) AS n FROM source WHERE id > ?').get<{ n: number }>(from)?.n ?? 0;
  const failures = db
    .prepare(
      `SELECT s.name, i.code, i.message FROM source s JOIN issue i ON i.id = (SELECT max(id) FROM issue WHERE source_id = s.id AND record IS NULL)
       WHERE s.id > ? AND s.state = 'failed' ORDER BY s.id`,
    )
    .all<Failure & Record<string, string>>(from)
    .map(({ name, code, message }) => ({ name, code, message }));
  return { from, done, failures };
}

/** Revision of the evidence: rises with every import; passes compare theirs with it. */
export const evidenceRevision = (db: SqlDriver): number => Number(getMeta(db, 'evidence_revision') ?? '0');

/** Reads paths into the case, one source after the other. What was committed before a cancel stays. */
export async function runImport(db: SqlDriver, ports: EnginePorts, request: ImportRequest, context: CallContext): Promise<ImportSummary> {
  const startedAt = ports.clock();
  const offsetMinutes = request.zone === undefined ? 0 : zoneOffset(request.zone);
  const writer = createRawWriter(db);
  const reader = openReader(ports, caseKey(db));
  const intake = createIntake(ports.crypto, caseKey(db));
  const breathe = breather(ports, context.signal);
  const total = await ports.evidence.size(request.paths);
  const start = begin(db, request.resume === true);
  const { failures } = start;
  let seen = 0;
  let done = 0;
  let accepted = 0;
  try {
    for await (const item of ports.evidence.expand(request.paths, context.signal)) {
      if (item.kind === 'failure') {
        failures.push({ name: item.name, code: item.code, message: item.message });
        continue;
      }
      seen += 1;
      if (seen <= start.done) continue;
      let ofThis = 0;
      const tools = {
        db,
        writer,
        reader,
        maskText: (text: string) => intake.maskText(text),
        crypto: ports.crypto,
        signal: context.signal,
        breathe,
        zone: { offsetMinutes, given: request.zone !== undefined },
        onBytes: (bytes: number) => {
          ofThis = bytes;
          context.progress({ step: item.source.name, done: done + bytes, total: Math.max(total, done + bytes), unit: 'bytes' });
        },
      };
      const result = await importSource(item.source, item.container, { format: item.format, settings: {} }, tools);
      done += ofThis;
      accepted += result.accepted;
      if (result.failure !== undefined) failures.push({ name: item.source.name, ...result.failure });
    }
  } finally {
    reader.end();
    recordFailures(db, failures);
    context.progress({ step: 'building indices', done: 0, unit: 'steps' });
    db.exec(firstIndices);
    db.exec('PRAGMA optimize');
    bumpRevision(db);
  }
  const sources = listSources(db).filter((source) => source.id > start.from);
  const sum = (pick: (source: (typeof sources)[number]) => number): number => sources.reduce((total, source) => total + pick(source), 0);
  return {
    case: getMeta(db, 'title') ?? '',
    sources: sources.map(toSourceJson),
    totals: {
      records: sum((source) => source.records),
      accepted: sum((source) => source.accepted),
      rejected: sum((source) => source.rejected),
      skipped: sum((source) => source.skipped),
      calls: db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? accepted,
    },
    durationMs: Math.round(ports.clock() - startedAt),
    failures,
  };
}

/** Keeps what could not be opened at all in the case, so that Evidence and the report can say so. */
function recordFailures(db: SqlDriver, failures: readonly Failure[]): void {
  const known = db.prepare('SELECT 1 FROM source WHERE name = ?');
  db.transaction(() => {
    for (const failure of failures) {
      if (known.get(failure.name) !== undefined) continue;
      const sourceId = db
        .prepare(
          `INSERT INTO source (name, container_id, format, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
           VALUES (?, NULL, NULL, 'none', ?, '', 0, 0, 0, 0, 0, 0, 'none', 'failed', '[]')`,
        )
        .run(failure.name, failure.message).lastId;
      db.prepare(
        "INSERT INTO issue (source_id, record, byte_start, byte_length, severity, code, message, excerpt) VALUES (?, NULL, 0, 0, 'warning', ?, ?, '')",
      ).run(sourceId, failure.code, failure.message);
    }
  });
}
