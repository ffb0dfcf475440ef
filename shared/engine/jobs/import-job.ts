import type { RaisedLimits, SourceChoice } from '../../contract/intake-review.ts';
import type { ReadChoice } from '../../contract/read-choice.ts';
import type { ImportSummary } from '../../contract/report-json.ts';
import type { CallContext } from '../../contract/methods.ts';
import { breather } from '../breathe.ts';
import type { IssueCode } from '../importers/issue-codes.ts';
import { createIntake } from '../intake/intake.ts';
import type { EnginePorts, Expanded, ExpandRequest } from '../ports.ts';
import { knownSecrets } from '../reading/known-secrets.ts';
import { openReader } from '../reading/open-reader.ts';
import type { SqlDriver } from '../store/driver.ts';
import { bumpRevision, getMeta } from '../store/meta.ts';
import { firstIndices } from '../store/migrations/0001-first.ts';
import { caseKey } from '../store/open.ts';
import { readKeys } from '../store/read/knowledge.ts';
import { listSources, toSourceJson } from '../store/read/sources.ts';
import { createRawWriter } from '../store/write.ts';
import { declaredSettings, findDeclaredFormats } from './declared.ts';
import { findEarlierReads, readHead } from './earlier-reads.ts';
import { beginImport, passOver, recordFailures, setBegun, setTrying, type Failure } from './import-begin.ts';
import { importChoices } from './import-choices.ts';
import { importMeter } from './import-meter.ts';
import { importSource } from './import-source.ts';
import { closeInterrupted } from './interrupted.ts';
import { createPauseGate, type PauseGate } from './pause-gate.ts';
import { findReread } from './reread.ts';
import { closeSearch, openSearch } from './secret-pass.ts';
import { trackingWriter } from './tracking-writer.ts';
import { finishWithdrawals, refuseSource, withdrawById } from './withdraw.ts';
import { readZone } from './zone.ts';

export interface ImportRequest {
  readonly paths: readonly (ExpandRequest & ReadChoice)[];
  /** For stamps that carry none, in paths that name no zone of their own. */
  readonly zone?: string | undefined;
  /** Goes on with an import whose process died: what it has closed a ledger for is passed over. */
  readonly resume?: boolean | undefined;
  /** Reads what the case holds already anew, and withdraws what it held. */
  readonly replace?: boolean | undefined;
  /** Sources of the case that are read anew; everything else in the paths is passed over. */
  readonly reread?: readonly string[] | undefined;
  /** How single sources are read, and which are left out, by name. */
  readonly sources?: readonly SourceChoice[] | undefined;
  readonly limits?: RaisedLimits | undefined;
}

type Item = Extract<Expanded, { kind: 'source' }>;

/** Failures that say that a member is not what its archive declares: nothing of it is used, also what was read before. */
const REFUSED: ReadonlySet<string> = new Set(['ARC_SIZE', 'ARC_RATIO'] satisfies IssueCode[]);

/** Revision of the evidence: rises with every import and withdrawal; passes compare theirs with it. */
export const evidenceRevision = (db: SqlDriver): number => Number(getMeta(db, 'evidence_revision') ?? '0');

/** The paths as the evidence port gets them: it hands `format` on with each source, here as the place of the source's path. */
const tagged = (request: ImportRequest): readonly ExpandRequest[] =>
  request.paths.map(({ path, name }, index) => ({ path, name, format: String(index) }));

/**
 * Reads paths into the case, one source after the other. What was committed before a cancel stays. An earlier read of the same
 * bytes that broke off is withdrawn first, so that no record counts twice.
 */
export async function runImport(
  db: SqlDriver,
  ports: EnginePorts,
  request: ImportRequest,
  context: CallContext,
  gate: PauseGate = createPauseGate(),
): Promise<ImportSummary> {
  const startedAt = ports.clock();
  const choices = importChoices(request);
  const rested = breather(ports, context.signal);
  const meter = importMeter(context.progress, ports.clock, await ports.evidence.size(request.paths));
  const breathe = async (): Promise<void> => {
    await gate.pass(context.signal, meter.hold);
    await rested();
  };
  closeInterrupted(db);
  await finishWithdrawals(db, rested);
  const reread = request.reread === undefined ? undefined : findReread(db, request.reread);
  const start = beginImport(db, request.resume === true);
  const { failures } = start;
  const formats = await findDeclaredFormats(ports.evidence, tagged(request), context.signal, rested);
  const declared = declaredSettings(db, formats);
  const since = openSearch(db, request.resume === true ? start.from : undefined);
  const secrets = knownSecrets();
  const writer = createRawWriter(db);
  const reader = openReader(ports, caseKey(db), readKeys(db, 'jwks'));
  const intake = createIntake(ports.crypto, caseKey(db));

  /** Reads one source, once what the case holds of it from before is withdrawn. */
  const readItem = async (item: Item, number: number): Promise<void> => {
    const choice = choices.of(item);
    const source = meter.watch(item.source);
    const head = await readHead(source, ports.crypto);
    const unclaimed = choice.format !== undefined || Object.keys({ ...declared, ...choice.settings }).length > 0;
    const scope = { upTo: start.from, replace: request.replace === true, unclaimed, only: reread?.idsOf(source.name) };
    const earlier = await findEarlierReads(db, source, head, scope, { crypto: ports.crypto, breathe });
    if (reread?.takes(source.name, earlier) === false) {
      setBegun(db, number);
      return;
    }
    const again = earlier.map(
      ({ name, state, accepted }) =>
        `read again: an earlier read, ${name} (${state}, ${String(accepted)} accepted records), was withdrawn before it`,
    );
    const notes = [...again, ...choices.notesOf(item)];
    if (earlier.length > 0)
      await withdrawById(
        db,
        earlier.map(({ id }) => id),
        'its bytes were read again',
        rested,
      );
    const tracked = { number, givenName: source.name, choice, head, notes };
    const result = await importSource(
      source,
      item.container,
      { format: choice.format, settings: { ...declared, ...choice.settings } },
      {
        db,
        writer: trackingWriter(db, writer, { ...tracked, formats: formats.filter(({ where }) => where === source.name) }, meter),
        reader,
        maskText: (text: string) => intake.maskText(text),
        crypto: ports.crypto,
        secrets,
        signal: context.signal,
        breathe,
        zone: choice.zone === undefined ? undefined : { ...readZone(choice.zone), given: choice.zone },
        onBytes: meter.read,
      },
    );
    if (result.failure === undefined) return;
    failures.push({ name: source.name, ...result.failure });
    if (REFUSED.has(result.failure.code)) await refuseSource(db, result.sourceId, rested);
  };

  const isPassedOver = (name: string): boolean => (reread === undefined ? choices.leavesOut(name) : reread.idsOf(name).length === 0);
  let seen = 0;
  gate.setImporting(true);
  try {
    const onPlanned = (sources: readonly Pick<Item['source'], 'name' | 'size'>[]): void => {
      meter.expect(sources.filter(({ name }) => !isPassedOver(name)));
    };
    const expanding = { onBytes: meter.prepare, onPlanned, limits: request.limits };
    for await (const item of ports.evidence.expand(tagged(request), context.signal, expanding)) {
      if (item.kind === 'failure') {
        if (reread === undefined) failures.push({ name: item.name, code: item.code, message: item.message });
        continue;
      }
      if (isPassedOver(item.source.name)) continue;
      seen += 1;
      if (seen <= start.done) {
        meter.skip(item.source);
        continue;
      }
      if (seen === start.diedOn) {
        failures.push(passOver(db, seen, item.source.name));
        continue;
      }
      setTrying(db, seen);
      meter.begin(item.source);
      await readItem(item, seen);
      meter.end();
    }
    reread?.checkAll();
  } finally {
    gate.setImporting(false);
    reader.end();
    recordFailures(db, start.from, failures);
    context.progress({ step: 'looking for secrets once more', done: 0, unit: 'steps' });
    // Also after a cancel: what was stored until then is kept.
    const { signal } = new AbortController();
    await closeSearch(secrets, since, {
      db,
      codec: ports.codec,
      crypto: ports.crypto,
      caseKey: caseKey(db),
      breathe: breather(ports, signal),
    });
    context.progress({ step: 'building indices', done: 0, unit: 'steps' });
    db.exec(firstIndices);
    db.exec('PRAGMA optimize');
    bumpRevision(db);
  }
  return toSummary(db, start.from, failures, Math.round(ports.clock() - startedAt));
}

/** What the sources after `from` became. */
function toSummary(db: SqlDriver, from: number, failures: readonly Failure[], durationMs: number): ImportSummary {
  const sources = listSources(db).filter((source) => source.id > from && source.state !== 'withdrawn');
  const sum = (pick: (source: (typeof sources)[number]) => number): number => sources.reduce((total, source) => total + pick(source), 0);
  return {
    case: getMeta(db, 'title') ?? '',
    sources: sources.map(toSourceJson),
    totals: {
      records: sum((source) => source.records),
      accepted: sum((source) => source.accepted),
      rejected: sum((source) => source.rejected),
      skipped: sum((source) => source.skipped),
      calls: db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? 0,
    },
    skippedFor: readSkipReasons(db, from),
    durationMs,
    failures,
  };
}

/** Reasons that are told of one source; a reason may quote its record, so there may be as many as records. */
const SKIP_REASONS = 3;

/** Why records of the sources after `from` were skipped; a file that no format claims has no records. */
const readSkipReasons = (db: SqlDriver, from: number): ImportSummary['skippedFor'] =>
  db
    .prepare(
      `SELECT name, reason, records FROM (
         SELECT s.name, s.id, i.message AS reason, count(*) AS records, row_number() OVER (PARTITION BY s.id ORDER BY count(*) DESC, i.message) AS place
           FROM issue i JOIN source s ON s.id = i.source_id WHERE s.id > ? AND s.state <> 'withdrawn' AND i.severity = 'skip' AND i.record IS NOT NULL GROUP BY s.id, i.message)
        WHERE place <= ? ORDER BY name, id, place`,
    )
    .all<{ name: string; reason: string; records: number }>(from, SKIP_REASONS);
