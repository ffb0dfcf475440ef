import { inspectJson } from '../../../lib/json-check.ts';
import { JsonCutter } from '../../../lib/json-cutter.ts';
import type { PathStep, Treatment } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { detectEncoding } from '../../../lib/text-bytes.ts';
import type { ByteRange } from '../../../model/call.ts';
import { MAX_JSON_DEPTH } from '../read/json-records.ts';
import { damaged } from '../read/reading.ts';

/** A collection as plain data, with the places of its requests. */
export interface CollectionDocument {
  readonly root: JsonObject;
  /** Where the value at this path stands; the whole file when that is not known. */
  readonly placeOf: (path: readonly PathStep[]) => ByteRange;
}

/**
 * Reads a collection of requests. `treat` says which values are to be found again by their place: those it cuts.
 * Errors: AppError `damaged-file` with JSON_* codes.
 */
export function parseCollection(bytes: Uint8Array, name: string, treat: (path: readonly PathStep[]) => Treatment): CollectionDocument {
  const { encoding, markLength } = detectEncoding(bytes);
  if (encoding === 'utf-32') damaged('ENC_UNKNOWN', `${name}: UTF-32 text is not read; save it as UTF-8`, 0);
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(markLength));
  const { depth } = inspectJson(text);
  if (depth > MAX_JSON_DEPTH)
    damaged('JSON_DEPTH', `${name}: nested ${String(depth)} levels deep; the limit is ${String(MAX_JSON_DEPTH)}`, 0);
  const root = parseJson(text, name);
  const places = new Map<string, ByteRange>();
  if (encoding === 'utf-8') {
    // Only places are wanted: nothing of a piece is kept.
    const cutter = new JsonCutter(treat, 0);
    for (const piece of cutter.push(bytes.subarray(markLength)))
      places.set(keyOf(piece.path), { start: piece.start + markLength, length: piece.length });
  }
  const whole: ByteRange = { start: 0, length: bytes.length };
  return { root, placeOf: (path) => places.get(keyOf(path)) ?? whole };
}

const keyOf = (path: readonly PathStep[]): string => path.join('\n');

function parseJson(text: string, name: string): JsonObject {
  let root: Json;
  try {
    root = JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = Number(/at position (\d+)/.exec(error.message)?.[1] ?? '0');
    damaged('JSON_SYNTAX', `${name}: not valid JSON at character ${String(at)}`, at, error);
  }
  return isJsonObject(root) ? root : damaged('FIELD_TYPE', `${name}: not an object`, 0);
}
