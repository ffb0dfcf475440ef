import type { ImportSummary } from '../../contract/report-json.ts';
import type { CallContext } from '../../contract/methods.ts';
import { breather } from '../breathe.ts';
import { createIntake } from '../intake/intake.ts';
import type { EnginePorts, ExpandRequest } from '../ports.ts';
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

/** Names of the sources that the import being resumed has dealt with, the one that it died on included. */
function alreadyDone(db: SqlDriver, resume: boolean): ReadonlySet<string> {
  if (!resume) {
    setMeta(db, 'import_from', String(db.prepare('SELECT max(id) AS last FROM source').get<{ last: number | null }>()?.last ?? 0));
    return new Set();
  }
  const from = Number(getMeta(db, 'import_from') ?? '0');
  return new Set(
    db
      .prepare('SELECT name FROM source WHERE id > ?')
      .all<{ name: string }>(from)
      .map((row) => row.name),
  );
}

/** Revision of the evidence: rises with every import that added something; passes compare theirs with it. */
export const evidenceRevision = (db: SqlDriver): number => Number(getMeta(db, 'evidence_revision') ?? '0');

/** Reads paths into the case, one source after the other. What was committed before a cancel stays. */
export async function runImport(db: SqlDriver, ports: EnginePorts, request: ImportRequest, context: CallContext): Promise<ImportSummary> {
  const startedAt = ports.clock();
  const offsetMinutes = request.zone === undefined ? 0 : zoneOffset(request.zone);
  const writer = createRawWriter(db, ports.codec);
  const intake = createIntake(ports.crypto, caseKey(db));
  const breathe = breather(ports, context.signal);
  const total = await ports.evidence.size(request.paths);
  const passedOver = alreadyDone(db, request.resume === true);
  const importFrom = Number(getMeta(db, 'import_from') ?? '0');
  const failures: { name: string; code: string; message: string }[] = [];
  let done = 0;
  let accepted = 0;
  try {
    for await (const item of ports.evidence.expand(request.paths, context.signal)) {
      if (item.kind === 'failure') {
        failures.push({ name: item.name, code: item.code, message: item.message });
        continue;
      }
      if (passedOver.has(item.source.name)) continue;
      let ofThis = 0;
      const tools = {
        db,
        writer,
        intake,
        crypto: ports.crypto,
        signal: context.signal,
        breathe,
        zone: { offsetMinutes, given: request.zone !== undefined },
        onBytes: (bytes: number) => {
          ofThis = bytes;
          context.progress({ step: item.source.name, done: done + bytes, total: Math.max(total, done + bytes), unit: 'bytes' });
        },
      };
      const result = await importSource(item.source, item.container, item.format, tools);
      done += ofThis;
      accepted += result.accepted;
      if (result.failure !== undefined) failures.push({ name: item.source.name, ...result.failure });
    }
  } finally {
    recordFailures(db, failures);
    context.progress({ step: 'building indices', done: 0, unit: 'steps' });
    db.exec(firstIndices);
    db.exec('PRAGMA optimize');
    setMeta(db, 'evidence_revision', String(evidenceRevision(db) + 1));
    bumpRevision(db);
  }
  const sources = listSources(db).filter((source) => source.id > importFrom);
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
function recordFailures(db: SqlDriver, failures: readonly { name: string; code: string; message: string }[]): void {
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
