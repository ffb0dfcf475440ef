import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { inspectJson } from '../../../lib/json-check.ts';
import { MAX_JSON_DEPTH } from '../read/json-records.ts';
import type { Envelope } from '../envelope.ts';

/** Columns in which query tools hand out the record that they stored, as text. */
const COLUMNS = [
  'json',
  'json_payload',
  'jsonPayload',
  'payload',
  '_raw',
  'raw',
  'record',
  'event',
  'log',
  'line',
  '@message',
  'message',
  'data',
];
/** Columns that say when the record was stored or made. */
const TIMES = ['@timestamp', '_time', 'timestamp', 'time', 'ingestion_time'];
/** Share of the first rows whose column must hold a JSON object. */
const NEEDED_SHARE = 0.6;

/**
 * A JSON object as the text of one column or member, beside what a query tool knows about it: BigQuery, Athena and CloudWatch
 * exports, Splunk's `_raw`.
 */
export const jsonColumn = {
  id: 'json-column',
  title: 'a column of JSON text',
  around: 'json',
  joins: false,
  recognize(head) {
    const objects = head.lines.map(parseObject).filter((object) => object !== undefined);
    const inside = objects.filter((object) => findColumn(object) !== undefined).length;
    return inside > 0 && inside / objects.length >= NEEDED_SHARE
      ? `${String(inside)} of the first ${String(objects.length)} rows have a column that is JSON text`
      : undefined;
  },
  unwrap(_text, value) {
    const found = isJsonObject(value) ? findColumn(value) : undefined;
    if (found === undefined || !isJsonObject(value)) return undefined;
    const time = TIMES.map((name) => value[name]).find((text) => typeof text === 'string' && text !== '');
    return { value: found, outer: { time: typeof time === 'string' ? time : undefined } };
  },
} as const satisfies Envelope;

/** The object inside: under a known name, or in the only column there is. */
function findColumn(object: JsonObject): JsonObject | undefined {
  const keys = Object.keys(object);
  for (const name of keys.length === 1 ? keys : COLUMNS) {
    const text = Object.hasOwn(object, name) ? object[name] : undefined;
    const inner = typeof text === 'string' ? parseObject(text) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function parseObject(text: string): JsonObject | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
  if (inspectJson(trimmed).depth > MAX_JSON_DEPTH) return undefined;
  try {
    const value = JSON.parse(trimmed) as Json; // JSON.parse gives nothing else
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
