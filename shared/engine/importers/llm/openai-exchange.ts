import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { durationMs, type DurationMs } from '../../../model/units.ts';
import { toKnownText, toNumber, toObject, toStatus } from '../read/fields.ts';
import { readStamp, type Stamp } from '../read/stamp.ts';
import type { Exchange } from './exchanges.ts';
import { parseInner, toLlmDuration } from './llm-fields.ts';
import { NO_STAMP } from './tool-call.ts';

/** What applications call the time of a request that they log, and how long it took. Units: of the durations ms. */
const STARTS = [
  'start_time',
  'started_at',
  'startTime',
  'request_time',
  'requested_at',
  'timestamp',
  'time',
  'ts',
  'created_at',
  'date',
] as const;
const ENDS = ['end_time', 'ended_at', 'endTime', 'completed_at', 'finished_at'] as const;
const DURATIONS = ['duration_ms', 'latency_ms', 'elapsed_ms', 'response_ms', 'durationMs', 'latencyMs'] as const;
/** Members of an answer that are an input where somebody kept it beside the answer: the API gives it from an address of its own. */
const INPUTS = ['messages', 'input', 'input_items', 'input_messages'] as const;

const first = (from: JsonObject, names: readonly string[]): Json | undefined =>
  names.map((name) => from[name]).find((value) => typeof value === 'string' || typeof value === 'number');

/** An object, also where it was written as a text. */
const opened = (value: Json | undefined): JsonObject | undefined => {
  const inner = parseInner(value);
  return isJsonObject(inner) ? inner : undefined;
};

/** True for an answer of the two APIs by what it calls itself. */
const isAnswer = (value: JsonObject): boolean =>
  (value['object'] === 'chat.completion' && Array.isArray(value['choices'])) ||
  (value['object'] === 'response' && Array.isArray(value['output']));

/**
 * One exchange with OpenAI's API or one like it: `{"request", "response"}` with the bodies themselves or with the bodies in `body`, or an answer
 * alone, as the API lists what it stored. `undefined` for anything else.
 * Source: OpenAI API reference, "chat completion object", "response object", "list chat completions", "list input items".
 */
export function toExchange(value: JsonObject, zoneOffsetMinutes: number): Exchange | undefined {
  if (isAnswer(value)) return ofAnswer(value);
  const [sent, received] = [opened(value['request']), opened(value['response'])];
  if (sent === undefined && received === undefined) return undefined;
  const [request, response] = [opened(sent?.['body']) ?? sent, opened(received?.['body']) ?? received];
  const isRequest = ['messages', 'input', 'model'].some((name) => request?.[name] !== undefined);
  const isResponse = ['choices', 'output', 'content', 'error'].some((name) => response?.[name] !== undefined);
  if (!isRequest && !isResponse) return undefined;
  const answered = response === undefined ? undefined : timesOf(response);
  const start = first(value, STARTS);
  const stamp = start === undefined ? undefined : readStamp(start, 'start', zoneOffsetMinutes);
  const end = first(value, ENDS);
  const told = toNumber(first(value, DURATIONS));
  const { scheme, host, port, path } = splitUrl(toKnownText(sent?.['url']) ?? toKnownText(value['url']) ?? '');
  const fields: Partial<ImportedCall> = {
    scheme,
    host,
    port,
    path,
    method: toKnownText(sent?.['method'])?.toUpperCase(),
    status: toStatus(received?.['status_code'] ?? received?.['status'] ?? value['status_code']),
    requestId: toKnownText(value['request_id']) ?? toKnownText(received?.['request_id']),
  };
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'request' && name !== 'response'));
  return {
    request,
    response,
    stamp: stamp ?? answered?.stamp ?? NO_STAMP,
    isCoarse: stamp === undefined && answered?.isCoarse === true,
    durationMs:
      told !== undefined && told >= 0
        ? durationMs(told)
        : stamp === undefined
          ? answered?.durationMs
          : toLlmDuration(stamp, readStamp(end, 'end', zoneOffsetMinutes)),
    error: value['error'] ?? undefined,
    fields,
    extras: [['logged', Object.keys(rest).length === 0 ? undefined : JSON.stringify(rest)]],
  };
}

/** An answer alone; what it was sent stands beside it, or nowhere. */
function ofAnswer(value: JsonObject): Exchange {
  const kept = INPUTS.find((name) => value[name] !== undefined && value[name] !== null);
  const list = kept === undefined ? undefined : (toObject(value[kept])['data'] ?? value[kept]);
  const name = value['object'] === 'response' ? 'input' : 'messages';
  const response = kept === undefined ? value : Object.fromEntries(Object.entries(value).filter(([member]) => member !== kept));
  const { instructions, tools, model } = value;
  const beside = Object.fromEntries(
    Object.entries({ model, instructions, tools }).filter((entry): entry is [string, Json] => (entry[1] ?? null) !== null),
  );
  return {
    request: list === undefined ? undefined : { ...beside, [name]: list },
    response,
    ...timesOf(value),
    error: undefined,
    fields: { requestId: toKnownText(value['request_id']) ?? toKnownText(value['_request_id']) },
    extras: [],
  };
}

/** When an answer was made, as it says itself: in whole seconds mostly. */
function timesOf(response: JsonObject): { readonly stamp: Stamp; readonly isCoarse: boolean; readonly durationMs: DurationMs | undefined } {
  const created = response['created_at'] ?? response['created'];
  const stamp = created === undefined ? NO_STAMP : readStamp(created, 'start', 0);
  const end = response['completed_at'];
  return {
    stamp,
    isCoarse: Number.isInteger(toNumber(created)),
    durationMs: end === undefined ? undefined : toLlmDuration(stamp, readStamp(end, 'end', 0)),
  };
}
