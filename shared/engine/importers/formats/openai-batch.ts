import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { toModelCall } from '../llm/model-call.ts';
import { NO_STAMP } from '../llm/tool-call.ts';
import { toKnownText, toObject, toStatus } from '../read/fields.ts';
import { Pairing, WAITED_TOO_LONG, type Held } from '../read/pairing.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/**
 * Batches of requests to models: lines of what was asked, lines of what was answered, or both in one file.
 * Source: OpenAI API reference, "batch request input object" and "batch request output object"; Anthropic API reference, "message batches", which
 * writes `params` and `result`. The two belong together by `custom_id` within a file; answers come in any order.
 */
export const openaiBatch = {
  id: 'openai-batch',
  title: 'Batch of model requests (OpenAI, Anthropic)',
  extensions: ['.jsonl'],
  holds:
    'model, messages and answer, tools that were asked for, tokens, HTTP status, request id and errors; time of answers in whole seconds; questions and answers stand in files of their own mostly',
  recognize: (head) =>
    recognizeByKeys(head, 'a batch of model requests', (keys) => {
      if (!keys.has('custom_id')) return undefined;
      const isAsked = (keys.has('body') && keys.has('url')) || keys.has('params.messages');
      const isAnswered =
        keys.has('response.status_code') ||
        keys.has('response.body') ||
        keys.has('result.type') ||
        (keys.has('response') && keys.has('error'));
      return isAsked || isAnswered ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a line of a batch: no custom_id with a request or an answer',
  independent: false,
  open: () => createReader(),
  notes: ['Questions of a batch have no time; a batch runs within a day of when it is given.'],
} as const satisfies RecordImporter;

/** Requests of one batch; answers come in any order behind them. Source: the vendors' limits, 50,000 (OpenAI) and 100,000 (Anthropic). */
export const MAX_BATCH = 100_000;
/** What waits of one batch at once. Units: characters. */
export const MAX_BATCH_UNITS = 128 * 1024 * 1024;

interface Line {
  readonly value: JsonObject;
  readonly record: LogRecord;
}

function createReader(): RecordReader {
  const pairing = new Pairing<Line, Line>({ places: MAX_BATCH, units: MAX_BATCH_UNITS });
  const toImported = ({ question, answer, ended }: Held<Line, Line>): Imported => {
    const place = (question ?? answer)?.record;
    if (place === undefined) throw new Error('a held place has a question or an answer');
    return {
      kind: 'call',
      record: place.record,
      at: place.at,
      call: { ...toCall(question?.value, answer?.value, ended), rawText: place.text },
    };
  };
  const read = (record: LogRecord): readonly Imported[] | undefined => {
    const { value, text } = record;
    const id = isJsonObject(value) ? toKnownText(value['custom_id']) : undefined;
    if (!isJsonObject(value) || id === undefined) return undefined;
    const line = { value, record };
    if (isJsonObject(value['body']) || isJsonObject(value['params'])) pairing.ask(id, line, text.length);
    else if ('response' in value || 'result' in value || 'error' in value) {
      if (!pairing.answer(id, line, text.length)) pairing.tell(undefined, line, text.length);
    } else return undefined;
    return pairing.take().map(toImported);
  };
  return Object.assign(read, { rest: () => pairing.rest().map(toImported) });
}

/** The answer's body and what went wrong, in the forms of both vendors. */
function toAnswer(answer: JsonObject): { readonly body: JsonObject | undefined; readonly error: Json | undefined } {
  const result = toObject(answer['result']);
  const body = [toObject(answer['response'])['body'], result['message']].find(isJsonObject);
  return { body, error: answer['error'] ?? result['error'] ?? undefined };
}

function toCall(question: JsonObject | undefined, answer: JsonObject | undefined, ended: string | undefined): ImportedCall {
  const request = [question?.['body'], question?.['params']].find(isJsonObject);
  const { body, error } = answer === undefined ? { body: undefined, error: undefined } : toAnswer(answer);
  const response = toObject(answer?.['response']);
  const url = toKnownText(question?.['url']);
  const call = toModelCall({ request, response: body }, error, [
    ['custom-id', toKnownText(question?.['custom_id']) ?? toKnownText(answer?.['custom_id'])],
    ['batch-request', toKnownText(answer?.['id'])],
    ['outcome', toKnownText(toObject(answer?.['result'])['type'])],
    ['no-answer', answer === undefined ? (ended === WAITED_TOO_LONG ? ended : 'no line of this file answers it') : undefined],
  ]);
  const created = body?.['created'] ?? body?.['created_at'];
  const { scheme, host, port, path } = splitUrl(url ?? '');
  return {
    ...(created === undefined ? NO_STAMP : readStamp(created, 'start', 0)),
    ...call,
    method: toKnownText(question?.['method'])?.toUpperCase() ?? 'POST',
    scheme,
    host,
    port,
    path: path ?? (request !== undefined && question?.['params'] !== undefined ? '/v1/messages' : call.path),
    status: toStatus(response['status_code']),
    requestId: toKnownText(response['request_id']),
  };
}
