import { JsonCutter } from '../../../lib/json-cutter.ts';
import type { CutEnd, PathStep, Piece, Treatment, ValueKind } from '../../../lib/json-cutter.ts';
import type { Json } from '../../../lib/json.ts';
import { isUtf8 } from '../../../lib/lines.ts';
import type { TextBytes } from '../../../lib/text-bytes.ts';
import type { ByteRange } from '../../../model/call.ts';
import type { ByteSource, Imported, ReadContext } from '../importer.ts';
import { MAX_JSON_DEPTH, parseJsonRecord } from './json-records.ts';
import { Batch, openText, toIssue, toRange } from './reading.ts';

/** Largest piece that is read. Units: bytes; a span or a trace with its payloads, and bounds memory. */
export const MAX_PIECE_BYTES = 64 * 1024 * 1024;

/** A value inside of a JSON document, parsed. */
export interface ParsedPiece {
  /** Which of the documents that follow each other it stands in. */
  readonly document: number;
  readonly path: readonly PathStep[];
  readonly at: ByteRange;
  /** 1-based position among the records; 0 for a piece that is none. */
  readonly record: number;
  readonly text: string;
  readonly value: Json;
}

/** How a format takes a JSON document apart. */
export interface PieceReader {
  treat(path: readonly PathStep[], kind: ValueKind): Treatment;
  /** True when the piece at this path is a record of the ledger; other pieces say something about records. */
  isRecord(path: readonly PathStep[]): boolean;
  /** Called in the order of the source; pieces that could not be read are left out. */
  take(piece: ParsedPiece, batch: Batch): void;
  /** After the last piece. */
  finish(batch: Batch): void;
}

/**
 * Reads JSON documents whose records stand deep inside of them, without holding more than one record: a record that cannot be
 * read is rejected with its place, and what follows is read on. Several documents may follow each other, one a line or not.
 */
export async function* readPieces(source: ByteSource, context: ReadContext, reader: PieceReader): AsyncGenerator<readonly Imported[]> {
  const { chunks, places } = openText(source, context);
  // Every value that is to be cut becomes one piece, in order.
  const documents: number[] = [];
  let document = 0;
  const cutter = new JsonCutter((path, kind) => {
    if (path.length === 0) document += 1;
    const treatment = reader.treat(path, kind);
    if (treatment === 'cut') documents.push(document);
    return treatment;
  }, MAX_PIECE_BYTES);
  const batch = new Batch();
  let record = 0;
  let length = 0;
  // Decided at the end of the first line: is it a document of its own, each line is one.
  let hasLines: boolean | undefined;
  for await (const chunk of chunks) {
    for (const part of hasLines === false ? [chunk] : splitAfterLines(chunk)) {
      length += part.length;
      for (const piece of cutter.push(part)) {
        const isRecord = reader.isRecord(piece.path);
        if (isRecord) record += 1;
        const parsed = parsePiece(piece, isRecord ? record : 0, places, batch);
        const from = documents.shift() ?? document;
        if (parsed !== undefined) reader.take({ ...parsed, document: from }, batch);
        if (batch.full) yield batch.take();
      }
      if (part.at(-1) !== LF || document === 0) continue;
      hasLines ??= cutter.isBetween;
      if (!hasLines || cutter.isBetween) continue;
      // No JSON text holds a bare end of line inside of a value: what is open here was cut off.
      const cut = toCutLine(cutter.restart(), record + 1, places, length);
      documents.length = 0;
      record += 1;
      batch.add(cut);
    }
  }
  const { end } = cutter.end();
  reader.finish(batch);
  if (length === 0) batch.add({ kind: 'note', text: 'The file is empty.' });
  const issue = toEndIssue(end, record, places, length, reader);
  if (issue !== undefined) batch.add(issue);
  if (!batch.empty) yield batch.take();
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const LF = 0x0a;

/** The pieces of a chunk that end with their lines, and what is left of the last one. */
function* splitAfterLines(chunk: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
    yield chunk.subarray(from, end + 1);
    from = end + 1;
  }
  if (from < chunk.length) yield chunk.subarray(from);
}

function toCutLine(end: CutEnd, record: number, places: TextBytes, length: number): Imported {
  const from = end.kind === 'complete' ? length : end.at;
  const at = toRange(places, from, length - from);
  const what = end.kind === 'broken' ? `${end.found} cannot stand at byte ${String(at.start)}` : 'the line ends inside this record';
  const excerpt = end.kind === 'truncated' && end.start !== undefined ? decoder.decode(end.start) : '';
  return toIssue('reject', 'JSON_SYNTAX', `${what}; the next line was read`, { record, at }, excerpt);
}

/** The parsed piece; `undefined` when it cannot be used, which the batch then says. */
function parsePiece(piece: Piece, record: number, places: TextBytes, batch: Batch): Omit<ParsedPiece, 'document'> | undefined {
  const at = toRange(places, piece.start, piece.length);
  const where = { record: record === 0 ? undefined : record, at };
  const severity = record === 0 ? 'warning' : 'reject';
  if (piece.tooLong || piece.depth > MAX_JSON_DEPTH) {
    const excerpt = decoder.decode(piece.bytes.subarray(0, 512));
    if (piece.tooLong) {
      const what = `a value of ${String(piece.length)} bytes; the limit is ${String(MAX_PIECE_BYTES)}`;
      batch.add(toIssue(severity, 'LINE_TOO_LONG', what, where, excerpt));
    } else {
      const what = `nested ${String(piece.depth)} levels deep; the limit is ${String(MAX_JSON_DEPTH)}`;
      batch.add(toIssue(severity, 'JSON_DEPTH', what, where, excerpt));
    }
    return undefined;
  }
  const text = decoder.decode(piece.bytes);
  const parsed = parseJsonRecord(text, { record, at });
  if ('reject' in parsed) {
    batch.add(parsed.reject.kind === 'issue' ? { ...parsed.reject, severity, record: where.record } : parsed.reject);
    return undefined;
  }
  // Nanoseconds as numbers are in every record of such a file: one remark about them is enough.
  for (const warning of parsed.warnings) {
    batch.add(warning.kind === 'issue' ? { ...warning, record: where.record, once: warning.code === 'NUM_RANGE' } : warning);
  }
  if (text.includes('\uFFFD') && !isUtf8(piece.bytes))
    batch.add(toIssue('warning', 'ENC_INVALID', 'bytes that are not UTF-8; shown as U+FFFD', where, text));
  return { path: piece.path, at, record, text, value: parsed.value };
}

function toEndIssue(end: CutEnd, records: number, places: TextBytes, length: number, reader: PieceReader): Imported | undefined {
  if (end.kind === 'complete') return undefined;
  const at = toRange(places, end.at, length - end.at);
  if (end.kind === 'broken') {
    const message = `${end.found} cannot stand at byte ${String(at.start)}; nothing after it was read`;
    return toIssue('reject', 'JSON_SYNTAX', message, { record: records + 1, at }, '');
  }
  if (end.start !== undefined && reader.isRecord(end.path)) {
    return toIssue('reject', 'JSON_SYNTAX', 'the source ends inside this record', { record: records + 1, at }, decoder.decode(end.start));
  }
  return toIssue('warning', 'JSON_SYNTAX', 'the source ends before its last bracket', { record: undefined, at }, '');
}
