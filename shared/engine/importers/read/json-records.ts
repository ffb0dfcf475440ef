import { takeHead } from '../../../lib/bytes.ts';
import { countMembers, inspectJson } from '../../../lib/json-check.ts';
import type { Json } from '../../../lib/json.ts';
import { JsonCutter } from '../../../lib/json-cutter.ts';
import type { Piece } from '../../../lib/json-cutter.ts';
import { isUtf8, LineCutter, MAX_LINE_BYTES } from '../../../lib/lines.ts';
import type { Line } from '../../../lib/lines.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { TextBytes } from '../../../lib/text-bytes.ts';
import type { ByteRange } from '../../../model/call.ts';
import type { ByteSource, Imported, ReadContext } from '../importer.ts';
import { Batch, createTimeCheck, openText, toIssue, toRange } from './reading.ts';

/** Deepest nesting that is read: real records have about ten levels. Units: levels of brackets. */
export const MAX_JSON_DEPTH = 512;
/** What is looked at to tell one object a line from other layouts. Units: bytes. */
const LAYOUT_HEAD_BYTES = 64 * 1024;

/** One JSON value of a source that holds many. */
export interface JsonRecord {
  readonly record: number;
  readonly at: ByteRange;
  readonly text: string;
  readonly value: Json;
}

/** Parses one record's text. Shape: the value, or the issue that rejects it; `warnings` are about a value that is used. */
export function parseJsonRecord(
  text: string,
  where: { readonly record: number; readonly at: ByteRange },
): { readonly value: Json; readonly warnings: readonly Imported[] } | { readonly reject: Imported } {
  const shape = inspectJson(text);
  if (shape.depth > MAX_JSON_DEPTH) {
    return {
      reject: toIssue(
        'reject',
        'JSON_DEPTH',
        `nested ${String(shape.depth)} levels deep; the limit is ${String(MAX_JSON_DEPTH)}`,
        where,
        text,
      ),
    };
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { reject: toIssue('reject', 'JSON_SYNTAX', describeSyntaxError(error), where, text) };
  }
  const warnings: Imported[] = [];
  if (countMembers(value) < shape.members)
    warnings.push(toIssue('warning', 'JSON_DUP_KEY', 'a key stands twice in one object; the last value counts', where, text));
  if (shape.inexact !== undefined) {
    warnings.push(toIssue('warning', 'NUM_RANGE', `the number ${shape.inexact.slice(0, 40)} is not exact in a double`, where, text));
  }
  return { value, warnings };
}

/** V8 quotes the input in its message, which may hold a secret: keep what comes before the quotation. */
function describeSyntaxError(error: SyntaxError): string {
  const place = /at position (\d+)/.exec(error.message)?.[1];
  const what = error.message.split(/,? *(?:\.\.\.)?"|in JSON/)[0]?.trim() ?? 'not JSON';
  return place === undefined ? what : `${what} at character ${place} of the record`;
}

/** Layouts of JSON sources. In lines the line number is the record's number, elsewhere its position. */
type Layout = 'lines' | 'values';

/** One object a line as soon as any of the first lines is a whole object; a list, or objects over several lines, otherwise. */
function detectLayout(head: Uint8Array): Layout {
  const text = headText(head).trimStart();
  if (text.startsWith('[')) return 'values';
  const lines = text.split(/\r\n|\n|\r/, 50).filter((line) => line.trim() !== '');
  return lines.length === 0 || lines.some(isWholeObject) ? 'lines' : 'values';
}

function isWholeObject(line: string): boolean {
  const trimmed = line.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return false;
  try {
    JSON.parse(trimmed);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * Reads the JSON values of a source and lets `toImported` make something of each.
 * Shape:  lines of objects, one list, lists one after the other, objects one after the other with or without line ends.
 */
export async function* readJsonRecords(
  source: ByteSource,
  context: ReadContext,
  toImported: (record: JsonRecord) => Imported,
): AsyncGenerator<readonly Imported[]> {
  const { chunks, places } = openText(source, context);
  const { head, all } = await takeHead(chunks, LAYOUT_HEAD_BYTES);
  const batch = new Batch();
  const checkTime = createTimeCheck();
  const use = (text: string, where: { readonly record: number; readonly at: ByteRange }): void => {
    const parsed = parseJsonRecord(text, where);
    if ('reject' in parsed) {
      batch.add(parsed.reject);
      return;
    }
    const imported = toImported({ ...where, text, value: parsed.value });
    batch.add(imported);
    const doubt = imported.kind === 'call' ? checkTime(imported.call, where, text) : undefined;
    if (doubt !== undefined) batch.add(doubt);
    for (const warning of parsed.warnings) batch.add(warning);
  };
  const records = detectLayout(head) === 'lines' ? readLines(all, places, batch, use) : readValues(all, places, batch, use);
  for await (const full of records) yield full.take();
  if (!batch.empty) yield batch.take();
}

type Use = (text: string, where: { readonly record: number; readonly at: ByteRange }) => void;

async function* readLines(chunks: AsyncIterable<Uint8Array>, places: TextBytes, batch: Batch, use: Use): AsyncGenerator<Batch> {
  const cutter = new LineCutter();
  const take = (line: Line): void => {
    if (line.problem === undefined && line.text.trim() === '') return;
    const where = { record: line.number, at: toRange(places, line.start, line.length) };
    if (line.problem === 'too-long') {
      batch.add(
        toIssue(
          'reject',
          'LINE_TOO_LONG',
          `a line of ${String(line.length)} bytes; the limit is ${String(MAX_LINE_BYTES)}`,
          where,
          line.text,
        ),
      );
      return;
    }
    use(line.text, where);
    if (line.problem === 'invalid-utf8')
      batch.add(toIssue('warning', 'ENC_INVALID', 'bytes that are not UTF-8; shown as U+FFFD', where, line.text));
  };
  for await (const chunk of chunks) {
    for (const line of cutter.push(chunk)) {
      take(line);
      if (batch.full) yield batch;
    }
  }
  const last = cutter.end();
  if (last !== undefined) take(last);
}

async function* readValues(chunks: AsyncIterable<Uint8Array>, places: TextBytes, batch: Batch, use: Use): AsyncGenerator<Batch> {
  const cutter = new JsonCutter((path, kind) => (path.length === 0 && kind === 'array' ? 'enter' : 'cut'), MAX_LINE_BYTES);
  let record = 0;
  const take = (piece: Piece): void => {
    record += 1;
    const where = { record, at: toRange(places, piece.start, piece.length) };
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(piece.bytes);
    if (piece.tooLong) {
      batch.add(
        toIssue(
          'reject',
          'LINE_TOO_LONG',
          `a record of ${String(piece.length)} bytes; the limit is ${String(MAX_LINE_BYTES)}`,
          where,
          text,
        ),
      );
      return;
    }
    use(text, where);
    if (text.includes('\uFFFD') && !isUtf8(piece.bytes))
      batch.add(toIssue('warning', 'ENC_INVALID', 'bytes that are not UTF-8; shown as U+FFFD', where, text));
  };
  let consumed = 0;
  for await (const chunk of chunks) {
    consumed += chunk.length;
    for (const piece of cutter.push(chunk)) {
      take(piece);
      if (batch.full) yield batch;
    }
  }
  const { pieces, end } = cutter.end();
  pieces.forEach(take);
  if (end.kind === 'truncated' && end.start !== undefined) {
    const where = { record: record + 1, at: toRange(places, end.at, consumed - end.at) };
    batch.add(toIssue('reject', 'JSON_SYNTAX', 'the source ends inside this record', where, new TextDecoder().decode(end.start)));
  }
}
