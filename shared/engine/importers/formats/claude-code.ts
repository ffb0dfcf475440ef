import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { ReadOptions } from '../../../model/read-settings.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { blocksOf, CLAUDE_CODE, toModelCall, toToolCall, userOfFolder, type Message, type ToolUse } from '../llm/claude-code-line.ts';
import { toKnownText, toObject } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp, type Stamp } from '../read/stamp.ts';

/** Tools that wait for their result, and sessions whose owner was told; far more than one transcript has. */
const MAX_KEPT = 10_000;
/** Blocks of one message, and of what is said before it; an answer has some tens. */
const MAX_BLOCKS = 10_000;

/**
 * Transcripts of Claude Code: `~/.claude/projects/FOLDER/SESSION.jsonl`, one line a message, and those of its subagents beside them.
 * Source: transcripts of versions 1.0 to 2.1 as public repositories describe them; no specification exists. An answer of the model may stand in
 * several lines of one message id, a block each, that all repeat its usage. A tool's call stands in the line of its result.
 */
export const claudeCode = {
  id: 'claude-code',
  title: 'Claude Code transcript',
  extensions: ['.jsonl'],
  holds:
    'time, model, prompts and answers, tools with arguments and results (of MCP servers by server), tokens, person by home folder, folder and branch; no HTTP status',
  recognize: (head) =>
    recognizeByKeys(head, 'Claude Code', (keys) =>
      keys.has('sessionId') && keys.has('uuid') && keys.has('parentUuid') && keys.has('type') && keys.has('timestamp')
        ? 'certain'
        : undefined,
    ),
  records: 'json',
  shape: 'not a line of a Claude Code transcript',
  independent: false,
  open: (options) => createReader(options),
  notes: ['The path /v1/messages and the method POST stand for calls whose HTTP the transcript does not show.'],
} as const satisfies RecordImporter;

interface Held {
  readonly record: LogRecord;
  readonly message: Message;
  /** Those of the message, which grow with each of its lines. */
  readonly blocks: JsonObject[];
}

function createReader({ zoneOffsetMinutes }: ReadOptions): RecordReader {
  const uses = new Map<string, { readonly use: ToolUse; readonly record: LogRecord }>();
  const told = new Set<string>();
  let held: Held | undefined;
  /** The answer that was given out last: after a result it may go on, with the usage of the whole in each of its lines. */
  let last: { readonly id: string | undefined; readonly record: number } | undefined;
  let given: JsonObject[] = [];
  let asked: Stamp | undefined;

  const toCall = (record: LogRecord, call: Omit<ImportedCall, 'rawText'>): Imported => ({
    kind: 'call',
    record: record.record,
    at: record.at,
    call: { ...call, rawText: record.text },
  });
  const limit = (record: LogRecord, what: string): Imported => ({
    ...toIssue('warning', 'RECORD_PARTS', what, record, record.text),
    once: true,
  });
  const skip = (record: LogRecord, what: string): Imported => toIssue('skip', 'NOT_HTTP', what, record, record.text);
  /** Adds blocks as far as there is room; a warning, once a source, where there is none. */
  const add = (to: JsonObject[], blocks: readonly JsonObject[], record: LogRecord): readonly Imported[] => {
    const room = MAX_BLOCKS - to.length;
    for (const block of blocks.slice(0, room)) to.push(block);
    return blocks.length <= room ? [] : [limit(record, `more than ${String(MAX_BLOCKS)} blocks of one message; the others are left out`)];
  };
  /** Remembers what waits for its result; the one that has waited longest is given without one where too many do. */
  const wait = (use: ToolUse, record: LogRecord): readonly Imported[] => {
    const [oldest] = uses.size >= MAX_KEPT && !uses.has(use.id) ? uses : [];
    uses.set(use.id, { use, record });
    if (oldest === undefined) return [];
    const [id, waited] = oldest;
    uses.delete(id);
    return [
      limit(record, `more than ${String(MAX_KEPT)} tools wait for their results; those that wait longest are calls without an answer`),
      toCall(waited.record, toToolCall(waited.use, undefined)),
    ];
  };
  const flush = (): readonly Imported[] => {
    if (held === undefined) return [];
    const { record, message } = held;
    held = undefined;
    last = { id: message.id, record: record.record };
    return [toCall(record, toModelCall(message))];
  };
  const tellOwner = (line: JsonObject): readonly Imported[] => {
    const traceId = toKnownText(line['sessionId']);
    if (traceId === undefined || told.has(traceId) || told.size >= MAX_KEPT) return [];
    told.add(traceId);
    return [{ kind: 'trace', trace: { traceId, agent: CLAUDE_CODE, user: userOfFolder(toKnownText(line['cwd'])) } }];
  };

  const readAssistant = (line: JsonObject, record: LogRecord, stamp: Stamp): readonly Imported[] => {
    const id = toKnownText(toObject(line['message'])['id']);
    const blocks = blocksOf(line);
    const early = blocks.flatMap((block): readonly Imported[] => {
      const [useId, name] = [toKnownText(block['id']), toKnownText(block['name'])];
      if (block['type'] !== 'tool_use' || useId === undefined || name === undefined) return [];
      return wait({ id: useId, name, input: block['input'], stamp, asker: id, line }, record);
    });
    if (held !== undefined && id !== undefined && held.message.id === id) {
      held = { ...held, message: { ...held.message, line, stamp } };
      const said = add(held.blocks, blocks, record);
      return [...early, ...said, skip(record, `more of the answer that begins in record ${String(held.record.record)}`)];
    }
    if (id !== undefined && last?.id === id)
      return [
        ...early,
        skip(record, `more of the answer that begins in record ${String(last.record)}, after a result: its tools are calls`),
      ];
    const before = flush();
    const own: JsonObject[] = [];
    const said = add(own, blocks, record);
    held = { record, message: { id, line, asked, given, blocks: own, stamp }, blocks: own };
    given = [];
    return [...before, ...early, ...said];
  };

  const readUser = (line: JsonObject, record: LogRecord, stamp: Stamp): readonly Imported[] => {
    const blocks = blocksOf(line);
    const before = flush();
    const said = add(given, blocks, record);
    asked = stamp;
    const calls = blocks.flatMap((block): readonly Imported[] => {
      const id = toKnownText(block['tool_use_id']) ?? '';
      const found = uses.get(id);
      if (block['type'] !== 'tool_result' || found === undefined) return [];
      uses.delete(id);
      return [toCall(record, toToolCall(found.use, { block, stamp }))];
    });
    return [
      ...before,
      ...said,
      ...(calls.length === 0 ? [skip(record, 'what the user said, which stands in the next call of the model')] : calls),
    ];
  };

  const read = (record: LogRecord): Imported | readonly Imported[] | undefined => {
    const line = record.value;
    if (!isJsonObject(line)) return undefined;
    const type = toKnownText(line['type']);
    if (type === undefined) return undefined;
    const stamp = readStamp(line['timestamp'], 'start', zoneOffsetMinutes);
    if (type === 'assistant' && isJsonObject(line['message'])) return [...tellOwner(line), ...readAssistant(line, record, stamp)];
    if (type === 'user' && isJsonObject(line['message'])) return [...tellOwner(line), ...readUser(line, record, stamp)];
    return skip(record, `a line of type ${type.slice(0, 40)}, neither a message nor a result`);
  };
  const rest = (): readonly Imported[] => {
    const calls = [...flush(), ...[...uses.values()].map(({ use, record }) => toCall(record, toToolCall(use, undefined)))];
    uses.clear();
    return calls;
  };
  return Object.assign(read, { rest });
}
