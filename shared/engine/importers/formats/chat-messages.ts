import { append } from '../../../lib/append.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { textHash } from '../../../lib/text-hash.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { ReadOptions } from '../../../model/read-settings.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { Conversation, timeIn } from '../llm/conversation.ts';
import { toOwner, toThread } from '../llm/metadata.ts';
import { asksIn } from '../llm/tool-use.ts';
import { toKnownText, toObject } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** Conversations that may go on in a later record. */
const MAX_OPEN = 1000;
/** Messages of one conversation; an agent's longest runs have some hundreds. */
const MAX_MESSAGES = 10_000;
/** Members of a record that calls hold, or that stand for the whole of it. */
const USED = new Set(['messages', 'tools', 'functions', 'model', 'metadata']);
/** What stands beside messages in other records: answers of models, and the samplings of MCP. */
const OTHERS = ['choices', 'response', 'output', 'maxTokens', 'modelPreferences'] as const;
/** A message says who speaks … */
const ROLE = /"role"\s*:\s*"(?:system|developer|user|assistant|model|tool|function)"/;
/** … and what, as a text or in parts; the prompts and samplings of MCP, which are no conversations, have one part alone. */
const CONTENT = /"content"\s*:\s*(?:"|\[|null)/;

/**
 * Transcripts of chats: one conversation a record, as `{"messages": [{"role", "content"}]}`. Training files, evaluations and the logs of agents have it.
 * Source: OpenAI API reference, "chat format" of fine-tuning and "create chat completion"; Anthropic API reference, "messages". A record that
 * begins with all of an earlier one goes on with its conversation, as logs have it that write the whole of it after every turn; conversations
 * without an id are told apart by their prompts and what was said first.
 */
export const chatMessages = {
  id: 'chat-messages',
  title: 'Chat transcript (messages)',
  extensions: ['.jsonl', '.json'],
  holds:
    'prompts and answers, tools with arguments and results, model and user where they are told; time only where messages have it; no HTTP status',
  recognize: (head) =>
    ROLE.test(headText(head)) && CONTENT.test(headText(head))
      ? recognizeByKeys(head, 'a chat transcript', (keys) =>
          keys.has('messages') && !OTHERS.some((key) => keys.has(key)) ? 'certain' : undefined,
        )
      : { strength: 'none', why: 'no messages with a role' },
  records: 'json',
  shape: 'not a conversation: no list of messages with roles',
  independent: false,
  open: (options) => createReader(options),
  notes: [
    'The path /v1/chat/completions and the method POST stand for calls whose HTTP the transcript does not show; an id of a conversation without one is made of its place and shape.',
  ],
} as const satisfies RecordImporter;

interface Open {
  readonly conversation: Conversation;
  /** Of the messages that were taken, to know a record that goes on. */
  readonly taken: Said;
  readonly record: LogRecord;
}

function createReader({ zoneOffsetMinutes }: ReadOptions): RecordReader {
  const open = new Map<string, Open>();

  const toCall = (record: LogRecord, call: ImportedCall): Imported => ({ kind: 'call', record: record.record, at: record.at, call });
  const close = (key: string): readonly Imported[] => {
    const closed = open.get(key);
    if (closed === undefined) return [];
    open.delete(key);
    return closed.conversation.end().map((call) => toCall(closed.record, call));
  };

  const read = (record: LogRecord): Imported | readonly Imported[] | undefined => {
    const said = record.value;
    if (!isJsonObject(said) || !Array.isArray(said['messages'])) return undefined;
    const all = (said['messages'] as readonly Json[]).filter(
      (one): one is JsonObject => isJsonObject(one) && typeof one['role'] === 'string',
    );
    if (all.length === 0) return undefined;
    const messages = all.slice(0, MAX_MESSAGES);
    const thread = toThread(toObject(said['metadata'])) ?? toThread(said) ?? toKnownText(said['trace_id']);
    const now = toSaid(messages, thread !== undefined);
    const first = messages.findIndex((message) => !isFrame(message));
    const key = thread ?? `begins ${now.alike.slice(0, first === -1 ? undefined : first + 1).join(' ')}`;
    const before = open.get(key);
    const goesOn = before !== undefined && isBeginOf(before.taken, now, thread !== undefined);
    const given: Imported[] = goesOn ? [] : [...close(key)];
    const [oldest] = !goesOn && open.size >= MAX_OPEN ? open.keys() : [];
    if (oldest !== undefined) append(given, close(oldest));

    const conversation = goesOn ? before.conversation : new Conversation(toFrame(said, record, messages, thread));
    const fresh = messages.slice(goesOn ? before.taken.exact.length : 0);
    const calls = fresh.flatMap((message) => conversation.take(message)).map((call) => toCall(record, call));
    open.set(key, { conversation, taken: now, record });
    if (all.length > messages.length)
      given.push({
        ...toIssue(
          'warning',
          'RECORD_PARTS',
          `more than ${String(MAX_MESSAGES)} messages of one conversation; the others are left out`,
          record,
          record.text,
        ),
        once: true,
      });
    if (calls.length > 0) return [...given, ...calls];
    const why =
      fresh.length === 0
        ? 'a conversation that stands in an earlier record'
        : 'what was said so far, without an answer; it stands in the next call';
    return [...given, toIssue('skip', 'NOT_HTTP', why, record, record.text)];
  };

  const toFrame = (said: JsonObject, record: LogRecord, messages: readonly JsonObject[], thread: string | undefined) => {
    const owner = toOwner({ ...said, ...toObject(said['metadata']) });
    const answers = messages.filter(({ role }) => role === 'assistant' || role === 'model').length;
    const time = timeIn(said, zoneOffsetMinutes);
    const rest = Object.entries(said).filter(([name]) => !USED.has(name));
    return {
      traceId: thread ?? nameConversation(record, messages),
      model: toKnownText(said['model']),
      consumer: owner.user ?? owner.agent,
      tools: said['tools'] ?? said['functions'],
      zoneOffsetMinutes,
      // One time for many answers says when none of them was; it is told with what else the record says.
      time: answers === 1 && time !== undefined ? { ...time, timeKind: 'unknown' as const } : undefined,
      extras: [
        ['agent', owner.agent],
        ['conversation', thread],
      ] as const,
      once: [
        ['metadata', isJsonObject(said['metadata']) ? JSON.stringify(said['metadata']) : undefined],
        ['transcript', rest.length === 0 ? undefined : JSON.stringify(Object.fromEntries(rest))],
      ] as const,
    };
  };
  const rest = (): readonly Imported[] => [...open.keys()].flatMap(close);
  return Object.assign(read, { rest });
}

const isFrame = (message: JsonObject | undefined): boolean => message?.['role'] === 'system' || message?.['role'] === 'developer';

/** One number a message: of all that it says, and of what stays where a conversation goes on. */
interface Said {
  readonly exact: readonly number[];
  readonly alike: readonly number[];
}

/** Frames are written anew for every turn: a clock changes their digits, a memory anything, which only the id of the conversation then ties together. */
function toSaid(messages: readonly JsonObject[], isTied: boolean): Said {
  const texts = messages.map((message) =>
    JSON.stringify(isFrame(message) ? [message['role'] ?? null, message['content'] ?? null] : message),
  );
  const alike = texts.map((text, at) => (!isFrame(messages[at]) ? text : isTied ? 'frame' : text.replaceAll(/\d+/g, '0')));
  return { exact: texts.map(textHash), alike: alike.map(textHash) };
}

/**
 * Whether a record says all of an earlier one and goes on. Without an id, one of the same length says the same again only where each word is the same:
 * evaluations ask one question under many prompts.
 */
function isBeginOf(before: Said, now: Said, isTied: boolean): boolean {
  const isSame = (one: readonly number[], other: readonly number[]): boolean => one.every((hash, at) => hash === other[at]);
  const isLonger = now.exact.length > before.exact.length;
  return isSame(before.alike, now.alike) && (isTied || isLonger || isSame(before.exact, now.exact));
}

/**
 * A name for a conversation that has none, so that its calls hold together: of where it stands, who speaks in turn and the ids of its tools. Never of
 * what is said: a secret that is masked could be guessed against it.
 */
function nameConversation({ record, at }: LogRecord, messages: readonly JsonObject[]): string {
  const turns = messages.map((message) => [toKnownText(message['role']) ?? '', ...asksIn(message).map(({ id = '' }) => id)].join(' '));
  return `conversation-${textHash([record, at.start, at.length, ...turns].join('\n')).toString(16)}`;
}
