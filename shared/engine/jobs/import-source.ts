import { AppError, toAppError } from '../../contract/errors.ts';
import { epochMicros, type EpochMicros } from '../../model/units.ts';
import type { ReadSettings } from '../../model/read-settings.ts';
import { recognize } from '../importers/recognize.ts';
import type { ByteSource, ContainerRef, CryptoPort } from '../ports.ts';
import { CALL_NUMBERS, type EncodedBatch } from '../reading/encoded-batch.ts';
import type { NamedBatch, SourceReader } from '../reading/source-reader.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { RawWriter, SourceEnd } from '../store/write.ts';
import { isBroken, peekSource } from './peek-source.ts';

export interface ImportTools {
  readonly db: SqlDriver;
  readonly writer: RawWriter;
  readonly reader: SourceReader;
  /** Masks a text of the evidence. */
  readonly maskText: (text: string) => string;
  readonly crypto: CryptoPort;
  readonly signal: AbortSignal;
  readonly breathe: () => Promise<void>;
  /** Bytes of this source read so far. */
  readonly onBytes: (bytes: number) => void;
  readonly zone: { readonly offsetMinutes: number; readonly given: boolean };
}

interface Tally {
  accepted: number;
  rejected: number;
  skipped: number;
  timeMin: EpochMicros | undefined;
  timeMax: EpochMicros | undefined;
  timed: number;
  zoneAssumed: number;
  readonly notes: string[];
  /** Codes of warnings that are said once. */
  readonly said: Set<string>;
  /** Records of other formats than the source's, by format. */
  readonly strays: Map<string, number>;
  /** Lines of the parts before this one. */
  linesBefore: number;
}

/** How a source is to be read: what the analyst said, or nothing. */
export interface ReadRequest {
  /** Importer id that overrules recognition. */
  readonly format: string | undefined;
  readonly settings: ReadSettings;
}

/** What one source became; `failure` when it could not be read to its end. */
export interface ImportedSource {
  readonly sourceId: number;
  readonly accepted: number;
  readonly failure: { readonly code: string; readonly message: string } | undefined;
}

/** SHA-256 of a source, read once more for it. */
async function hashOf(source: ByteSource, crypto: CryptoPort, breathe: () => Promise<void>): Promise<string> {
  const digest = crypto.sha256();
  for await (const chunk of source.chunks()) {
    digest.update(chunk);
    await breathe();
  }
  return digest.hex();
}

/** The name under which the case already holds the same bytes, if it does. Only sources of the same size are hashed. */
async function findDuplicate(
  source: ByteSource,
  tools: ImportTools,
): Promise<{ readonly name: string; readonly sha256: string; readonly bytes: number } | undefined> {
  const candidates = tools.db
    .prepare("SELECT name, sha256, bytes FROM source WHERE state IN ('complete', 'failed') AND sha256 <> '' AND (? IS NULL OR bytes = ?)")
    .all<{ name: string; sha256: string; bytes: number }>(source.size ?? null, source.size ?? null);
  if (candidates.length === 0) return undefined;
  let sha256: string;
  try {
    sha256 = await hashOf(source, tools.crypto, tools.breathe);
  } catch (thrown) {
    if (isBroken(thrown)) return undefined; // it fails again, with its place, when it is read
    throw thrown;
  }
  return candidates.find((candidate) => candidate.sha256 === sha256);
}

/** The source's name, made unique in the case: references to calls begin with it. */
function uniqueName(db: SqlDriver, name: string): string {
  const taken = db.prepare('SELECT 1 FROM source WHERE name = ?');
  let unique = name;
  for (let copy = 2; taken.get(unique) !== undefined; copy++) unique = `${name}~${String(copy)}`;
  return unique;
}

/** Puts one batch of a reader into the store. */
function storeBatch({ batch, names }: NamedBatch, sourceId: number, tally: Tally, { writer }: ImportTools): void {
  const { linesBefore } = tally;
  writer.addCalls(sourceId, batch, names, linesBefore);
  tally.accepted += batch.calls;
  tally.timed += batch.timed;
  tally.zoneAssumed += batch.zoneAssumed;
  tallyTimes(batch, tally);
  for (const issue of batch.issues) {
    if (issue.once) {
      if (tally.said.has(issue.code)) continue;
      tally.said.add(issue.code);
    }
    if (issue.severity === 'reject') tally.rejected += 1;
    if (issue.severity === 'skip') tally.skipped += 1;
    writer.addIssue(sourceId, { ...issue, record: issue.record === undefined ? undefined : issue.record + linesBefore });
  }
  for (const item of batch.inventory) {
    writer.addInventory(sourceId, item);
    if (item.kind === 'operation') tally.accepted += 1;
  }
  for (const note of batch.notes) if (!tally.notes.includes(note)) tally.notes.push(note);
  for (const [format, records] of batch.strays) tally.strays.set(format, (tally.strays.get(format) ?? 0) + records);
  tally.linesBefore += batch.linesOfPart;
}

const TIME_COLUMN = CALL_NUMBERS.indexOf('time');

function tallyTimes({ numbers }: EncodedBatch, tally: Tally): void {
  for (let at = TIME_COLUMN; at < numbers.length; at += CALL_NUMBERS.length) {
    const time = numbers[at] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    if (tally.timeMin === undefined || time < tally.timeMin) tally.timeMin = epochMicros(time);
    if (tally.timeMax === undefined || time > tally.timeMax) tally.timeMax = epochMicros(time);
  }
}

/** Imports one source: recognise, read, mask, store, and close its ledger whatever happens. */
export async function importSource(
  source: ByteSource,
  container: ContainerRef | undefined,
  how: ReadRequest,
  tools: ImportTools,
): Promise<ImportedSource> {
  const { db, writer, crypto, maskText } = tools;
  const tally: Tally = {
    accepted: 0,
    rejected: 0,
    skipped: 0,
    timeMin: undefined,
    timeMax: undefined,
    timed: 0,
    zoneAssumed: 0,
    notes: [...(container?.notes ?? [])],
    said: new Set(),
    strays: new Map(),
    linesBefore: 0,
  };
  const duplicate = await findDuplicate(source, tools);
  const name = uniqueName(db, source.name);
  const end = (sourceId: number, rest: Pick<SourceEnd, 'sha256' | 'bytes' | 'bytesAccounted' | 'state' | 'duplicateOf'>): void => {
    db.transaction(() => {
      writer.flush();
      writer.endSource(sourceId, {
        ...rest,
        records: tally.accepted + tally.rejected + tally.skipped,
        accepted: tally.accepted,
        rejected: tally.rejected,
        skipped: tally.skipped,
        timeMin: tally.timeMin,
        timeMax: tally.timeMax,
        timezone: tally.timed === 0 ? 'none' : tally.zoneAssumed === 0 ? 'in the data' : tools.zone.given ? 'given' : 'assumed UTC',
        notes: tally.notes,
      });
    });
  };

  if (duplicate !== undefined) {
    const sourceId = db.transaction(() =>
      writer.beginSource({ name, container, format: undefined, recognizedBy: 'none', evidence: `the same bytes as ${duplicate.name}` }),
    );
    end(sourceId, {
      sha256: duplicate.sha256,
      bytes: duplicate.bytes,
      bytesAccounted: duplicate.bytes,
      state: 'duplicate',
      duplicateOf: duplicate.name,
    });
    return { sourceId, accepted: 0, failure: undefined };
  }

  const peeked = await peekSource(source, crypto.sha256(), tools.onBytes);
  const choice = recognize(peeked.head, source.name, how.format, how.settings);
  const { importer } = choice;
  const sourceId = db.transaction(() =>
    writer.beginSource({
      name,
      container,
      format: importer?.id,
      recognizedBy: importer === undefined ? 'none' : choice.recognizedBy,
      evidence: choice.why,
    }),
  );
  const finish = (state: SourceEnd['state'], accounted: number): void => {
    db.transaction(() => {
      for (const warning of source.warnings?.() ?? []) {
        const at = { start: 0, length: peeked.bytesRead() };
        writer.addIssue(sourceId, {
          record: undefined,
          at,
          severity: 'warning',
          code: warning.code,
          message: maskText(warning.message),
          excerpt: '',
        });
      }
    });
    end(sourceId, { sha256: peeked.digest.hex(), bytes: peeked.bytesRead(), bytesAccounted: accounted, state, duplicateOf: undefined });
  };

  try {
    if (importer === undefined) {
      await peeked.drain();
      db.transaction(() => {
        writer.addIssue(sourceId, {
          record: undefined,
          at: { start: 0, length: peeked.bytesRead() },
          severity: 'skip',
          code: 'UNRECOGNIZED',
          message: choice.why,
          excerpt: '',
        });
      });
      finish('complete', peeked.bytesRead());
      return { sourceId, accepted: 0, failure: undefined };
    }
    const batches = tools.reader.read({ ...choice, importer }, peeked.source, peeked.head, {
      signal: tools.signal,
      zoneOffsetMinutes: tools.zone.offsetMinutes,
      settings: choice.settings,
      onBytes: () => undefined,
    });
    for await (const batch of batches) {
      db.transaction(() => {
        storeBatch(batch, sourceId, tally, tools);
        writer.flush();
      });
      await tools.breathe();
    }
    await peeked.drain();
    for (const [stray, count] of tally.strays)
      tally.notes.push(`${String(count)} of the records are of another format and were read as ${stray}.`);
    finish('complete', peeked.bytesRead());
    return { sourceId, accepted: tally.accepted, failure: undefined };
  } catch (thrown) {
    // An importer that misses its end says so; that the bytes broke off is the reason.
    const error = toAppError(isBroken(thrown) ? (peeked.failure() ?? thrown) : thrown);
    if (error.code === 'cancelled') {
      tally.notes.push(`interrupted on request after ${String(peeked.bytesRead())} bytes; what was read until then is kept`);
      finish('interrupted', peeked.bytesRead());
      throw error;
    }
    if (!isBroken(error)) throw error;
    const code = typeof error.details['code'] === 'string' ? error.details['code'] : 'IO_READ';
    const offset = typeof error.details['offset'] === 'number' ? error.details['offset'] : peeked.bytesRead();
    await peeked.drain().catch(() => undefined); // the bytes that cannot be read are the failure already reported
    const message = maskText(error.message);
    tally.notes.push(message);
    db.transaction(() => {
      writer.addIssue(sourceId, {
        record: undefined,
        at: { start: offset, length: Math.max(0, peeked.bytesRead() - offset) },
        severity: 'warning',
        code,
        message,
        excerpt: '',
      });
    });
    finish('failed', Math.min(offset, peeked.bytesRead()));
    return { sourceId, accepted: tally.accepted, failure: { code, message: error instanceof AppError ? message : 'unreadable' } };
  }
}
