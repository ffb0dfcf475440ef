import { assertNever } from '../../lib/assert.ts';
import type { ImportedTrace } from '../../model/call.ts';
import type { Imported } from '../importers/importer.ts';
import type { Intake, MaskedCall, SeenCredential } from '../intake/masking/masked-call.ts';
import type { CodecPort } from '../ports.ts';
import { knownSecrets } from './known-secrets.ts';
import { detailPacker } from './details.ts';
import { TIME_KINDS, type EncodedBatch, type EncodedInventory, type EncodedIssue } from './encoded-batch.ts';
import { NumberList } from './numbers.ts';

/** Longest excerpt of a record that could not be used. Units: characters. */
export const EXCERPT = 200;

const ABSENT = Number.NaN;
/** A mask in place of a JSON number: the text can then not be read again. */
const BARE_MASK = /[:[,]\s*‹/;

/** Turns what importers read into batches for the writer: masks it, numbers its texts, packs its details. Lifetime: one reader. */
export interface Encoder {
  add(item: Imported): void;
  /** Everything added since the last time. `linesOfPart`: set on the last batch of a part of a source. */
  take(linesOfPart?: number): EncodedBatch;
}

/** Terms after which a reader forgets them all and begins anew, so that memory does not grow with the file. About 100 bytes each. */
const MAX_TERMS = 300_000;
/** The same for their texts together: referers may have kilobytes each. Units: UTF-16 code units. */
const MAX_TERM_UNITS = 16_000_000;

interface Numbering<Value> {
  of(value: Value): number;
  /** The values numbered first since the last time. */
  take(): Value[];
  /** True when so many are known that it is time to forget them. */
  isFull(): boolean;
  restart(): void;
}

/** Gives each text a number of its own. */
function numbering<Value>(keyOf: (value: Value) => string): Numbering<Value> {
  const known = new Map<string, number>();
  let units = 0;
  let fresh: Value[] = [];
  return {
    of(value) {
      const key = keyOf(value);
      let number = known.get(key);
      if (number === undefined) {
        number = known.size;
        known.set(key, number);
        units += key.length;
        fresh.push(value);
      }
      return number;
    },
    take() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    isFull: () => known.size > MAX_TERMS || units > MAX_TERM_UNITS,
    restart() {
      known.clear();
      units = 0;
    },
  };
}

/** An encoder over the masking door of one import. */
export function createEncoder(intake: Intake, codec: CodecPort): Encoder {
  const terms = numbering<string>((text) => text);
  const credentials = numbering<SeenCredential>((seen) => seen.fingerprint);
  const details = detailPacker(codec);
  const secrets = knownSecrets();
  const numbers = new NumberList();
  const values = new NumberList();
  const data = new NumberList();
  const exposures = new NumberList();
  let texts: string[] = [];
  let lengths: number[] = [];
  let issues: EncodedIssue[] = [];
  let inventory: EncodedInventory[] = [];
  let traces: ImportedTrace[] = [];
  let notes: string[] = [];
  let strays = new Map<string, number>();
  let calls = 0;
  let timed = 0;
  let zoneAssumed = 0;
  let restarts = true;

  const term = (text: string | undefined): void => {
    numbers.push(text === undefined ? ABSENT : terms.of(text));
  };
  const number = (value: number | undefined): void => {
    numbers.push(value ?? ABSENT);
  };
  const text = (value: string | undefined): void => {
    lengths.push(value === undefined ? -1 : value.length);
    if (value !== undefined) texts.push(value);
  };

  /** The order is that of `CALL_NUMBERS` and `CALL_TEXTS`. */
  const addCall = (item: Imported & { readonly kind: 'call' }, masked: MaskedCall): void => {
    const { call } = masked;
    number(item.record);
    number(item.at.start);
    number(item.at.length);
    number(call.time);
    number(TIME_KINDS[call.timeKind]);
    number(call.durationMs === undefined ? undefined : Math.round(call.durationMs * 1000));
    number(call.port);
    number(call.status);
    number(call.reqBytes);
    number(call.resBytes);
    number(masked.flags);
    number(masked.credential === undefined ? undefined : credentials.of(masked.credential));
    term(call.method);
    term(call.scheme);
    term(call.host);
    term(call.clientIp);
    term(call.userAgent);
    term(call.referer);
    term(call.consumer);
    term(call.upstream);
    term(call.route);
    term(call.service);
    term(call.tool);
    term(call.contentType);
    text(call.path);
    text(call.query);
    text(call.traceId);
    text(call.spanId);
    text(call.parentSpanId);
    text(call.requestId);
    details.add(
      masked.detail,
      item.isReread === true && !(masked.detail.raw !== item.call.rawText && BARE_MASK.test(masked.detail.raw ?? '')),
    );
    addNotes(masked);
    calls += 1;
  };

  const addNotes = (masked: MaskedCall): void => {
    for (const { side, pointer, fingerprint, bits } of masked.values)
      pushAll(values, calls, side === 'response' ? 1 : 0, terms.of(pointer), fingerprint, bits);
    for (const { side, pointer, type, count } of masked.data)
      pushAll(data, calls, terms.of(side), terms.of(pointer), terms.of(type), count);
    for (const { side, pointer, type, credential } of masked.exposures)
      pushAll(exposures, calls, terms.of(side), terms.of(pointer), terms.of(type), credentials.of(credential));
  };

  return {
    add(item) {
      switch (item.kind) {
        case 'call':
          if (item.call.time !== undefined) {
            timed += 1;
            if (!item.call.zoneKnown) zoneAssumed += 1;
          }
          if (item.format !== undefined) strays.set(item.format, (strays.get(item.format) ?? 0) + 1);
          addCall(item, intake.maskCall(item.call, item.row));
          break;
        case 'specification':
        case 'operation':
          inventory.push(item);
          break;
        case 'trace':
          traces.push(intake.maskTrace(item.trace));
          break;
        case 'issue':
          issues.push({
            severity: item.severity,
            record: item.record,
            at: item.at,
            code: item.code,
            message: intake.maskText(item.message),
            excerpt: intake.maskText(item.excerpt, item.row).slice(0, EXCERPT),
            once: item.once === true,
          });
          break;
        case 'note':
          notes.push(intake.maskText(item.text));
          break;
        default:
          assertNever(item, 'imported item');
      }
    },
    take(linesOfPart = 0) {
      for (const secret of intake.takeSecrets()) secrets.add(secret);
      const batch: EncodedBatch = {
        calls,
        numbers: numbers.take(),
        text: texts.join(''),
        lengths: Int32Array.from(lengths),
        restarts,
        terms: terms.take(),
        credentials: credentials.take(),
        values: values.take(),
        data: data.take(),
        exposures: exposures.take(),
        details: details.take(),
        issues,
        inventory,
        traces,
        notes,
        secrets: secrets.take(),
        strays: [...strays],
        timed,
        zoneAssumed,
        linesOfPart,
      };
      texts = [];
      lengths = [];
      issues = [];
      inventory = [];
      traces = [];
      notes = [];
      strays = new Map();
      calls = 0;
      timed = 0;
      zoneAssumed = 0;
      restarts = terms.isFull() || credentials.isFull();
      if (restarts) {
        terms.restart();
        credentials.restart();
      }
      return batch;
    },
  };
}

function pushAll(list: NumberList, a: number, b: number, c: number, d: number, e: number): void {
  list.push(a);
  list.push(b);
  list.push(c);
  list.push(d);
  list.push(e);
}
