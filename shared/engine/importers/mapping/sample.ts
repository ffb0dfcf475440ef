import { append } from '../../../lib/append.ts';
import { JsonCutter } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { treatmentFor } from '../read/framing.ts';
import { repairEscapes } from '../read/json-records.ts';
import { quoteKey } from './paths.ts';
import { toText } from './values.ts';

/** Records that are looked at: enough to see fields that few records have. */
const SAMPLE_RECORDS = 200;
/** Levels of objects whose members are fields of their own. */
const MAX_LEVELS = 4;
/** Fields that are looked at; a record with more is a table in disguise. */
const MAX_FIELDS = 500;

/** What stands at one path of the sample's records. */
export interface SampledField {
  readonly path: string;
  /** The path as all programs would spell it: lower case, words with `_`, without `@` and other marks. */
  readonly name: string;
  /** Known values, one a record that has any. */
  readonly values: readonly Json[];
  /** The same as text; objects have none. */
  readonly texts: readonly string[];
}

/** The whole JSON objects at the start of a source, with text lines between them left out. */
export function sampleRecords(head: Uint8Array): readonly JsonObject[] {
  const text = headText(head).trimStart();
  const inLines = /^\{[^\r\n]*\}[ \t]*(?:\r|\n|$)/.test(text) || !/^[{[]/.test(text);
  const pieces = inLines ? text.split(/\r\n|\n|\r/).filter((line) => line.trimStart().startsWith('{')) : cutTexts(text);
  const records: JsonObject[] = [];
  for (const piece of pieces) {
    append(records, parseObjects(piece));
    if (records.length >= SAMPLE_RECORDS) break;
  }
  return records.slice(0, SAMPLE_RECORDS);
}

/** What a line holds: one object, or several that follow each other without a line break. */
function parseObjects(piece: string): readonly JsonObject[] {
  const value = tryParse(piece);
  if (isJsonObject(value)) return [value];
  return value === undefined && TWO_OBJECTS.test(piece) ? cutTexts(piece).map(tryParse).filter(isJsonObject) : [];
}

const TWO_OBJECTS = /\}[ \t,]*\{/;

function cutTexts(text: string): readonly string[] {
  const cutter = new JsonCutter(treatmentFor(undefined), text.length * 3 + 1);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return cutter.push(new TextEncoder().encode(text)).map((piece) => decoder.decode(piece.bytes));
}

function tryParse(text: string): Json | undefined {
  try {
    return JSON.parse(text.includes(String.raw`\x`) ? repairEscapes(text) : text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The fields of sampled records: members, members of members, and objects as a whole as well. */
export function listFields(records: readonly JsonObject[]): readonly SampledField[] {
  const found = new Map<string, Json[]>();
  for (const record of records) addFields(record, '', 1, found);
  return [...found].map(([path, values]) => ({
    path,
    name: normalName(path),
    values,
    texts: values.flatMap((value) => toText(value) ?? []),
  }));
}

function addFields(object: JsonObject, before: string, level: number, found: Map<string, Json[]>): void {
  for (const [key, value] of Object.entries(object)) {
    if (value === null || value === '' || value === '-') continue;
    const path = before === '' ? quoteKey(key) : key.includes('.') ? `${before}${quoteKey(key)}` : `${before}.${quoteKey(key)}`;
    const known = found.get(path);
    if (known !== undefined) known.push(value);
    else if (found.size < MAX_FIELDS) found.set(path, [value]);
    if (isJsonObject(value) && level < MAX_LEVELS) addFields(value, path, level + 1, found);
  }
}

/** `statusCode`, `Status-Code`, `@status_code` and `['status.code']` are one name: `status_code`, or with a dot `status.code`. */
export const normalName = (path: string): string =>
  path
    .replaceAll(/\[['"]?|['"]?\]/g, '.')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[()]/g, '')
    .replaceAll(/[\s-]+/g, '_')
    .replaceAll(/(^|\.)[@$:_#]+/g, '$1')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^\.|\.$/g, '');
