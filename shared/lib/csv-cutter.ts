import { concatBytes } from './bytes.ts';
import { isUtf8, MAX_LINE_BYTES } from './lines.ts';

/** One row of a table; several lines when a quoted cell has line ends inside. */
export interface CsvRow {
  /** 1-based number of the row's first line; every line counts. */
  readonly line: number;
  /** Units: bytes from the start of the stream; the line end stands outside. */
  readonly start: number;
  readonly length: number;
  /** As it stands in the stream; its start only when it is too long. */
  readonly text: string;
  readonly cells: readonly string[];
  /** `ragged`: more or fewer cells than the table has columns. `open-quote`: a cell's quote is never closed. */
  readonly problem: 'ragged' | 'open-quote' | 'invalid-utf8' | 'too-long' | undefined;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
/** What is kept of a row above the limit, for the excerpt. Units: bytes. */
const KEPT_OF_LONG_ROW = 512;
/**
 * How much may be read again after quotes that are never closed: so many times what was read, and one row more. It bounds the
 * work on a file in which every line opens such a quote.
 */
const READ_AGAIN = 2;

/**
 * Cuts a UTF-8 stream into the rows of a table with quotes; the same for every size of chunk.
 * Shape:  a quote opens a cell only at its start, `""` inside is one quote. Where a quote that is never closed has swallowed
 *         lines, only its own line is given up, and reading goes on with the next one.
 * Source: RFC 4180, with the delimiters of spreadsheets.
 */
export class CsvCutter {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #delimiter: string;
  readonly #columns: number | undefined;
  readonly #maxRow: number;
  /** Where the row that is being read begins. */
  #start = 0;
  #line = 1;
  #readAgain = 0;
  #parts: Uint8Array[] = [];
  #size = 0;
  #innerLines = 0;
  #inQuote = false;
  /** The last byte closed a quote, unless another quote follows. */
  #closed = false;
  #cellStart = true;
  #previousCr = false;
  /** Text follows a closing quote within its cell. */
  #torn = false;
  /** A CR ended the last row: an LF right after it belongs to the same line end. */
  #afterCr = false;

  /** `delimiter` is one ASCII character; without `columns` no row is ragged. */
  constructor(delimiter: string, columns: number | undefined, maxRow: number = MAX_LINE_BYTES) {
    this.#delimiter = delimiter;
    this.#columns = columns;
    this.#maxRow = maxRow;
  }

  /** The rows that end inside this chunk; blank lines are no rows. */
  push(chunk: Uint8Array): CsvRow[] {
    const rows: CsvRow[] = [];
    this.#read(chunk, rows);
    return rows;
  }

  /** The last rows when no line end follows. */
  end(): CsvRow[] {
    const rows: CsvRow[] = [];
    while (this.#size > 0) {
      const again = this.#finish(new Uint8Array(0), rows);
      if (again !== undefined) this.#read(again, rows);
    }
    return rows;
  }

  #read(chunk: Uint8Array, rows: CsvRow[]): void {
    const waiting = [chunk];
    for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
      if (piece.length === 0) continue;
      if (this.#afterCr) {
        this.#afterCr = false;
        if (piece[0] === LF) {
          this.#start += 1;
          piece = piece.subarray(1);
        }
      }
      const end = this.#findEnd(piece);
      const again = end === -1 ? this.#keep(piece, rows) : this.#finish(piece.subarray(0, end), rows);
      if (again !== undefined) {
        if (end !== -1) waiting.push(piece.subarray(end));
        waiting.push(again);
      } else if (end !== -1) {
        this.#afterCr = piece[end] === CR;
        this.#start += 1;
        this.#line += 1;
        waiting.push(piece.subarray(end + 1));
      }
    }
  }

  /** Where the row ends in the piece, or -1. */
  #findEnd(piece: Uint8Array): number {
    const delimiter = this.#delimiter.charCodeAt(0);
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at];
      if (this.#inQuote) {
        if (byte === QUOTE) {
          this.#inQuote = false;
          this.#closed = true;
        } else if (byte === CR || (byte === LF && !this.#previousCr)) this.#innerLines += 1;
        this.#previousCr = byte === CR;
      } else if (byte === QUOTE) {
        if (this.#cellStart || this.#closed) this.#inQuote = true;
        this.#cellStart = false;
        this.#closed = false;
      } else if (byte === LF || byte === CR) return at;
      else {
        this.#cellStart = byte === delimiter;
        if (this.#closed && !this.#cellStart) this.#torn = true;
        this.#closed = false;
      }
    }
    return -1;
  }

  /** Keeps the piece of a row that goes on; gives the bytes to read again when the row is too long because of an open quote. */
  #keep(piece: Uint8Array, rows: CsvRow[]): Uint8Array | undefined {
    const wasTooLong = this.#size > this.#maxRow;
    this.#size += piece.length;
    if (wasTooLong) return undefined;
    this.#parts.push(piece.slice());
    if (this.#size <= this.#maxRow) return undefined;
    const bytes = concatBytes(this.#parts);
    if (this.#mayReadAgain(bytes.length)) return this.#giveUpLine(bytes, rows);
    this.#parts = [bytes.slice(0, KEPT_OF_LONG_ROW)];
    return undefined;
  }

  /** Makes the row that ends here; gives the bytes to read again when it is none. */
  #finish(last: Uint8Array, rows: CsvRow[]): Uint8Array | undefined {
    const length = this.#size + last.length;
    const tooLong = length > this.#maxRow;
    const bytes = this.#size > this.#maxRow ? concatBytes(this.#parts) : concatBytes([...this.#parts, last]);
    const text = this.#decoder.decode(tooLong ? bytes.subarray(0, KEPT_OF_LONG_ROW) : bytes);
    const cells = tooLong ? [] : splitCsvRow(text, this.#delimiter);
    const ragged = !tooLong && this.#columns !== undefined && cells.length !== this.#columns;
    const broken = ragged || this.#torn || this.#inQuote;
    if (broken && !tooLong && this.#mayReadAgain(length)) return this.#giveUpLine(bytes, rows);
    if (text.trim() !== '') {
      const encoded = text.includes('\uFFFD') && !isUtf8(bytes);
      const problem = tooLong ? 'too-long' : ragged ? 'ragged' : this.#inQuote ? 'open-quote' : encoded ? 'invalid-utf8' : undefined;
      rows.push({ line: this.#line, start: this.#start, length, text, cells, problem });
    }
    this.#start += length;
    this.#line += this.#innerLines;
    this.#reset();
    return undefined;
  }

  #mayReadAgain(length: number): boolean {
    return this.#innerLines > 0 && this.#readAgain + length <= READ_AGAIN * (this.#start + length) + this.#maxRow;
  }

  /** Gives up the first line of a row whose quote was never closed, and gives what follows. */
  #giveUpLine(bytes: Uint8Array, rows: CsvRow[]): Uint8Array {
    const end = bytes.findIndex((byte) => byte === LF || byte === CR);
    const text = this.#decoder.decode(bytes.subarray(0, end));
    rows.push({ line: this.#line, start: this.#start, length: end, text, cells: [], problem: 'open-quote' });
    const next = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
    this.#readAgain += bytes.length - next;
    this.#start += next;
    this.#line += 1;
    this.#reset();
    return bytes.slice(next);
  }

  #reset(): void {
    this.#parts = [];
    this.#size = 0;
    this.#innerLines = 0;
    this.#inQuote = false;
    this.#closed = false;
    this.#cellStart = true;
    this.#previousCr = false;
    this.#torn = false;
  }
}

/** The cells of one row, with their quotes taken off. */
export function splitCsvRow(row: string, delimiter: string): readonly string[] {
  if (!row.includes('"')) return row.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= row.length; at += 1) {
    if (row.charCodeAt(at) !== QUOTE) {
      const end = endOf(row, delimiter, at);
      cells.push(row.slice(at, end));
      at = end;
      continue;
    }
    let close = row.indexOf('"', at + 1);
    while (close !== -1 && row.charCodeAt(close + 1) === QUOTE) close = row.indexOf('"', close + 2);
    const quoted = row.slice(at + 1, close === -1 ? row.length : close).replaceAll('""', '"');
    const end = close === -1 ? row.length : endOf(row, delimiter, close + 1);
    cells.push(close === -1 ? quoted : quoted + row.slice(close + 1, end));
    at = end;
  }
  return cells;
}

function endOf(row: string, delimiter: string, from: number): number {
  const end = row.indexOf(delimiter, from);
  return end === -1 ? row.length : end;
}
