import { LineCounter, isMap, isScalar, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { inspectJson } from '../../../lib/json-check.ts';
import { JsonCutter } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { detectEncoding } from '../../../lib/text-bytes.ts';
import type { ByteRange } from '../../../model/call.ts';
import { MAX_JSON_DEPTH } from '../read/json-records.ts';
import { damaged } from '../read/reading.ts';
import { findYamlRefusal } from '../../../yaml/guard.ts';

/** Aliases may repeat what they stand for this many times over in all; an alias bomb does so millions of times. */
export const MAX_ALIAS_COUNT = 100;

/** An API description as plain data, with the places of its operations. */
export interface SpecDocument {
  readonly root: JsonObject;
  /** Where the operation stands; the whole file when it comes from elsewhere (an alias, a `$ref`). */
  readonly placeOf: (path: string, method: string) => ByteRange;
  /** The place of a text in the file, if it stands there as it is. */
  readonly placeOfText: (text: string) => ByteRange;
  readonly notes: readonly string[];
}

const keyOf = (path: string, method: string): string => `${path}\n${method}`;

/** Reads a description as JSON or YAML. Errors: AppError `damaged-file` with JSON_* or YAML_* codes. */
export function parseSpec(bytes: Uint8Array, name: string): SpecDocument {
  const { encoding, markLength } = detectEncoding(bytes);
  if (encoding === 'utf-32') damaged('ENC_UNKNOWN', `${name}: UTF-32 text is not read; save it as UTF-8`, 0);
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(markLength));
  const toBytes = createPlaceFinder(text, encoding === 'utf-8', markLength);
  const whole: ByteRange = { start: 0, length: bytes.length };
  const json = /^\s*\{/.test(text);
  const { root, places, notes } = json ? parseJsonSpec(text, name) : parseYamlSpec(text, name, toBytes);
  // JSON places are byte offsets of UTF-8 already; in UTF-16 they are not worth a second pass.
  const shift = json ? markLength : 0;
  // U+FFFD in place of bytes that are no text is longer or shorter than they are: what follows it cannot be placed.
  const isExact = !text.includes('\uFFFD');
  return {
    root,
    notes,
    placeOf: (path, method) => {
      const place = isExact && (encoding === 'utf-8' || !json) ? places.get(keyOf(path, method)) : undefined;
      return place === undefined ? whole : { start: place.start + shift, length: place.length };
    },
    placeOfText: (wanted) => {
      const at = text.indexOf(wanted);
      if (at === -1 || !isExact) return whole;
      const start = toBytes(at);
      return { start, length: toBytes(at + wanted.length) - start };
    },
  };
}

interface Parsed {
  readonly root: JsonObject;
  readonly places: ReadonlyMap<string, ByteRange>;
  readonly notes: readonly string[];
}

function parseJsonSpec(text: string, name: string): Parsed {
  const { depth } = inspectJson(text);
  if (depth > MAX_JSON_DEPTH)
    damaged('JSON_DEPTH', `${name}: nested ${String(depth)} levels deep; the limit is ${String(MAX_JSON_DEPTH)}`, 0);
  let root: Json;
  try {
    root = JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = Number(/at position (\d+)/.exec(error.message)?.[1] ?? '0');
    damaged('JSON_SYNTAX', `${name}: not valid JSON at character ${String(at)}`, at, error);
  }
  if (!isJsonObject(root)) damaged('FIELD_TYPE', `${name}: not an object`, 0);
  const places = new Map<string, ByteRange>();
  const cutter = new JsonCutter((path) => {
    if (path.length < 3) return path.length === 0 || path[0] === 'paths' ? 'enter' : 'skip';
    return path.length === 3 ? 'cut' : 'skip';
  }, 0);
  for (const piece of cutter.push(new TextEncoder().encode(text))) {
    places.set(keyOf(String(piece.path[1]), String(piece.path[2])), { start: piece.start, length: piece.length });
  }
  return { root, places, notes: [] };
}

function parseYamlSpec(text: string, name: string, toBytes: (at: number) => number): Parsed {
  const refusal = findYamlRefusal(text, MAX_JSON_DEPTH);
  if (refusal !== undefined) damaged(refusal.code, `${name}: ${refusal.message}`, toBytes(refusal.at));
  // YAML 1.2 core: "on" and "no" stay texts, a date stays a text, and no tag builds an object.
  const documents = parseAllDocuments(text, {
    schema: 'core',
    merge: true,
    uniqueKeys: false,
    strict: false,
    lineCounter: new LineCounter(),
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [document] = 'empty' in documents ? [] : documents;
  if (document === undefined) damaged('YAML_SYNTAX', `${name}: no YAML document`, 0);
  const [error] = document.errors;
  if (error !== undefined)
    damaged('YAML_SYNTAX', `${name}: not valid YAML at character ${String(error.pos[0])}: ${error.code}`, toBytes(error.pos[0]), error);
  const root = toPlain(document, name);
  const more = 'empty' in documents ? 0 : documents.length - 1;
  return {
    root,
    places: findYamlPlaces(document, toBytes),
    notes: more === 0 ? [] : [`${String(more)} further YAML documents of the file were not read.`],
  };
}

function toPlain(document: Document, name: string): JsonObject {
  let root: unknown;
  try {
    root = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
  } catch (error) {
    // `yaml` throws a ReferenceError for an alias bomb and for an alias without an anchor.
    if (error instanceof ReferenceError) damaged('YAML_ALIAS', `${name}: ${error.message}`, 0, error);
    throw error;
  }
  if (!isJsonObject(root)) damaged('FIELD_TYPE', `${name}: not a YAML map`, 0);
  return withVersionAsWritten(root, document);
}

/** Without quotes, version 1.10 is the number 1.1 to YAML: what is written counts. */
function withVersionAsWritten(root: JsonObject, document: Document): JsonObject {
  const node: unknown = document.getIn(['info', 'version'], true);
  const { info } = root;
  if (!isScalar(node) || typeof node.value !== 'number' || node.source === undefined || !isJsonObject(info)) return root;
  return { ...root, info: { ...info, version: node.source } };
}

function findYamlPlaces(document: Document, toBytes: (at: number) => number): ReadonlyMap<string, ByteRange> {
  const places = new Map<string, ByteRange>();
  const paths = document.get('paths', true);
  if (!isMap(paths)) return places;
  for (const path of paths.items) {
    if (!isScalar(path.key) || !isMap(path.value)) continue;
    for (const method of path.value.items) {
      const range = isMap(method.value) ? method.value.range : undefined;
      if (!isScalar(method.key) || range === null || range === undefined) continue;
      const start = toBytes(range[0]);
      places.set(keyOf(String(path.key.value), String(method.key.value)), { start, length: toBytes(range[1]) - start });
    }
  }
  return places;
}

/** Turns character offsets into byte offsets. Cost: linear for rising questions; a falling one starts again. */
function createPlaceFinder(text: string, utf8: boolean, markLength: number): (at: number) => number {
  if (!utf8) return (at) => markLength + at * 2;
  let unit = 0;
  let byte = markLength;
  return (at) => {
    if (at < unit) {
      unit = 0;
      byte = markLength;
    }
    while (unit < at && unit < text.length) {
      const point = text.codePointAt(unit) ?? 0;
      byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      unit += point < 0x10000 ? 1 : 2;
    }
    return byte;
  };
}
