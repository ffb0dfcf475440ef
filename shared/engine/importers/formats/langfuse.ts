import { append } from '../../../lib/append.ts';
import type { ReadOptions } from '../../../model/read-settings.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { kindOfObservation, toObservationCall, type TraceOwner } from '../llm/observation.ts';
import { toKnownText, toObject } from '../read/fields.ts';
import { Pairing, type Held } from '../read/pairing.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** Traces whose owners are remembered, for observations that come later. */
const MAX_TRACES = 10_000;
/** `generation-create`, `span-update`: what an ingestion batch calls its events. */
const EVENT =
  /^(trace|span|generation|event|score|observation|sdk-log|agent|tool|chain|retriever|evaluator|embedding|guardrail)(?:-(create|update))?$/;

/**
 * Langfuse: observations and traces of its API and its exports, and the events that its SDKs send in batches.
 * Source: Langfuse API reference; `langfuse_expected_request_body` in the tests of BerriAI/litellm. Calls of models and tools become
 * calls; traces, spans and scores are steps around them and are skipped, save that a trace and the agent in it say whose its calls are: its API gives
 * traces and observations as files of their own.
 */
export const langfuse = {
  id: 'langfuse',
  title: 'Langfuse export or ingestion batch',
  extensions: ['.json', '.jsonl'],
  holds: 'time, duration, model, messages and answer, tools, tokens, cost, errors, user, session and place in the trace; no HTTP status',
  recognize: (head) =>
    recognizeByKeys(head, 'Langfuse', (keys) => {
      if (
        keys.has('type') &&
        keys.has('body') &&
        (keys.has('body.traceId') || keys.has('body.startTime') || keys.has('body.timestamp')) &&
        keys.has('timestamp')
      )
        return 'certain';
      if (
        keys.has('traceId') &&
        keys.has('type') &&
        keys.has('startTime') &&
        ['parentObservationId', 'completionStartTime', 'usageDetails', 'modelParameters'].some((key) => keys.has(key))
      )
        return 'certain';
      return keys.has('observations') &&
        keys.has('timestamp') &&
        ['userId', 'sessionId', 'htmlPath', 'totalCost'].some((key) => keys.has(key))
        ? 'certain'
        : undefined;
    }),
  records: 'json',
  shape: 'not a trace, observation or event of Langfuse',
  independent: false,
  open: (options) => createReader(options),
} as const satisfies RecordImporter;

interface Part {
  readonly body: JsonObject;
  readonly type: string | undefined;
  readonly record: LogRecord;
}

function createReader({ zoneOffsetMinutes }: ReadOptions): RecordReader {
  const owners = new Map<string, TraceOwner>();
  const pairing = new Pairing<Part, Part>();

  const remember = (trace: JsonObject): readonly Imported[] => {
    const id = toKnownText(trace['id']);
    const owner = { user: toKnownText(trace['userId']), session: toKnownText(trace['sessionId']) };
    if (id === undefined || (owner.user ?? owner.session) === undefined) return [];
    if (owners.size >= MAX_TRACES) owners.clear();
    owners.set(id, owner);
    return owner.user === undefined ? [] : [{ kind: 'trace', trace: { traceId: id, user: owner.user } }];
  };
  const toImported = ({ question, answer }: Held<Part, Part>): Imported => {
    const first = question ?? answer;
    if (first === undefined) throw new Error('a held place has a question or an answer');
    // An update holds only what is new, and `null` for the rest.
    const news = Object.fromEntries(Object.entries(answer?.body ?? {}).filter(([, value]) => value !== null));
    const body = question === undefined ? first.body : { ...question.body, ...news };
    const call = toObservationCall(body, first.type, owners.get(toKnownText(body['traceId']) ?? ''), zoneOffsetMinutes);
    return { kind: 'call', record: first.record.record, at: first.record.at, call: { ...call, rawText: first.record.text } };
  };
  const step = (record: LogRecord, what: string): Imported =>
    toIssue('skip', 'NOT_HTTP', `${what}, not a call of a model or a tool`, record, record.text);
  /** The agent that is the outermost step of its trace made the run; one within it was called by another step. */
  const agentOf = (type: string | undefined, body: JsonObject): readonly Imported[] => {
    const [traceId, agent] = [toKnownText(body['traceId']), toKnownText(body['name'])];
    if (type !== 'AGENT' || traceId === undefined || agent === undefined || toKnownText(body['parentObservationId']) !== undefined)
      return [];
    return [{ kind: 'trace', trace: { traceId, agent } }];
  };

  const readEvent = (
    value: JsonObject,
    event: readonly [noun: string, verb: string | undefined],
    record: LogRecord,
  ): readonly Imported[] => {
    const body = toObject(value['body']);
    const [noun, verb] = event;
    const type = toKnownText(body['type']) ?? noun.toUpperCase();
    if (kindOfObservation(type) === 'step')
      return [step(record, `an event of type ${noun}`), ...(noun === 'trace' ? remember(body) : agentOf(type, body))];
    const id = toKnownText(body['id']);
    const part: Part = { body, type, record };
    const units = record.text.length;
    if (verb === 'update' && id !== undefined) {
      if (!pairing.answer(id, part, units)) pairing.tell(part, undefined, units);
    } else if (id === undefined || body['endTime'] !== undefined) pairing.tell(part, undefined, units);
    else pairing.ask(id, part, units);
    return [];
  };

  const readObservation = (value: JsonObject, record: LogRecord): readonly Imported[] => {
    const type = toKnownText(value['type']);
    if (kindOfObservation(type) === 'step') return [step(record, `an observation of type ${type ?? 'unknown'}`), ...agentOf(type, value)];
    pairing.tell({ body: value, type, record }, undefined, record.text.length);
    return [];
  };

  const read = (record: LogRecord): Imported | readonly Imported[] | undefined => {
    const { value } = record;
    if (!isJsonObject(value)) return undefined;
    const issues: Imported[] = [];
    const [, noun, verb] = EVENT.exec(toKnownText(value['type']) ?? '') ?? [];
    if (noun !== undefined && isJsonObject(value['body'])) append(issues, readEvent(value, [noun, verb], record));
    else if ('traceId' in value && 'type' in value) append(issues, readObservation(value, record));
    else if ('timestamp' in value && ('userId' in value || 'sessionId' in value || 'observations' in value)) {
      append(issues, remember(value));
      const inside = Array.isArray(value['observations']) ? value['observations'].filter(isJsonObject) : [];
      for (const one of inside) append(issues, agentOf(toKnownText(one['type']), { traceId: value['id'] ?? null, ...one }));
      const calls = inside.filter((one) => kindOfObservation(toKnownText(one['type'])) !== 'step');
      for (const one of calls) readObservation({ traceId: value['id'] ?? null, ...one }, record);
      if (calls.length === 0) issues.push(step(record, 'a trace'));
    } else return undefined;
    return [...issues, ...pairing.take().map(toImported)];
  };
  return Object.assign(read, { rest: () => pairing.rest().map(toImported) });
}
