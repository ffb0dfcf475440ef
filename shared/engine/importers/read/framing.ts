import { takeHead } from '../../../lib/bytes.ts';
import type { CsvRow } from '../../../lib/csv-cutter.ts';
import { JsonCutter } from '../../../lib/json-cutter.ts';
import type { PathStep, Piece, Treatment, ValueKind } from '../../../lib/json-cutter.ts';
import type { Json } from '../../../lib/json.ts';
import { isUtf8, LineCutter, MAX_LINE_BYTES } from '../../../lib/lines.ts';
import type { Line } from '../../../lib/lines.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { TextBytes } from '../../../lib/text-bytes.ts';
import type { ByteRange } from '../../../model/call.ts';
import type { TableRow } from '../../../model/table-row.ts';
import { createCsvReader, detectCsv, toRowObject } from './csv.ts';
import { repairEscapes } from './json-records.ts';
import { toRange } from './reading.ts';

/** What is looked at to tell one object a line from other layouts, and how a table is written. Units: bytes. */
const LAYOUT_HEAD_BYTES = 64 * 1024;

/** A record as it stands in the source. */
export interface Frame {
  readonly record: number;
  readonly at: ByteRange;
  /** The record's text, or its start when it is too long or cut off. */
  readonly text: string;
  /** The text in UTF-8, until the next frame is asked for. */
  readonly bytes?: Uint8Array | undefined;
  /**
   * `cut-off`: the source ends inside the record. `broken-off`: what stands here is no JSON, and nothing after it was read.
   * `ragged`: a row of more or fewer cells than the table has columns. `open-quote`: a cell's quote that is never closed.
   */
  readonly problem: 'invalid-utf8' | 'too-long' | 'cut-off' | 'broken-off' | 'ragged' | 'open-quote' | undefined;
  /** What a row of a table says by its columns. */
  readonly value?: Json | undefined;
  readonly row?: TableRow | undefined;
}

/**
 * How the records of a source stand in it: one a line, or JSON values wherever they are.
 * In lines the line number is the record's number, elsewhere its position.
 */
export type Layout = 'lines' | 'values';

/** One object a line as soon as any of the first lines is a whole object; a list, or objects over several lines, otherwise. */
export function detectJsonLayout(head: Uint8Array): Layout {
  const text = headText(head).trimStart();
  if (text.startsWith('[')) return 'values';
  const lines = text.split(/\r\n|\n|\r/, 50).filter((line) => line.trim() !== '');
  return lines.length === 0 || lines.some(isWholeObject) ? 'lines' : 'values';
}

function isWholeObject(line: string): boolean {
  const trimmed = line.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return false;
  try {
    JSON.parse(trimmed.includes(String.raw`\x`) ? repairEscapes(trimmed) : trimmed);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const isBlank = (text: string): boolean => text.trim() === '';

/** A line as a frame; `undefined` for a blank one, which is no record. */
export function toFrame(line: Line, at: ByteRange): Frame | undefined {
  if (line.problem === undefined && isBlank(line.text)) return undefined;
  return { record: line.number, at, text: line.text, bytes: line.problem === undefined ? line.bytes : undefined, problem: line.problem };
}

/** The lines of a stream that are not blank, in groups as the chunks give them. */
export async function* readLineFrames(chunks: AsyncIterable<Uint8Array>, places: TextBytes): AsyncGenerator<readonly Frame[]> {
  const cutter = new LineCutter();
  const toFrames = (lines: readonly Line[]): readonly Frame[] =>
    lines.flatMap((line) => toFrame(line, toRange(places, line.start, line.length)) ?? []);
  for await (const chunk of chunks) yield toFrames(cutter.push(chunk));
  const last = cutter.end();
  if (last !== undefined) yield toFrames([last]);
}

/**
 * The JSON values of a stream: objects one after the other, or the elements of lists.
 * Shape: `list` is where the list of records stands inside of each top-level object.
 */
async function* readValueFrames(
  chunks: AsyncIterable<Uint8Array>,
  places: TextBytes,
  list: readonly string[] | undefined,
): AsyncGenerator<readonly Frame[]> {
  const cutter = new JsonCutter(treatmentFor(list), MAX_LINE_BYTES);
  let record = 0;
  const toFrames = (pieces: readonly Piece[]): readonly Frame[] =>
    pieces.map((piece) => {
      record += 1;
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(piece.bytes);
      const isInvalid = text.includes('\uFFFD') && !isUtf8(piece.bytes);
      const problem = piece.tooLong ? 'too-long' : isInvalid ? 'invalid-utf8' : undefined;
      return { record, at: toRange(places, piece.start, piece.length), text, problem };
    });
  let consumed = 0;
  for await (const chunk of chunks) {
    consumed += chunk.length;
    yield toFrames(cutter.push(chunk));
  }
  const { pieces, end } = cutter.end();
  yield toFrames(pieces);
  // A list whose last bracket alone is missing holds every record it had.
  if (end.kind === 'complete' || (end.kind === 'truncated' && end.start === undefined)) return;
  const at = toRange(places, end.at, consumed - end.at);
  const cutOff = end.kind === 'truncated' ? new TextDecoder().decode(end.start) : '';
  yield [{ record: record + 1, at, text: cutOff, problem: end.kind === 'truncated' ? 'cut-off' : 'broken-off' }];
}

/** Elements of top-level lists, or of the list at a path, are cut out; so are top-level objects when no path is given. */
export function treatmentFor(list: readonly string[] | undefined): (path: readonly PathStep[], kind: ValueKind) => Treatment {
  if (list === undefined || list.length === 0)
    return (path, kind) => (path.length <= 1 && kind === 'array' && (path.length === 0 || typeof path[0] === 'number') ? 'enter' : 'cut');
  return (whole, kind) => {
    // Several documents may stand in a list.
    if (whole.length === 0 && kind === 'array') return 'enter';
    const path = typeof whole[0] === 'number' ? whole.slice(1) : whole;
    const keys = path.slice(0, list.length);
    if (keys.some((key, index) => key !== list[index])) return 'skip';
    if (path.length < list.length) return kind === 'object' ? 'enter' : 'skip';
    if (path.length === list.length) return kind === 'array' ? 'enter' : 'skip';
    return 'cut';
  };
}

/** The records of a JSON source, in whatever layout its head shows. */
export async function* readJsonFrames(
  chunks: AsyncIterable<Uint8Array>,
  places: TextBytes,
  list: readonly string[] | undefined,
): AsyncGenerator<readonly Frame[]> {
  const { head, all } = await takeHead(chunks, LAYOUT_HEAD_BYTES);
  const inLines = list === undefined && detectJsonLayout(head) === 'lines';
  yield* inLines ? readLineFrames(all, places) : readValueFrames(all, places, list);
}

/** The rows of a table, the header left out; a row's record number is the number of its first line. */
export async function* readCsvFrames(chunks: AsyncIterable<Uint8Array>, places: TextBytes): AsyncGenerator<readonly Frame[]> {
  const { head, all } = await takeHead(chunks, LAYOUT_HEAD_BYTES);
  const table = detectCsv(headText(head)) ?? { delimiter: ',', header: [] };
  const reader = createCsvReader(table);
  const whole: TableRow = { ...table, shift: 0 };
  const toRow = ({ problem, cells }: CsvRow): TableRow =>
    problem === undefined || problem === 'invalid-utf8'
      ? whole
      : { ...table, shift: problem === 'ragged' ? Math.abs(cells.length - table.header.length) : table.header.length };
  const toFrames = (rows: readonly CsvRow[]): readonly Frame[] =>
    rows.map((row) => {
      const { line, start, length, text, cells, problem } = row;
      const value = problem === undefined || problem === 'invalid-utf8' ? toRowObject(table, cells) : undefined;
      return { record: line, at: toRange(places, start, length), text, problem, value, row: toRow(row) };
    });
  for await (const chunk of all) yield toFrames(reader.push(chunk));
  yield toFrames(reader.end());
}
