import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { RecordImporter } from '../importer.ts';
import { toLooseText } from '../read/fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';
import { createW3cRows } from '../w3c/w3c-call.ts';
import { toDialect } from '../w3c/w3c-dialect.ts';
import { toLayout, type W3cLayout } from '../w3c/w3c-layout.ts';

/** Sets of fields that are remembered; a distribution has one. */
const MAX_LAYOUTS = 100;

const hasEdge = (keys: readonly string[]): boolean => keys.some((key) => key.startsWith('x-edge-'));
const isAnswered = (has: (key: string) => boolean): boolean => (has('cs-method') || has('cs-uri-stem')) && has('sc-status');

/**
 * CloudFront's standard log (v2) as JSON: the fields are those of the table, by name, and each distribution chooses its own.
 * Source: AWS CloudFront guide, "standard logging reference". `timestamp(ms)` and `timestamp` are epoch numbers.
 */
export const cloudfrontJson = {
  id: 'cloudfront-json',
  title: 'CloudFront log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log', '.gz'],
  holds:
    'what was chosen of: time, duration, client, method, host, path, query, status, sizes, referer, user agent, cookies, request id; no bodies',
  recognize: (head) =>
    recognizeByKeys(head, "CloudFront's log", (keys) => {
      if (!isAnswered((key) => keys.has(key))) return undefined;
      return hasEdge([...keys]) ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a record of CloudFront: no cs-method and sc-status',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && isAnswered((key) => key in value) && hasEdge(Object.keys(value)),
  open: ({ zoneOffsetMinutes }) => {
    const toCall = createW3cRows(zoneOffsetMinutes);
    const layoutOf = createLayouts();
    return ({ record, at, text, value }) => {
      if (!isJsonObject(value) || !isAnswered((key) => key in value)) return undefined;
      const names = Object.keys(value).filter((name) => !STAMPS.includes(name));
      const call = toCall(
        layoutOf(names),
        names.map((name) => toLooseText(value[name]) ?? '-'),
        text,
      );
      return { kind: 'call', record, at, call: { ...call, ...readTime(value, call.time !== undefined) } };
    };
  },
} as const satisfies RecordImporter;

/** From the finest on. */
const STAMPS: readonly string[] = ['timestamp(ms)', 'timestamp'];

/** The milliseconds of a stamp count before the seconds of date and time. */
function readTime(value: JsonObject, isKnown: boolean): ReturnType<typeof readStamp> | undefined {
  const name = STAMPS.find((stamp) => value[stamp] !== undefined && value[stamp] !== '-');
  if (name === undefined || (isKnown && name === 'timestamp')) return undefined;
  const number = toLooseText(value[name]);
  const stamp = readStamp(number, 'end', 0);
  return stamp.time === undefined ? undefined : stamp;
}

/** Lifetime: one read. */
function createLayouts(): (names: readonly string[]) => W3cLayout {
  const layouts = new Map<string, W3cLayout>();
  const dialect = toDialect('', ['x-edge-location']);
  return (names) => {
    const key = names.join('\t');
    const known = layouts.get(key);
    if (known !== undefined) return known;
    const layout = { ...toLayout(names, ''), dialect };
    if (layouts.size < MAX_LAYOUTS) layouts.set(key, layout);
    return layout;
  };
}
