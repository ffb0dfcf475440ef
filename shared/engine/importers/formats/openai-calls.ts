import { isJsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { ReadOptions } from '../../../model/read-settings.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { Exchanges, type Placed } from '../llm/exchanges.ts';
import { toExchange } from '../llm/openai-exchange.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** What an answer calls itself. */
const ANSWER = /"object"\s*:\s*"(?:chat\.completion|response)"/;

/**
 * Calls of OpenAI's API and those like it, as applications log them: chat completions and responses, with what was sent or without.
 * Source: OpenAI API reference, "chat completion object", "response object", "list chat completions". A tool's call runs from the answer that asked
 * for it to the request that tells its result; what the provider ran by itself (MCP servers, search, code) stands in the answer.
 */
export const openaiCalls = {
  id: 'openai-calls',
  title: 'OpenAI calls (chat completions, responses)',
  extensions: ['.jsonl', '.json'],
  holds:
    'model, messages or items and answer, tools with arguments and results (of MCP servers by server), tokens, user, conversation; time in whole seconds unless the log adds its own; HTTP status only where it was logged',
  recognize(head) {
    const isNamed = ANSWER.test(headText(head));
    return recognizeByKeys(head, "OpenAI's API", (keys) => {
      const isFlat = keys.has('object') && (keys.has('choices') || keys.has('output')) && (keys.has('created') || keys.has('created_at'));
      if (isFlat) return isNamed ? 'certain' : undefined;
      const isSent = keys.has('request.messages') || keys.has('request.input') || (isNamed && keys.has('request.body'));
      const isAnswered = keys.has('response.choices') || keys.has('response.output') || (isNamed && keys.has('response.body'));
      return isSent && isAnswered ? 'certain' : undefined;
    });
  },
  records: 'json',
  shape: 'not a call of a model: neither a request with its response nor a chat completion or response alone',
  independent: false,
  open: (options) => createReader(options),
  notes: ['The method POST stands for calls whose HTTP the log does not show.'],
} as const satisfies RecordImporter;

function createReader({ zoneOffsetMinutes }: ReadOptions): RecordReader {
  const exchanges = new Exchanges<LogRecord>();
  // The record's text stands with the call of the model, which it is of; the calls of tools hold their parts of it.
  const toImported = ({ call, place, isModel }: Placed<LogRecord>): Imported => ({
    kind: 'call',
    record: place.record,
    at: place.at,
    call: isModel ? { ...call, rawText: place.text } : call,
  });
  const read = (record: LogRecord): Imported | readonly Imported[] | undefined => {
    const exchange = isJsonObject(record.value) ? toExchange(record.value, zoneOffsetMinutes) : undefined;
    return exchange === undefined ? undefined : exchanges.take(exchange, record).map(toImported);
  };
  return Object.assign(read, { rest: () => exchanges.rest().map(toImported) });
}
