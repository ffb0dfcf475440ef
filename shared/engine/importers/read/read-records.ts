import type { ReadOptions } from '../../../model/read-settings.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { MAX_LINE_BYTES } from '../../../lib/lines.ts';
import type { ByteRange } from '../../../model/call.ts';
import type { Envelope } from '../envelope.ts';
import type { ByteSource, Imported, LogRecord, Outer, ReadContext, RecordImporter, RecordReader } from '../importer.ts';
import type { Frame } from './framing.ts';
import { readCsvFrames, readJsonFrames, readLineFrames } from './framing.ts';
import { parseJsonRecord } from './json-records.ts';
import { createJoiner } from './join-pieces.ts';
import { withOuterName, withOuterTime } from './outer-time.ts';
import { Batch, createTimeCheck, openText, toIssue } from './reading.ts';
import { isServerMessage } from './server-messages.ts';

/** How a source of records is read: its format, the layers around its records, and the formats that strays may be of. */
export interface RecordPlan {
  readonly importer: RecordImporter;
  /** Outermost first. */
  readonly layers: readonly Envelope[];
  readonly others: readonly RecordImporter[];
}

const NO_OUTER: Outer = {};

/** A record on its way through the layers. */
interface Passing {
  readonly text: string;
  readonly value: Json | undefined;
  readonly outer: Outer;
  /** The text in UTF-8 while no layer was taken off. */
  readonly bytes?: Uint8Array | undefined;
}

/**
 * Takes the frames of one source, or of one part of it, and gathers what they become.
 * Lifetime: one read. Every frame ends up as one record of the ledger, except pieces that are joined to an earlier one.
 */
export class RecordReading {
  readonly batch = new Batch();
  readonly #plan: RecordPlan;
  readonly #options: ReadOptions;
  readonly #read: RecordReader;
  readonly #others = new Map<RecordImporter, RecordReader>();
  readonly #checkTime = createTimeCheck();
  readonly #join = createJoiner();
  /** Where a record of the source holds several, they are counted; otherwise they have the source's numbers. */
  readonly #counts: boolean;
  #count = 0;
  /** The number that the last call is named by. */
  #named = 0;

  constructor(plan: RecordPlan, options: ReadOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#read = plan.importer.open(options);
    this.#counts = holdsLists(plan.layers);
  }

  /** One frame of the source, in order. */
  take(found: Frame): void {
    const frame = this.#counts ? { ...found, record: (this.#count += 1) } : found;
    const { text } = frame;
    // Below further layers an item's text is that of a cell.
    this.batch.row = this.#plan.layers.length === 1 ? frame.row : undefined;
    switch (frame.problem) {
      case 'too-long':
        this.#tooLong(frame);
        return;
      case 'cut-off':
        this.batch.add(toIssue('reject', 'JSON_SYNTAX', 'the source ends inside this record', frame, text));
        return;
      case 'broken-off':
        this.batch.add(toIssue('reject', 'JSON_SYNTAX', 'no JSON value begins here; nothing after it was read', frame, text));
        return;
      case 'ragged':
        this.batch.add(toIssue('reject', 'CSV_RAGGED', 'more or fewer cells than the table has columns', frame, text));
        return;
      case 'open-quote':
        this.batch.add(toIssue('reject', 'CSV_RAGGED', 'a quote opens a cell of this row and is never closed', frame, text));
        return;
      case 'invalid-utf8':
      case undefined:
        this.#peel({ text, value: frame.value, outer: NO_OUTER, bytes: frame.bytes }, 0, frame);
        if (frame.problem !== undefined)
          this.batch.add(toIssue('warning', 'ENC_INVALID', 'bytes that are not UTF-8; shown as U+FFFD', frame, text));
    }
  }

  /** Pieces whose last part never came, and calls whose answer never did. */
  finish(): void {
    for (const joined of this.#join.rest()) this.#use(joined.record, joined.where);
    for (const one of this.#read.rest?.() ?? []) this.#put(one, undefined, undefined);
    for (const [{ id }, read] of this.#others) for (const one of read.rest?.() ?? []) this.#put(one, undefined, id);
    for (const text of this.#plan.importer.notes ?? []) this.batch.add({ kind: 'note', text });
    for (const { title } of this.#plan.layers)
      this.batch.add({ kind: 'note', text: `The records stood inside ${title}, which was taken off.` });
  }

  #tooLong(frame: Frame): void {
    const what = `${this.#plan.importer.records === 'lines' ? 'a line' : 'a record'} of ${String(frame.at.length)} bytes`;
    this.batch.add(toIssue('reject', 'LINE_TOO_LONG', `${what}; the limit is ${String(MAX_LINE_BYTES)}`, frame, frame.text));
  }

  /** Takes the layers off, one after the other. */
  #peel(passing: Passing, depth: number, where: Where): void {
    const layer = this.#plan.layers[depth];
    if (layer === undefined) {
      this.#use(passing, where);
      return;
    }
    let { value } = passing;
    if (layer.around === 'json' && value === undefined) {
      const parsed = parseJsonRecord(passing.text, where);
      if ('reject' in parsed) {
        this.#useText(passing, where, parsed.reject);
        return;
      }
      ({ value } = parsed);
    }
    const inner = layer.unwrap(passing.text, value);
    const list = inner === undefined && depth > 0 && layer.list !== undefined ? listAt(value, layer.list) : undefined;
    if (list !== undefined) {
      this.#peelAll(list, passing.outer, depth, where);
      return;
    }
    if (inner === undefined) {
      this.#peel({ ...passing, value }, depth + 1, where);
      return;
    }
    const outer = passing.outer === NO_OUTER ? inner.outer : { ...passing.outer, ...inner.outer };
    const next: Passing = { text: inner.text ?? passing.text, value: inner.value, outer };
    if (inner.piece === undefined) {
      this.#peel(next, depth + 1, where);
      return;
    }
    const joined = this.#join.add(inner.piece, next, where);
    if (joined !== undefined) this.#peel(joined.record, depth + 1, joined.where);
  }

  /** Takes a list that stands inside of one record apart: each element is a record. */
  #peelAll(list: readonly Json[], outer: Outer, depth: number, where: Where): void {
    for (const [index, value] of list.entries()) {
      const record = index === 0 ? where.record : (this.#count += 1);
      const text = JSON.stringify(value);
      const inner = isJsonObject(value) ? this.#plan.layers[depth]?.unwrap(text, value) : undefined;
      const next = { text: inner?.text ?? text, value: inner === undefined ? value : inner.value, outer: { ...outer, ...inner?.outer } };
      this.#peel(next, depth + 1, { record, at: where.at });
    }
  }

  /** Hands a bare record to the format. */
  #use(passing: Passing, where: Where): void {
    if (this.#plan.importer.records === 'lines') {
      this.#useText(passing, where, undefined);
      return;
    }
    if (passing.value !== undefined) {
      this.#give({ record: where.record, at: where.at, ...passing }, this.#read);
      return;
    }
    const parsed = parseJsonRecord(passing.text, where, passing.bytes);
    if ('reject' in parsed) {
      this.#useText(passing, where, parsed.reject);
      return;
    }
    this.#give(
      { record: where.record, at: where.at, text: passing.text, value: parsed.value, outer: passing.outer, isWhole: !parsed.isRepaired },
      this.#read,
    );
    for (const warning of parsed.warnings) this.batch.add(warning);
  }

  /** A line, or what should have been JSON and is not: its format, another format of lines, a server's message, or nothing. */
  #useText(passing: Passing, where: Where, notJson: Imported | undefined): void {
    const isWhole = notJson === undefined;
    const record: LogRecord = {
      record: where.record,
      at: where.at,
      text: passing.text,
      value: isWhole ? passing.value : undefined,
      outer: passing.outer,
      isWhole,
    };
    if (isWhole) {
      this.#give(record, this.#read);
      return;
    }
    if (this.#giveToOthers(record)) return;
    this.batch.add(isServerMessage(passing.text) ? serverMessage(record) : notJson);
  }

  #give(record: LogRecord, read: RecordReader): void {
    const made = read(record);
    if (made !== undefined) {
      this.#add(record, made, undefined);
      return;
    }
    if (this.#giveToOthers(record)) return;
    const { text } = record;
    if (isServerMessage(text)) this.batch.add(serverMessage(record));
    else if (isOfAnother(record))
      this.batch.add(
        toIssue('skip', 'NOT_HTTP', `a message of ${record.outer.program ?? 'syslog'}, ${this.#plan.importer.shape}`, record, text),
      );
    else if (record.value === undefined) this.batch.add(toIssue('reject', 'LINE_SHAPE', this.#plan.importer.shape, record, text));
    else if (isJsonObject(record.value))
      this.batch.add(toIssue('skip', 'NOT_HTTP', `a JSON record that is ${this.#plan.importer.shape}`, record, text));
    else this.batch.add(toIssue('reject', 'FIELD_TYPE', 'the record is not an object', record, text));
  }

  /** Offers a stray record to the other formats; true when one claimed it. */
  #giveToOthers(record: LogRecord): boolean {
    const isLine = record.value === undefined;
    const asJson = !isLine ? record : record.text.trimStart().startsWith('{') ? this.#asJson(record) : undefined;
    for (const other of this.#plan.others) {
      const given = other.records === 'json' ? asJson : isLine ? record : undefined;
      if (given === undefined || other.isCertain?.(given) !== true) continue;
      let read = this.#others.get(other);
      if (read === undefined) {
        read = other.open(this.#options);
        this.#others.set(other, read);
      }
      const made = read(given);
      if (made === undefined) continue;
      this.#add(given, made, other.id);
      return true;
    }
    return false;
  }

  #asJson(record: LogRecord): LogRecord | undefined {
    const parsed = parseJsonRecord(record.text, record);
    return 'reject' in parsed ? undefined : { ...record, value: parsed.value };
  }

  #add(record: LogRecord, made: Imported | readonly Imported[], format: string | undefined): void {
    for (const one of isMany(made) ? made : [made]) this.#put(one, record, format);
  }

  /** `current` is the record that was read last: an item that a format held back is about an earlier one. */
  #put(one: Imported, current: LogRecord | undefined, format: string | undefined): void {
    if (one.kind !== 'call') {
      this.batch.add(one);
      return;
    }
    const record = current?.record === one.record ? current : undefined;
    const { zoneOffsetMinutes, settings } = this.#options;
    const call =
      record === undefined
        ? one.call
        : withOuterName(withOuterTime(one.call, record.outer, zoneOffsetMinutes, settings.year), record.outer);
    const isReread = this.#plan.importer.isReread === true && format === undefined && record?.isWhole === true && call === one.call;
    const where = { record: this.#nameOf(one.record), at: one.at };
    this.batch.add({ kind: 'call', ...where, call, format, isReread });
    const doubt = this.#checkTime(call, where, record?.text ?? call.rawText ?? '');
    if (doubt !== undefined) this.batch.add(doubt);
  }

  /**
   * A call is named by its source and a number, so a record of several calls (a trace, a conversation) gives each one of its own: that of the
   * record, or the next that is free. Parts of a source that are read at once cannot know what is free; their formats have one call a record.
   */
  #nameOf(record: number): number {
    if (this.#plan.importer.independent) return record;
    this.#named = Math.max(record, this.#named + 1);
    return this.#named;
  }
}

/** True when a record may hold several: a list stands inside of another layer. */
export const holdsLists = (layers: readonly Envelope[]): boolean => layers.slice(1).some(({ list }) => list !== undefined);

function listAt(value: Json | undefined, path: readonly string[]): readonly Json[] | undefined {
  let at = value;
  for (const key of path) at = isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return Array.isArray(at) ? at : undefined;
}

const isMany = (made: Imported | readonly Imported[]): made is readonly Imported[] => Array.isArray(made);

interface Where {
  readonly record: number;
  readonly at: ByteRange;
}

/** A line that says which program wrote it stands among those of others, which are no damage. */
const isOfAnother = ({ value, outer }: LogRecord): boolean => value === undefined && outer.program !== undefined;

const serverMessage = (record: LogRecord): Imported =>
  toIssue('skip', 'NOT_HTTP', "a message of a server's own log, not an access line", record, record.text);

/** The records of a source as they stand in it, in groups. */
export function openFrames(source: ByteSource, context: ReadContext, plan: RecordPlan): AsyncGenerator<readonly Frame[]> {
  const { chunks, places } = openText(source, context);
  const [outermost] = plan.layers;
  const around = outermost?.around ?? (plan.importer.records === 'json' ? 'json' : 'lines');
  if (around === 'lines') return readLineFrames(chunks, places);
  return around === 'csv' ? readCsvFrames(chunks, places) : readJsonFrames(chunks, places, outermost?.list);
}

/** Reads a source of records from front to back. */
export async function* readRecords(source: ByteSource, context: ReadContext, plan: RecordPlan): AsyncGenerator<readonly Imported[]> {
  const reading = new RecordReading(plan, context);
  for await (const frames of openFrames(source, context, plan)) {
    for (const frame of frames) {
      reading.take(frame);
      if (reading.batch.full) yield reading.batch.take();
    }
  }
  reading.finish();
  if (!reading.batch.empty) yield reading.batch.take();
}
