import { JsonCutter } from '../../../lib/json-cutter.ts';
import type { Json } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { Envelope, HeadSample } from '../envelope.ts';
import { envelopes } from '../envelopes/index.ts';
import { lineList } from '../envelopes/line-list.ts';
import { detectCsv, headObjects } from './csv.ts';
import { treatmentFor } from './framing.ts';
import { listJsonKeys } from './json-signature.ts';

/** Layers that are taken off at most: a cloud's list around a container's lines around a relay's syslog around syslog. */
export const MAX_LAYERS = 4;
/** Lines of the head that envelopes look at. */
const SAMPLE_LINES = 50;

/** A head with some layers taken off. */
export interface HeadView {
  readonly head: Uint8Array;
  /** Outermost first. */
  readonly layers: readonly Envelope[];
  /** Why each layer was found. */
  readonly reasons: readonly string[];
}

/** The head with one more layer taken off; `undefined` when it wears no other. */
export function peelHead({ head, layers, reasons }: HeadView): HeadView | undefined {
  if (layers.length >= MAX_LAYERS) return undefined;
  const sample = toSample(head);
  const found = findEnvelope(sample, layers);
  if (found === undefined) return undefined;
  const inner = new TextEncoder().encode(unwrapHead(found.envelope, sample));
  return { head: inner, layers: [...layers, found.envelope], reasons: [...reasons, found.why] };
}

function findEnvelope(sample: HeadSample, worn: readonly Envelope[]): { readonly envelope: Envelope; readonly why: string } | undefined {
  for (const envelope of envelopes as readonly Envelope[]) {
    // A relay puts a second prefix of its kind in front of the first; lists and documents are taken off once.
    if ((envelope.around !== 'lines' && worn.includes(envelope)) || (envelope.around === 'csv' && worn.length > 0)) continue;
    // Outermost, a list is how records stand in a file, and no layer.
    if (envelope === lineList && worn.length === 0) continue;
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
      .map((line) => {
        const inner = envelope.unwrap(line, undefined);
        return inner?.text ?? (inner?.value === undefined ? line : JSON.stringify(inner.value));
      })
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
