import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { ImportedTrace } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { bodiesOf, kindOfSpan, nameUse, toSpanCall } from '../llm/agent-span.ts';
import { toOwner } from '../llm/metadata.ts';
import { asksIn } from '../llm/tool-use.ts';
import { toKnownText, toObject } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** Traces whose owners are gathered, and tools that models asked for, before they are given out or forgotten. */
const MAX_KEPT = 10_000;

/**
 * OpenAI's Agents SDK: the traces and spans that its exporter posts, an item a line, in lists, or as the bodies it posted.
 * Source: openai/openai-agents-python, `tracing/processors.py`, `traces.py`, `spans.py` and `span_data.py`. Spans of models, tools and lists of tools
 * become calls; agents, turns, hand-offs and guardrails are steps around them and are skipped, save that the outermost agent made the run.
 */
export const openaiAgents = {
  id: 'openai-agents',
  title: 'OpenAI Agents SDK trace',
  extensions: ['.jsonl', '.json'],
  holds:
    'time, duration, model, tools with arguments and results (of MCP servers by server), tokens, errors, agent and place in the trace; messages where the span kept them (`generation`, not `response`); no HTTP status',
  recognize: (head) =>
    recognizeByKeys(head, 'the Agents SDK of OpenAI', (keys) => {
      if (keys.has('span_data') && keys.has('trace_id') && keys.has('started_at')) return 'certain';
      return keys.has('object') && keys.has('workflow_name') && keys.has('id') ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a trace or span of the Agents SDK',
  independent: false,
  open: () => createReader(),
} as const satisfies RecordImporter;

interface Told extends ImportedTrace {
  /** When the outermost agent so far began; the one that began first ends last, and comes last. */
  readonly began: string | undefined;
}

function createReader(): RecordReader {
  const owners = new Map<string, Told>();
  /** By what a tool was given: the span of the answer that asked for it. */
  const asked = new Map<string, string>();

  const giveOwners = (): readonly Imported[] => {
    const given = [...owners.values()].map(({ began: _began, ...trace }): Imported => ({ kind: 'trace', trace }));
    owners.clear();
    return given.filter((one) => one.kind === 'trace' && (one.trace.user ?? one.trace.agent) !== undefined);
  };
  const learn = (traceId: string | undefined, news: (before: Told) => Told): readonly Imported[] => {
    if (traceId === undefined) return [];
    const given = owners.size >= MAX_KEPT && !owners.has(traceId) ? giveOwners() : [];
    owners.set(traceId, news(owners.get(traceId) ?? { traceId, began: undefined }));
    return given;
  };
  const learnAgent = (span: JsonObject, name: string | undefined): readonly Imported[] => {
    const began = toKnownText(span['started_at']);
    if (name === undefined || began === undefined) return [];
    // Times of one exporter are written alike, so that they sort as texts.
    return learn(toKnownText(span['trace_id']), (before) =>
      before.began !== undefined && before.began <= began ? before : { ...before, agent: name, began },
    );
  };
  const rememberAsks = (span: JsonObject): void => {
    const id = toKnownText(span['id']);
    const { response } = bodiesOf(toObject(span['span_data']));
    const said = Array.isArray(response?.['output']) ? response['output'].filter(isJsonObject) : [];
    for (const ask of said.flatMap((entry) => asksIn(entry))) {
      const [oldest] = asked.size >= MAX_KEPT ? asked.keys() : [];
      if (oldest !== undefined) asked.delete(oldest);
      if (id !== undefined) asked.set(nameUse(toKnownText(span['trace_id']), ask.name, ask.input), id);
    }
  };
  const step = (record: LogRecord, what: string): Imported =>
    toIssue('skip', 'NOT_HTTP', `${what}, not a call of a model or a tool`, record, record.text);

  const readTrace = (trace: JsonObject, record: LogRecord): readonly Imported[] => {
    const { user } = toOwner(toObject(trace['metadata']));
    return [...learn(toKnownText(trace['id']), (before) => ({ ...before, user: user ?? before.user })), step(record, 'a trace')];
  };
  const readSpan = (span: JsonObject, data: JsonObject, record: LogRecord): readonly Imported[] => {
    const type = toKnownText(data['type']);
    const kind = kindOfSpan(type);
    if (kind === 'step')
      return [
        ...(type === 'agent' ? learnAgent(span, toKnownText(data['name'])) : []),
        step(record, `a span of type ${(type ?? 'unknown').slice(0, 40)}`),
      ];
    if (kind === 'model') rememberAsks(span);
    const use = kind === 'tool' ? nameUse(toKnownText(span['trace_id']), toKnownText(data['name']) ?? '', data['input']) : '';
    const asker = asked.get(use);
    return [{ kind: 'call', record: record.record, at: record.at, call: { ...toSpanCall(span, asker), rawText: record.text } }];
  };

  const read = (record: LogRecord): readonly Imported[] | undefined => {
    const { value } = record;
    if (!isJsonObject(value)) return undefined;
    if (isJsonObject(value['span_data'])) return readSpan(value, value['span_data'], record);
    return value['object'] === 'trace' ? readTrace(value, record) : undefined;
  };
  return Object.assign(read, { rest: giveOwners });
}
