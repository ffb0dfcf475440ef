import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { toKnownText, toObject } from '../read/fields.ts';
import { readStamp } from '../read/stamp.ts';
import { toLlmDuration } from '../llm/llm-fields.ts';
import { toOwnAddress } from './own-address.ts';
import { toSpanId, toSpanSide, type Span } from './span.ts';

/** Objects inside of attributes that are taken apart. Units: levels. */
const MAX_DEPTH = 16;

/** Objects as names with dots: `{"llm": {"model_name": …}}` is `llm.model_name`, as spans have it; lists stay. */
function addFlat(to: Map<string, Json>, name: string, value: Json | undefined, depth: number): void {
  if (value === undefined || value === null) return;
  if (isJsonObject(value) && depth < MAX_DEPTH) {
    for (const [key, member] of Object.entries(value)) addFlat(to, name === '' ? key : `${name}.${key}`, member, depth + 1);
  } else to.set(name, Array.isArray(value) ? (value as readonly Json[]).map((one) => toMessage(one, depth)) : value);
}

/** `{"message.role": …, "message.tool_calls": [{"tool_call.function.name": …}]}` as the message that it spells. */
function toMessage(value: Json, depth: number): Json {
  if (Array.isArray(value) && depth < MAX_DEPTH) return (value as readonly Json[]).map((one) => toMessage(one, depth + 1));
  if (!isJsonObject(value) || depth >= MAX_DEPTH) return value;
  const whole = new Map<string, Json>();
  for (const [key, member] of Object.entries(value)) {
    const name = key.replace(/^(?:message|tool_call|message_content)\./, '');
    const [, inFunction] = /^function\.(.+)$/.exec(name) ?? [];
    const inner = toMessage(member, depth + 1);
    if (inFunction === undefined) whole.set(name, inner);
    else whole.set('function', { ...toObject(whole.get('function')), [inFunction]: inner });
  }
  return Object.fromEntries(whole);
}

const PREFIX = 'attributes.';

/** Attributes in an object of their own, or in columns `attributes.…` of a table. */
function toAttributes(record: JsonObject): Map<string, Json> {
  const attributes = new Map<string, Json>();
  addFlat(attributes, '', record['attributes'], 0);
  for (const [key, value] of Object.entries(record)) if (key.startsWith(PREFIX)) addFlat(attributes, key.slice(PREFIX.length), value, 0);
  const kind = toKnownText(record['span_kind']);
  if (kind !== undefined && kind !== 'UNKNOWN' && !attributes.has('openinference.span.kind'))
    attributes.set('openinference.span.kind', kind);
  return attributes;
}

const toId = (value: Json | undefined, bytes: 8 | 16): string | undefined => toSpanId(toKnownText(value)?.replace(/^0x/, ''), bytes);

/** `context` as an object, or its members as columns `context.…`. True where the record has the ids of a span. */
export const hasSpanIds = (record: JsonObject): boolean =>
  contextOf(record, 'trace_id') !== undefined && contextOf(record, 'span_id') !== undefined;

const contextOf = (record: JsonObject, name: 'trace_id' | 'span_id'): Json | undefined =>
  record[`context.${name}`] ?? toObject(record['context'])[name];

/**
 * One span as OpenTelemetry's SDKs print it, or as Phoenix exports it.
 * Source: opentelemetry-python, `ReadableSpan.to_json`; Arize-ai/phoenix, the columns of `get_spans_dataframe`.
 * Traps:  ids begin with `0x` in print; Phoenix has the kind of the step in `span_kind` and times in ms where pandas wrote them.
 */
export function toSpan(record: JsonObject): Span {
  const start = readStamp(record['start_time'], 'start', 0);
  const status = toObject(record['status']);
  const code = (toKnownText(record['status_code']) ?? toKnownText(status['status_code']))?.toLowerCase();
  const message = toKnownText(record['status_message']) ?? toKnownText(status['description']);
  const told = code === undefined || code === 'unset' ? undefined : code;
  const resource = new Map(Object.entries(toObject(toObject(record['resource'])['attributes'])));
  return {
    traceId: toId(contextOf(record, 'trace_id'), 16),
    spanId: toId(contextOf(record, 'span_id'), 8),
    parentSpanId: toId(record['parent_id'], 8),
    name: toKnownText(record['name']),
    side: toSpanSide(toKnownText(record['kind'])?.replace('SpanKind.', '')),
    time: start.time,
    timeText: start.timeText,
    duration: toLlmDuration(start, readStamp(record['end_time'], 'end', 0)),
    attributes: toAttributes(record),
    outcome: [told, message].filter(Boolean).join(': ') || undefined,
    service: toKnownText(resource.get('service.name')),
    address: toOwnAddress(resource),
  };
}
