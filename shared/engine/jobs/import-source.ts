import { AppError, toAppError } from '../../contract/errors.ts';
import type { ReadSettings } from '../../model/read-settings.ts';
import { recognize, type Choice, type ReadableChoice } from '../importers/recognize.ts';
import type { ByteSource, ContainerRef, CryptoPort } from '../ports.ts';
import type { KnownSecrets } from '../reading/known-secrets.ts';
import type { SourceReader } from '../reading/source-reader.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { RawWriter, SourceEnd } from '../store/write.ts';
import { findDuplicate, type Duplicate } from './find-duplicate.ts';
import { isBroken, peekSource, type PeekedSource } from './peek-source.ts';
import { timeSettler } from './settle-times.ts';
import { uniqueName } from './unique-name.ts';
import { newTally, storeBatch, toLedger, type Tally } from './source-tally.ts';
import type { StampZone } from './zone.ts';

export interface ImportTools {
  readonly db: SqlDriver;
  readonly writer: RawWriter;
  readonly reader: SourceReader;
  /** Masks a text of the evidence. */
  readonly maskText: (text: string) => string;
  readonly crypto: CryptoPort;
  /** Gathers the secrets that only their names gave away. */
  readonly secrets: Pick<KnownSecrets, 'add'>;
  readonly signal: AbortSignal;
  readonly breathe: () => Promise<void>;
  /** Bytes of this source read so far. */
  readonly onBytes: (bytes: number) => void;
  /** The zone that was given for stamps that name none, and as what; without one they are read as UTC. */
  readonly zone: (StampZone & { readonly given: string }) | undefined;
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

/** A source whose row is open: what it is read with, and its sums so far. */
interface OpenSource {
  readonly id: number;
  readonly source: ByteSource;
  readonly peeked: PeekedSource;
  readonly tally: Tally;
}

/** Closes a source's row: the ledger as it stands, whatever happened. */
function close({ id, source, peeked, tally }: OpenSource, state: SourceEnd['state'], accounted: number, tools: ImportTools): void {
  const { db, writer } = tools;
  const bytes = peeked.bytesRead();
  db.transaction(() => {
    for (const { code, message } of source.warnings?.() ?? [])
      writer.addIssue(id, {
        record: undefined,
        at: { start: 0, length: bytes },
        severity: 'warning',
        code,
        message: tools.maskText(message),
        excerpt: '',
      });
    writer.flush();
    const sha256 = peeked.digest.hex();
    writer.endSource(id, {
      ...toLedger(tally, tools.zone?.given),
      sha256,
      bytes,
      bytesAccounted: accounted,
      state,
      duplicateOf: undefined,
    });
  });
}

/** The same bytes again add nothing; that they came is kept. */
function recordDuplicate(name: string, of: Duplicate, container: ContainerRef | undefined, tools: ImportTools): ImportedSource {
  const { db, writer } = tools;
  return db.transaction(() => {
    const evidence = `the same bytes as ${of.name}`;
    const sourceId = writer.beginSource({ name, container, format: undefined, recognizedBy: 'none', evidence });
    const ledger = toLedger(newTally(container?.notes ?? []), tools.zone?.given);
    const { sha256, bytes } = of;
    writer.endSource(sourceId, { ...ledger, sha256, bytes, bytesAccounted: bytes, state: 'duplicate', duplicateOf: of.name });
    return { sourceId, accepted: 0, failure: undefined };
  });
}

/** A source that no format claims is read for its hash and kept with the reason. */
async function keepUnclaimed(open: OpenSource, why: string, tools: ImportTools): Promise<ImportedSource> {
  const { id, peeked } = open;
  await peeked.drain();
  const at = { start: 0, length: peeked.bytesRead() };
  tools.db.transaction(() => {
    tools.writer.addIssue(id, { record: undefined, at, severity: 'skip', code: 'UNRECOGNIZED', message: why, excerpt: '' });
  });
  close(open, 'complete', peeked.bytesRead(), tools);
  return { sourceId: id, accepted: 0, failure: undefined };
}

async function readClaimed(
  open: OpenSource,
  choice: ReadableChoice & Pick<Choice, 'settings'>,
  tools: ImportTools,
): Promise<ImportedSource> {
  const { id, peeked, tally } = open;
  const { db, writer, signal } = tools;
  const context = { signal, zoneOffsetMinutes: tools.zone?.offsetMinutes ?? 0, settings: choice.settings, onBytes: () => undefined };
  for await (const batch of tools.reader.read(choice, peeked.source, peeked.head, context)) {
    db.transaction(() => {
      storeBatch(batch, id, tally, writer);
      writer.flush();
    });
    for (const secret of batch.batch.secrets) tools.secrets.add(secret);
    await tools.breathe();
  }
  await peeked.drain();
  close(open, 'complete', peeked.bytesRead(), tools);
  return { sourceId: id, accepted: tally.accepted, failure: undefined };
}

/** Closes a source that broke off, on request or because of its bytes. Errors: a cancel, or a bug, again. */
async function closeBroken(open: OpenSource, thrown: unknown, tools: ImportTools): Promise<ImportedSource> {
  const { id, peeked, tally } = open;
  // An importer that misses its end says so; that the bytes broke off is the reason.
  const error = toAppError(isBroken(thrown) ? (peeked.failure() ?? thrown) : thrown);
  // Not to be mistaken for the evidence's fault: the case could not be written.
  if (!(thrown instanceof AppError) && error.code !== 'cancelled') throw thrown;
  if (error.code === 'cancelled') {
    tally.notes.push('interrupted on request; the records that were stored until then are kept');
    close(open, 'interrupted', peeked.bytesRead(), tools);
    throw error;
  }
  if (!isBroken(error)) throw error;
  const code = typeof error.details['code'] === 'string' ? error.details['code'] : 'IO_READ';
  const offset = typeof error.details['offset'] === 'number' ? error.details['offset'] : peeked.bytesRead();
  await peeked.drain().catch(() => undefined); // the bytes that cannot be read are the failure already reported
  const message = tools.maskText(error.message);
  tally.notes.push(message);
  const at = { start: offset, length: Math.max(0, peeked.bytesRead() - offset) };
  tools.db.transaction(() => {
    tools.writer.addIssue(id, { record: undefined, at, severity: 'warning', code, message, excerpt: '' });
  });
  // The stretch that could not be read is accounted for by the issue that names it.
  close(open, 'failed', peeked.bytesRead(), tools);
  return { sourceId: id, accepted: tally.accepted, failure: { code, message: error instanceof AppError ? message : 'unreadable' } };
}

/** Imports one source: recognise, read, mask, store, and close its ledger whatever happens. */
export async function importSource(
  source: ByteSource,
  container: ContainerRef | undefined,
  how: ReadRequest,
  tools: ImportTools,
): Promise<ImportedSource> {
  const { db, writer } = tools;
  const duplicate = await findDuplicate(source, tools);
  const name = uniqueName(db, source.name);
  if (duplicate !== undefined) return recordDuplicate(name, duplicate, container, tools);

  const peeked = await peekSource(source, tools.crypto.sha256(), tools.onBytes);
  const choice = recognize(peeked.head, source.name, how.format, how.settings);
  const { importer, why } = choice;
  const recognizedBy = importer === undefined ? 'none' : choice.recognizedBy;
  const id = db.transaction(() => writer.beginSource({ name, container, format: importer?.id, recognizedBy, evidence: why }));
  const open: OpenSource = {
    id,
    source,
    peeked,
    tally: newTally(container?.notes ?? [], tools.zone?.named && timeSettler(tools.zone.named)),
  };
  try {
    return importer === undefined ? await keepUnclaimed(open, why, tools) : await readClaimed(open, { ...choice, importer }, tools);
  } catch (thrown) {
    return await closeBroken(open, thrown, tools);
  } finally {
    await peeked.close();
  }
}
