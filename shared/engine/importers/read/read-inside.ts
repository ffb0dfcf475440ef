import type { ByteRange } from '../../../model/call.ts';
import type { Envelope } from '../envelope.ts';
import type { ByteSource, DocumentImporter, Imported, LogRecord, ReadContext, RecordImporter } from '../importer.ts';
import { detectJsonLayout } from './framing.ts';
import { parseJsonRecord } from './json-records.ts';
import { openFrames, RecordReading } from './read-records.ts';
import { toIssue } from './reading.ts';

/** What is gathered before it is decided whether a document stands in every record or over many of them. Units: bytes. */
const LAYOUT_BYTES = 64 * 1024;

/**
 * Reads documents that stand inside of envelopes: a document in every record, as a collector's output in a container's log, or
 * one over many records. The format reads what stands inside; every place that it names is that of the envelopes in the source.
 */
export async function* readInside(
  source: ByteSource,
  context: ReadContext,
  importer: DocumentImporter,
  layers: readonly Envelope[],
): AsyncGenerator<readonly Imported[]> {
  const inside = new Inside(importer.title);
  const plan = { importer: inside.capture, layers, others: [] };
  const reading = new RecordReading(plan, context);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const frames of openFrames(source, context, plan)) {
      for (const frame of frames) reading.take(frame);
      if (inside.hasEnough) yield inside.take(reading);
    }
    reading.finish();
    yield inside.take(reading);
  }
  const inner = { name: source.name, size: undefined, chunks };
  const settings = { ...context.settings, encoding: undefined };
  for await (const items of importer.read(inner, { ...context, settings, onBytes: () => undefined })) {
    yield [...reading.batch.take(), ...items.map((item) => inside.place(item))];
  }
  if (!reading.batch.empty) yield reading.batch.take();
}

/** The texts inside of the envelopes, one after the other, and where each came from. Lifetime: one read. */
class Inside {
  readonly #title: string;
  #waiting: { readonly record: LogRecord; readonly text: string }[] = [];
  #length = 0;
  #isPerRecord: boolean | undefined;
  /** Where each text begins inside, and which stretch of the source it stands for; in rising order. */
  readonly #starts: number[] = [];
  readonly #places: ByteRange[] = [];
  #end = 0;

  constructor(title: string) {
    this.#title = title;
  }

  /** Takes bare records as a format would, and makes nothing of them. */
  readonly capture: RecordImporter = {
    id: 'inside',
    title: 'inside',
    extensions: [],
    holds: '',
    recognize: () => ({ strength: 'none', why: '' }),
    records: 'lines',
    shape: '',
    independent: false,
    open: () => (record) => {
      const text = record.value === undefined ? record.text : JSON.stringify(record.value);
      this.#waiting.push({ record, text });
      this.#length += text.length;
      return [];
    },
  };

  get hasEnough(): boolean {
    return this.#isPerRecord !== undefined || this.#length >= LAYOUT_BYTES;
  }

  /** What was captured since the last call, one text a line; texts that cannot be part of a document become issues. */
  take(reading: RecordReading): Uint8Array {
    const encoder = new TextEncoder();
    this.#isPerRecord ??= detectJsonLayout(encoder.encode(this.#waiting.map(({ text }) => text).join('\n'))) === 'lines';
    const chunks: Uint8Array[] = [];
    const from = this.#end;
    for (const { record, text } of this.#waiting) {
      const problem = this.#isPerRecord ? this.#check(record, text) : undefined;
      if (problem !== undefined) {
        reading.batch.add(problem);
        continue;
      }
      const bytes = encoder.encode(`${text}\n`);
      this.#starts.push(this.#end);
      this.#places.push(record.at);
      this.#end += bytes.length;
      chunks.push(bytes);
    }
    this.#waiting = [];
    this.#length = 0;
    const all = new Uint8Array(this.#end - from);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  /** One record that is no JSON must not cost those behind it. */
  #check(record: LogRecord, text: string): Imported | undefined {
    if (!/^\s*[{[]/.test(text)) return toIssue('skip', 'NOT_HTTP', `a line between documents: ${this.#title}`, record, text);
    const parsed = parseJsonRecord(text, record);
    return 'reject' in parsed ? parsed.reject : undefined;
  }

  /** The same item with its place in the source. */
  place(item: Imported): Imported {
    if (!('at' in item)) return item;
    const first = this.#places[this.#indexOf(item.at.start)];
    const last = this.#places[this.#indexOf(item.at.start + Math.max(0, item.at.length - 1))];
    if (first === undefined || last === undefined) return item;
    return { ...item, at: { start: first.start, length: last.start + last.length - first.start } };
  }

  /** Which text stands at a place inside. */
  #indexOf(place: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
