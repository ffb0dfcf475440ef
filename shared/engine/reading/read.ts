import type { ReadOptions } from '../../model/read-settings.ts';
import { LineCutter, MAX_LINE_BYTES } from '../../lib/lines.ts';
import { detectEncoding } from '../../lib/text-bytes.ts';
import { detectJsonLayout, toFrame } from '../importers/read/framing.ts';
import { holdsLists, RecordReading, type RecordPlan } from '../importers/read/read-records.ts';
import type { ByteSource, ReadContext } from '../importers/importer.ts';
import { readChosen, type ReadableChoice } from '../importers/recognize.ts';
import type { Encoder } from './encode.ts';
import type { EncodedBatch } from './encoded-batch.ts';

/** A part of a source of lines: whole lines, in UTF-8 without a byte order mark. */
export interface LinePart {
  readonly bytes: Uint8Array;
  /** Where the part begins in the source. Units: bytes. */
  readonly offset: number;
  /** True for the first part, which says what is said once a source. */
  readonly first: boolean;
  /** Bytes of the part's last line, which is too long, that are not in `bytes`. */
  readonly leftOut: number;
}

/** Reads a source from front to back into batches. Errors: those of the importer. */
export async function* readWhole(
  choice: ReadableChoice,
  source: ByteSource,
  context: ReadContext,
  encoder: Encoder,
): AsyncGenerator<EncodedBatch> {
  for await (const items of readChosen(choice, source, context)) {
    for (const item of items) encoder.add(item);
    yield encoder.take();
  }
}

/** Reads one part into one batch; its record numbers count from the part's first line. */
export function readPart(plan: RecordPlan, part: LinePart, options: ReadOptions, encoder: Encoder): EncodedBatch {
  const reading = new RecordReading(plan, options);
  const cutter = new LineCutter();
  const last = cutter.push(part.bytes);
  const end = cutter.end();
  const lines = end === undefined ? last : [...last, end];
  for (const [index, line] of lines.entries()) {
    const leftOut = index === lines.length - 1 ? part.leftOut : 0;
    const frame = toFrame(line, { start: part.offset + line.start, length: line.length + leftOut });
    if (frame === undefined) continue;
    reading.take(frame);
    if (reading.batch.full) for (const item of reading.batch.take()) encoder.add(item);
  }
  if (part.first) reading.finish();
  for (const item of reading.batch.take()) encoder.add(item);
  return encoder.take(cutter.lines);
}

/**
 * True when the records of a source may be read in parts at once: lines of which none depends on another, in UTF-8.
 * Shape: `head` is the start of the source.
 */
export function isReadInParts({ importer, layers }: RecordPlan, head: Uint8Array): boolean {
  if (!importer.independent || layers.some((layer) => layer.joins) || holdsLists(layers)) return false;
  if (detectEncoding(head).encoding !== 'utf-8') return false;
  const [outermost] = layers;
  const around = outermost?.around ?? importer.records;
  if (around === 'lines') return true;
  return around === 'json' && outermost?.list === undefined && detectJsonLayout(head) === 'lines';
}

const [LF, CR] = [0x0a, 0x0d];
/** Size of a part: a tenth of a second's work, so that all readers have something to do in small files too. Units: bytes. */
const PART_BYTES = 1024 * 1024;
/** A line that goes on after so much is too long whatever follows: the rest of it is counted and let go. Units: bytes. */
const HELD_BYTES = MAX_LINE_BYTES + 2 * PART_BYTES;

/** Where the last line of a chunk ends, itself included; 0 when none does. A lone CR ends a line where there is no LF. */
function endOfLines(chunk: Uint8Array): number {
  const lf = chunk.lastIndexOf(LF);
  if (lf !== -1) return lf + 1;
  // The last byte may be the first half of CRLF.
  return chunk.lastIndexOf(CR, chunk.length - 2) + 1;
}

/** Where the first line of a chunk ends, its end left out; -1 when none does. */
function endOfFirst(chunk: Uint8Array): number {
  const lf = chunk.indexOf(LF);
  const cr = chunk.indexOf(CR);
  return lf === -1 || (cr !== -1 && cr < lf) ? cr : lf;
}

/**
 * Cuts a source into parts at line ends.
 * Shape: a line longer than a part makes a longer part; one above the limit for lines ends its part, and all but its start is left
 *        out and counted.
 * Cost:  holds about a part, or the start of a line that is too long.
 */
export async function* cutParts(chunks: AsyncIterable<Uint8Array>, markLength: number): AsyncGenerator<LinePart> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let leftOut = 0;
  let offset = markLength;
  let skip = markLength;
  const toPart = (rest: Uint8Array): LinePart => {
    // Memory of its own: the part moves to another thread.
    const bytes = new Uint8Array(length + rest.length);
    let at = 0;
    for (const piece of [...waiting, rest]) {
      bytes.set(piece, at);
      at += piece.length;
    }
    const part = { bytes, offset, first: offset === markLength, leftOut };
    offset += bytes.length + leftOut;
    waiting = [];
    length = 0;
    leftOut = 0;
    return part;
  };
  for await (const whole of chunks) {
    let chunk = skip === 0 ? whole : whole.subarray(Math.min(skip, whole.length));
    skip -= whole.length - chunk.length;
    if (leftOut > 0) {
      const end = endOfFirst(chunk);
      leftOut += end === -1 ? chunk.length : end;
      if (end === -1) continue;
      yield toPart(new Uint8Array(0));
      // The end of the line that was too long begins the next part, as an empty line would: it is taken off.
      chunk = chunk.subarray(end);
      const after = chunk[0] === CR && chunk[1] === LF ? 2 : 1;
      offset += after;
      chunk = chunk.subarray(after);
    }
    const end = length + chunk.length < PART_BYTES ? 0 : endOfLines(chunk);
    if (end > 0) {
      yield toPart(chunk.subarray(0, end));
      chunk = chunk.subarray(end);
    }
    if (chunk.length === 0) continue;
    if (length + chunk.length > HELD_BYTES && endOfFirst(chunk) === -1) leftOut = chunk.length;
    else {
      waiting.push(chunk);
      length += chunk.length;
    }
  }
  // An empty source is one empty part, which says what is said once.
  if (length + leftOut > 0 || offset === markLength) yield toPart(new Uint8Array(0));
}
