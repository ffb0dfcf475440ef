import type { ReadOptions } from '../../model/read-settings.ts';
import { LineCutter } from '../../lib/lines.ts';
import { detectEncoding } from '../../lib/text-bytes.ts';
import { detectJsonLayout, toFrame } from '../importers/read/framing.ts';
import { RecordReading, type RecordPlan } from '../importers/read/read-records.ts';
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
  for (const line of end === undefined ? last : [...last, end]) {
    const frame = toFrame(line, { start: part.offset + line.start, length: line.length });
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
  if (!importer.independent || layers.some((layer) => layer.joins)) return false;
  if (detectEncoding(head).encoding !== 'utf-8') return false;
  const [outermost] = layers;
  const around = outermost?.around ?? importer.records;
  if (around === 'lines') return true;
  return around === 'json' && outermost?.list === undefined && detectJsonLayout(head) === 'lines';
}

const LF = 0x0a;
/** Size of a part: a tenth of a second's work, so that all readers have something to do in small files too. Units: bytes. */
const PART_BYTES = 1024 * 1024;

/** Cuts a source into parts at line ends. A line longer than a part makes a longer part. */
export async function* cutParts(chunks: AsyncIterable<Uint8Array>, markLength: number): AsyncGenerator<LinePart> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let offset = markLength;
  let skip = markLength;
  let isFirst = true;
  const toPart = (rest: Uint8Array): LinePart => {
    // Memory of its own: the part moves to another thread.
    const bytes = new Uint8Array(length + rest.length);
    let at = 0;
    for (const piece of [...waiting, rest]) {
      bytes.set(piece, at);
      at += piece.length;
    }
    const part = { bytes, offset, first: isFirst };
    offset += bytes.length;
    isFirst = false;
    waiting = [];
    length = 0;
    return part;
  };
  for await (const whole of chunks) {
    const chunk = skip === 0 ? whole : whole.subarray(Math.min(skip, whole.length));
    skip -= whole.length - chunk.length;
    const end = length + chunk.length < PART_BYTES ? -1 : chunk.lastIndexOf(LF);
    if (end === -1) {
      waiting.push(chunk);
      length += chunk.length;
      continue;
    }
    yield toPart(chunk.subarray(0, end + 1));
    const rest = chunk.subarray(end + 1);
    waiting = [rest];
    length = rest.length;
  }
  // An empty source is one empty part, which says what is said once.
  if (length > 0 || offset === markLength) yield toPart(new Uint8Array(0));
}
