import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { Envelope, Unwrapped } from '../envelope.ts';
import { parseJsonRecord } from '../read/json-records.ts';
import { byLines } from './share.ts';

/** `2024/12/13 18:14:40.912⇥INFO⇥http.log.access⇥handled request⇥{…}`: time, level, logger, message and fields, with TABs between. */
const LINE = /^([^\t{]{8,40})\t(?:\u001B\[\d+m)?(DEBUG|INFO|WARN|ERROR|DPANIC|PANIC|FATAL)(?:\u001B\[0m)?\t/i;
const NOWHERE = { record: 0, at: { start: 0, length: 0 } };

/**
 * What Caddy and other programs write with the console encoder of the logging library zap: given as the record that its JSON
 * encoder would have written. Source: Caddy documentation, "log", `format console`.
 */
export const consoleJson = {
  id: 'console-json',
  title: 'console lines that end with JSON (zap)',
  around: 'lines',
  joins: false,
  recognize: byLines((line) => LINE.test(line), "lines are time, level and message, as Caddy's console format has them"),
  unwrap: unwrapLine,
} as const satisfies Envelope;

function unwrapLine(text: string): Unwrapped | undefined {
  const match = LINE.exec(text);
  if (match === null) return undefined;
  const parts = text.slice(match[0].length).split('\t');
  const last = parts.at(-1) ?? '';
  const fields = last.startsWith('{') ? parseFields(last) : undefined;
  const words = fields === undefined ? parts : parts.slice(0, -1);
  const names = words.length > 1 ? { logger: words[0] ?? '' } : {};
  // Caddy writes `2024/12/13`, other programs ISO 8601.
  const ts = (match[1] ?? '').replace(/^(\d{4})\/(\d\d)\/(\d\d) /, '$1-$2-$3T');
  return { value: { level: (match[2] ?? '').toLowerCase(), ts, ...names, msg: words.at(-1) ?? '', ...fields }, outer: {} };
}

function parseFields(text: string): JsonObject | undefined {
  const parsed = parseJsonRecord(text, NOWHERE);
  return 'value' in parsed && isJsonObject(parsed.value) ? parsed.value : undefined;
}
