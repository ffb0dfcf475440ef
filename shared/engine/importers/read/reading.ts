import { AppError } from '../../../contract/errors.ts';
import type { ByteRange, ImportedCall } from '../../../model/call.ts';
import type { TableRow } from '../../../model/table-row.ts';
import { TextBytes } from '../../../lib/text-bytes.ts';
import type { ByteSource, Imported, ReadContext } from '../importer.ts';
import type { IssueCode } from '../issue-codes.ts';

/** Records per batch: one transaction of the store each. */
const BATCH_RECORDS = 1000;
/** Source bytes after which a batch goes out even if it has few records, so that large bodies do not pile up. Units: bytes. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** Longest excerpt of a record that was not used. Units: characters. */
export const EXCERPT_LENGTH = 400;

/** Gathers what an importer gives out into batches of a thousand records or 4 MB. Lifetime: one read of one source. */
export class Batch {
  #items: Imported[] = [];
  #bytes = 0;
  /** How the record that is being read stands in its table: told of every item that is made of it. */
  row: TableRow | undefined;

  add(item: Imported): void {
    this.#items.push(this.row === undefined || !(item.kind === 'call' || item.kind === 'issue') ? item : { ...item, row: this.row });
    if ('at' in item) this.#bytes += item.at.length;
  }

  get full(): boolean {
    return this.#items.length >= BATCH_RECORDS || this.#bytes >= BATCH_BYTES;
  }

  get empty(): boolean {
    return this.#items.length === 0;
  }

  take(): readonly Imported[] {
    const items = this.#items;
    this.#items = [];
    this.#bytes = 0;
    return items;
  }
}

/** A record that is not used, or used with a doubt. `text` is where the excerpt comes from. */
export function toIssue(
  severity: 'reject' | 'skip' | 'warning',
  code: IssueCode,
  message: string,
  where: { readonly record: number | undefined; readonly at: ByteRange },
  text: string,
): Imported & { readonly kind: 'issue' } {
  return { kind: 'issue', severity, record: where.record, at: where.at, code, message, excerpt: text.slice(0, EXCERPT_LENGTH) };
}

/** `Mar 24 14:02:50`, as syslog writes it. */
const YEARLESS = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/;

/**
 * Says what is doubtful about a call's time: that it is missing or impossible, each time, and that its zone is assumed, once a
 * source. Lifetime: one read of one source.
 */
export function createTimeCheck(): (
  call: ImportedCall,
  where: { readonly record: number; readonly at: ByteRange },
  text: string,
) => Imported | undefined {
  let zoneReported = false;
  return (call, where, text) => {
    if (call.time === undefined) {
      if (call.timeText !== undefined && YEARLESS.test(call.timeText)) {
        const doubt = `a time without a year: ${call.timeText}; this and all such calls of the source are kept and sorted last`;
        return { ...toIssue('warning', 'TIME_AMBIGUOUS', doubt, where, text), once: true };
      }
      return call.timeText === undefined
        ? toIssue('warning', 'TIME_MISSING', 'no time; the call is kept and sorted last', where, text)
        : toIssue('warning', 'TIME_RANGE', `not a time between 1970 and 2254: ${call.timeText.slice(0, 60)}`, where, text);
    }
    if (call.zoneKnown || zoneReported) return undefined;
    zoneReported = true;
    const doubt = 'a time without a zone; this and all such times of the source are read in the assumed zone';
    return { ...toIssue('warning', 'TIME_AMBIGUOUS', doubt, where, text), once: true };
  };
}

/** A whole file that cannot be used. Errors: always throws AppError `damaged-file`. */
export function damaged(code: IssueCode, message: string, offset: number, cause?: unknown): never {
  throw new AppError('damaged-file', message, { code, offset }, cause === undefined ? undefined : { cause });
}

/** Stops when the caller asked for it. Errors: AppError `cancelled`. */
export function checkCancelled(signal: ReadContext['signal']): void {
  if (signal.aborted) throw signal.reason instanceof AppError ? signal.reason : new AppError('cancelled', 'cancelled on request');
}

/**
 * A source as UTF-8 chunks, with progress and cancel; `places` turns places in them into places in the source.
 * Errors: AppError `damaged-file` ENC_UNKNOWN for UTF-32.
 */
export function openText(
  source: ByteSource,
  context: ReadContext,
): { readonly chunks: AsyncGenerator<Uint8Array>; readonly places: TextBytes } {
  const places = new TextBytes(context.settings.encoding);
  async function* counted(): AsyncGenerator<Uint8Array> {
    let consumed = 0;
    for await (const chunk of source.chunks()) {
      checkCancelled(context.signal);
      yield chunk;
      consumed += chunk.length;
      context.onBytes(consumed);
    }
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* places.read(counted());
    } catch (error) {
      if (error instanceof RangeError) damaged('ENC_UNKNOWN', `${source.name}: UTF-32 text is not read; save it as UTF-8`, 0, error);
      throw error;
    }
  }
  return { chunks: chunks(), places };
}

/** The place in the source of a stretch of the UTF-8 stream. Shape: ask in rising order. */
export function toRange(places: TextBytes, start: number, length: number): ByteRange {
  const from = places.toSource(start);
  return { start: from, length: places.toSource(start + length) - from };
}
