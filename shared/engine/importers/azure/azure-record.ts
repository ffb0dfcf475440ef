import { parseExact } from '../../../lib/exact-numbers.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { parseIsoTime } from '../../../lib/iso-time.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord } from '../importer.ts';
import { toIssue } from '../read/reading.ts';
import { openSpelledFields } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { readStamp } from '../read/stamp.ts';
import type { Stamp } from '../read/stamp.ts';

/** Column suffixes of Log Analytics: string, double, boolean, GUID, time; and the zone in the headings of the portal's CSV. */
const SUFFIX = /(?:_[sdbgt]| \[utc\])$/;

/**
 * Makes one name of the spellings of a field: `clientIP` in a diagnostic record, `clientIP_s` in AzureDiagnostics, `ClientIp` in a
 * resource's own table, `TimeGenerated [UTC]` in the portal's CSV.
 */
const toAzureName = (key: string): string => key.toLowerCase().replace(SUFFIX, '');

/** The members of a diagnostic record: those of `properties` and those beside it. */
function openAzureFields(value: JsonObject): RecordFields {
  const { properties, ...beside } = value;
  const inner = toAzureObject(properties);
  return openSpelledFields(inner === undefined ? [value] : [inner, beside], toAzureName);
}

/** An object, or one that stands as its text in exports that flatten records, as tables of Log Analytics do. */
export function toAzureObject(value: Json | undefined): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined;
  try {
    const parsed = parseExact(value);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What tells the records of one product apart from those of its siblings. */
export interface AzureCategory {
  /** True for the category that is read. */
  readonly isRead: (category: string) => boolean;
  /** True for a record of the same product that is about something else: health probes, firewalls, token counts. */
  readonly isSibling: (category: string, fields: RecordFields) => boolean;
  /** True when a record of this category, or of none, tells of a call. */
  readonly isCall: (fields: RecordFields) => boolean;
}

/** A reader of the diagnostic records of one category. */
export const readAzure =
  (category: AzureCategory, toCall: (fields: RecordFields, text: string) => ImportedCall) =>
  (record: LogRecord): Imported | undefined => {
    const { value, text } = record;
    if (!isJsonObject(value)) return undefined;
    const fields = openAzureFields(value);
    const name = fields.text('category');
    if (name !== undefined && !category.isRead(name)) {
      if (!category.isSibling(name, fields)) return undefined;
      return toIssue('skip', 'NOT_HTTP', `a record of ${name.slice(0, 60)}, not of a call`, record, text);
    }
    if (!category.isCall(fields)) return undefined;
    return { kind: 'call', record: record.record, at: record.at, call: toCall(fields, text) };
  };

/** Names of fields in the first objects of a head, as `toAzureName` gives them, those of `properties` among them. */
export const toAzureNames = (keys: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...keys].map((key) => toAzureName(key.startsWith('properties.') ? key.slice('properties.'.length) : key)));

/** `6/12/2023, 4:58:39.123 PM`, as the portal's CSV has times. */
const PORTAL_TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d{1,2}):(\d\d):(\d\d)(\.\d+)? ([AP]M)$/;

/** The time of a record, in the fields named first where it has them. Azure keeps all of them in UTC, also where the text names no zone. */
export function readAzureTime(fields: RecordFields, ...first: readonly string[]): Stamp {
  const value = fields.take(...first, 'time', 'timestamp', 'timegenerated', 'timegeneratedutc', 'datetime');
  const match = typeof value === 'string' ? PORTAL_TIME.exec(value) : null;
  if (match === null) {
    const stamp = readStamp(value, 'unknown', 0);
    return stamp.time === undefined ? stamp : { ...stamp, zoneKnown: true };
  }
  const [text, month = '', day = '', year, hour, minute, second, fraction = '', half] = match;
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  const iso = `${String(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${String(hours).padStart(2, '0')}:${String(minute)}:${String(second)}${fraction}Z`;
  const parsed = parseIsoTime(iso, 0);
  if (typeof parsed === 'string') return { timeText: text, timeKind: 'unknown', zoneKnown: true };
  return { time: parsed.time, timeText: text, timeKind: 'unknown', zoneKnown: true };
}

/** `undefined` for texts that stand for nothing in Azure's logs. */
export const toAzureText = (text: string | undefined): string | undefined => (text === 'N/A' || text === 'null' ? undefined : text);
