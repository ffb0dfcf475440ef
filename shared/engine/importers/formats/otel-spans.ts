import { isJsonObject } from '../../../lib/json.ts';
import type { RecordImporter } from '../importer.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { toInnerSpan } from '../traces/inner-span.ts';
import { toSpanCall } from '../traces/span-call.ts';
import { hasSpanIds, toSpan } from '../traces/span-record.ts';

/**
 * Spans of OpenTelemetry one by one: as the SDK of Python prints them on its console, and as Phoenix exports them (`get_spans_dataframe` as JSON).
 * Source: opentelemetry-python, `ConsoleSpanExporter`; Arize-ai/phoenix, span columns. What a span stands for is as in OTLP.
 */
export const otelSpans = {
  id: 'otel-spans',
  title: 'OpenTelemetry spans (console, Phoenix)',
  extensions: ['.json', '.jsonl', '.log'],
  holds:
    'time, duration, trace and span ids, HTTP and RPC calls, model and tool calls with what they were given, tokens, user; service where the resource is printed',
  recognize: (head) =>
    recognizeByKeys(head, 'spans of OpenTelemetry', (keys) =>
      keys.has('context.trace_id') && keys.has('context.span_id') && keys.has('start_time') ? 'certain' : undefined,
    ),
  records: 'json',
  shape: 'not a span: no context with the ids of a trace and a span',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && hasSpanIds(value) && 'start_time' in value,
  open: () => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value) || !hasSpanIds(value)) return undefined;
    const span = toSpan(value);
    const meaning = toSpanCall(span, text);
    if ('why' in meaning) {
      const trace = toInnerSpan(span);
      const skipped = toIssue('skip', 'NOT_HTTP', meaning.why, record, text);
      return trace === undefined ? skipped : [skipped, { kind: 'trace', trace }];
    }
    return { kind: 'call', record: record.record, at: record.at, call: meaning.call };
  },
} as const satisfies RecordImporter;
