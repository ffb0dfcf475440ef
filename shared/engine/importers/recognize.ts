import { present } from '../../lib/assert.ts';
import { JsonCutter } from '../../lib/json-cutter.ts';
import type { Json } from '../../lib/json.ts';
import { headText } from '../../lib/text-bytes.ts';
import type { ReadSettings } from '../../model/read-settings.ts';
import type { ByteSource } from '../ports.ts';
import type { Envelope, HeadSample } from './envelope.ts';
import { envelopes } from './envelopes/index.ts';
import { importers } from './index.ts';
import type { Imported, Importer, ReadContext, Recognition, RecordImporter } from './importer.ts';
import { detectCsv, headObjects } from './read/csv.ts';
import { treatmentFor } from './read/framing.ts';
import { listJsonKeys } from './read/json-signature.ts';
import { readRecords, type RecordPlan } from './read/read-records.ts';

/** The choice for a source. `importer` is undefined when nothing claims it; `why` says then what it seems to be instead. */
export interface Choice {
  readonly importer: Importer | undefined;
  /** Layers around the records, outermost first; always empty for documents. */
  readonly layers: readonly Envelope[];
  readonly recognizedBy: 'content' | 'name' | 'override' | 'none';
  readonly why: string;
}

const rank: Record<Recognition['strength'], number> = { none: 0, name: 1, shape: 2, magic: 3 };
/** Layers that are taken off at most: a cloud's list around a container's lines around syslog. */
const MAX_LAYERS = 3;
/** Lines of the head that envelopes look at. */
const SAMPLE_LINES = 50;

const NO_SETTINGS: ReadSettings = {};

/**
 * Asks every importer and takes the one with the strongest evidence; among equals the earlier registry line. Where none is sure,
 * an envelope is taken off and all are asked again.
 * Shape: `head` is at most the first 64 KiB; `format` is the id that the user named, which overrules what the content says.
 */
export function recognize(head: Uint8Array, name: string, format?: string, settings: ReadSettings = NO_SETTINGS): Choice {
  const layers: Envelope[] = [];
  const reasons: string[] = [];
  let view = head;
  let best = ask(view, name, format, settings);
  let bestLayers = 0;
  while (best.strength !== 'magic' && layers.length < MAX_LAYERS) {
    const sample = toSample(view);
    const found = findEnvelope(sample, layers);
    if (found === undefined) break;
    layers.push(found.envelope);
    reasons.push(found.why);
    view = new TextEncoder().encode(unwrapHead(found.envelope, sample));
    const inner = ask(view, name, format, settings);
    // What stands inside an envelope is what the file is about, unless nothing there is known.
    if (inner.strength !== 'none' && inner.strength !== 'name') {
      best = inner;
      bestLayers = layers.length;
    }
  }
  if (best.importer === undefined) return { importer: undefined, layers: [], recognizedBy: 'none', why: best.why };
  const isWhole = best.importer.records === 'document';
  return {
    importer: best.importer,
    layers: isWhole ? [] : layers.slice(0, bestLayers),
    recognizedBy: format !== undefined ? 'override' : best.strength === 'name' ? 'name' : 'content',
    why: [...(isWhole ? [] : reasons.slice(0, bestLayers)), best.why].join('; inside: '),
  };
}

interface Answer {
  readonly importer: Importer | undefined;
  readonly strength: Recognition['strength'];
  readonly why: string;
}

function ask(head: Uint8Array, name: string, format: string | undefined, settings: ReadSettings): Answer {
  if (format !== undefined) {
    const named = importers.find((importer) => importer.id === format);
    if (named === undefined) return { importer: undefined, strength: 'none', why: `no format is called ${format}` };
    const { strength } = (named as Importer).recognize(head, name, settings);
    return { importer: named, strength, why: `read as ${named.id} on request` };
  }
  let best: Answer = {
    importer: undefined,
    strength: 'none',
    why: head.length === 0 ? 'the file is empty' : `no known format in the first ${String(head.length)} bytes`,
  };
  for (const importer of importers as readonly Importer[]) {
    const { strength, why } = importer.recognize(head, name, settings);
    if (rank[strength] > rank[best.strength]) best = { importer, strength, why };
  }
  return best;
}

function findEnvelope(sample: HeadSample, worn: readonly Envelope[]): { readonly envelope: Envelope; readonly why: string } | undefined {
  for (const envelope of envelopes as readonly Envelope[]) {
    if (worn.includes(envelope) || (envelope.around === 'csv' && worn.length > 0)) continue;
    const why = envelope.recognize(sample);
    if (why !== undefined) return { envelope, why };
  }
  return undefined;
}

function toSample(head: Uint8Array): HeadSample {
  const text = headText(head);
  const all = text.split(/\r\n|\n|\r/);
  // The head may end inside a line; that one does not count unless it is the only one.
  const whole = all.length > 1 ? all.slice(0, -1) : all;
  return { text, lines: whole.filter((line) => line.trim() !== '').slice(0, SAMPLE_LINES), objects: listJsonKeys(head) };
}

/** The head as it looks without the envelope: one record a line. */
function unwrapHead(envelope: Envelope, sample: HeadSample): string {
  if (envelope.around === 'lines') {
    return sample.text
      .split(/\r\n|\n|\r/)
      .map((line) => envelope.unwrap(line, undefined)?.text ?? line)
      .join('\n');
  }
  if (envelope.around === 'csv') {
    const table = detectCsv(sample.text);
    const rows = table === undefined ? [] : headObjects(sample.text, table);
    return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
  const inner: string[] = [];
  for (const text of cutValues(sample.text, envelope.list)) {
    let value: Json;
    try {
      value = JSON.parse(text) as Json; // JSON.parse gives nothing else
    } catch (error) {
      if (error instanceof SyntaxError) continue;
      throw error;
    }
    const unwrapped = envelope.unwrap(text, value);
    if (unwrapped === undefined) inner.push(JSON.stringify(value));
    else inner.push(unwrapped.text?.trimEnd() ?? JSON.stringify(unwrapped.value ?? value));
  }
  return `${inner.join('\n')}\n`;
}

/** The whole JSON values at the start of a text: top-level ones, elements of a top-level list, or of the list at a path. */
function cutValues(text: string, list: readonly string[] | undefined): readonly string[] {
  const cutter = new JsonCutter(treatmentFor(list), text.length * 3 + 1);
  const decoder = new TextDecoder();
  return cutter.push(new TextEncoder().encode(text)).map((piece) => decoder.decode(piece.bytes));
}

/** A choice of something that can be read. */
export type ReadableChoice = Pick<Choice, 'layers'> & { readonly importer: Importer };

/** The choice of formats by name. Errors: a name that is not registered is the caller's bug. */
export const findChoice = (named: { readonly importer: string; readonly layers: readonly string[] }): ReadableChoice => ({
  importer: present(
    importers.find(({ id }) => id === named.importer),
    `an importer ${named.importer}`,
  ),
  layers: named.layers.map((id) =>
    present(
      envelopes.find((envelope) => envelope.id === id),
      `an envelope ${id}`,
    ),
  ),
});

/** How a source of records is read once its format was chosen; `undefined` for documents. */
export function toPlan({ importer, layers }: ReadableChoice): RecordPlan | undefined {
  if (importer.records === 'document') return undefined;
  const others = (importers as readonly Importer[]).filter(
    (other): other is RecordImporter => other !== importer && other.records !== 'document' && other.isCertain !== undefined,
  );
  return { importer, layers, others };
}

/** Reads a source as chosen. Errors: AppError `damaged-file` of a document; see `DocumentImporter`. */
export function readChosen(choice: ReadableChoice, source: ByteSource, context: ReadContext): AsyncIterable<readonly Imported[]> {
  const { importer } = choice;
  if (importer.records === 'document') return importer.read(source, context);
  return readRecords(source, context, present(toPlan(choice), 'a format of records has a plan'));
}
