import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { listJsonKeys, shareWithKeys } from '../read/json-signature.ts';
import { toIssue } from '../read/reading.ts';
import { toZeekCall, type ZeekRecord } from '../zeek/zeek-call.ts';

/** Share of the first records that must be of HTTP; streams to one file mix all of Zeek's logs. */
const NEEDED_SHARE = 0.2;
/** Fields that every record of http.log has. */
const NEEDED = ['uid', 'id.orig_h', 'id.resp_h', 'trans_depth'];

/**
 * Zeek's http.log as its JSON writer puts it: unset fields are left out.
 * Source: Book of Zeek, "Zeek JSON format logs". Shippers nest `id.orig_h` as `{"id": {"orig_h": …}}`; `_path` and `_write_ts` are
 * of the JSON streaming package.
 */
export const zeekHttpJson = {
  id: 'zeek-http-json',
  title: 'Zeek http.log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, client and server address, method, host, URI, status, body sizes, referer, user agent, user and file types; no duration, bodies or other headers',
  recognize(head) {
    const share = shareWithKeys(listJsonKeys(head), NEEDED);
    return share < NEEDED_SHARE
      ? { strength: 'none', why: 'no records with uid, id.orig_h and trans_depth' }
      : { strength: 'magic', why: "JSON records with uid, id.orig_h and trans_depth, as Zeek's http.log has them" };
  },
  records: 'json',
  shape: "not a record of Zeek's http.log",
  independent: true,
  isReread: true,
  isCertain: ({ value }) => isJsonObject(value) && value['uid'] !== undefined && isHttp(value),
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

const isHttp = (value: JsonObject): boolean => value['trans_depth'] !== undefined && get(value, 'id.orig_h') !== undefined;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  if (!isHttp(value)) {
    const path = value['_path'];
    return typeof path === 'string' ? toIssue('skip', 'NOT_HTTP', `a record of Zeek's ${path.slice(0, 40)} log`, record, text) : undefined;
  }
  return { kind: 'call', record: record.record, at: record.at, call: toZeekCall(toRecord(value), text, zoneOffsetMinutes) };
}

/** A field under its own name, dots and all, or nested. */
function get(value: JsonObject, name: string): Json | undefined {
  if (value[name] !== undefined || !name.startsWith('id.')) return value[name];
  const id = value['id'];
  return isJsonObject(id) ? id[name.slice(3)] : undefined;
}

function toRecord(value: JsonObject): ZeekRecord {
  return {
    names: Object.keys(value).flatMap((name) => {
      const id = name === 'id' ? value[name] : undefined;
      return isJsonObject(id) ? Object.keys(id).map((part) => `id.${part}`) : [name];
    }),
    text: (name) => toText(get(value, name)),
    list(name) {
      const entry = get(value, name);
      return (Array.isArray(entry) ? entry : [entry]).flatMap((one: Json | undefined) => toText(one) ?? []);
    },
  };
}

function toText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one: Json) => toText(one) ?? '').join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
