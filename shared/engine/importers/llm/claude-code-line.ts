import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { toExtras, toKnownText, toLooseText, toObject } from '../read/fields.ts';
import type { Stamp } from '../read/stamp.ts';
import { toToolFields } from './tool-name.ts';
import { listCalledTools, toLlmBody, toLlmDuration } from './llm-fields.ts';

/** The program itself, as the agent of its sessions. */
export const CLAUDE_CODE = 'Claude Code';

/** What every line says of the session it stands in. */
type SessionFields = Pick<ImportedCall, 'method' | 'consumer' | 'traceId'>;

/** The person whose home folder the program ran in: `/home/kim/src`, `/Users/kim`, `C:\Users\kim`. */
export const userOfFolder = (folder: string | undefined): string | undefined =>
  /^(?:\/home\/|\/Users\/|[A-Za-z]:\\Users\\)([^/\\]+)/.exec(folder ?? '')?.[1];

const fieldsOf = (line: JsonObject): SessionFields => ({
  method: 'POST',
  consumer: userOfFolder(toKnownText(line['cwd'])),
  traceId: toKnownText(line['sessionId']),
});

const sessionExtras = (line: JsonObject): readonly (readonly [string, string | undefined])[] => [
  ['client', [CLAUDE_CODE, toKnownText(line['version'])].filter(Boolean).join(' ')],
  ['folder', toKnownText(line['cwd'])],
  ['git-branch', toKnownText(line['gitBranch'])],
  ['sidechain', line['isSidechain'] === true ? 'true' : undefined],
  ['agent-id', toKnownText(line['agentId'])],
];

/** The blocks of a message; a message that is a text is one block of it. */
export function blocksOf(line: JsonObject): readonly JsonObject[] {
  const content = toObject(line['message'])['content'];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter(isJsonObject) : [];
}

/** A model's wish to use a tool. */
export interface ToolUse {
  readonly id: string;
  readonly name: string;
  readonly input: Json | undefined;
  readonly stamp: Stamp;
  /** The message that asked for it. */
  readonly asker: string | undefined;
  readonly line: JsonObject;
}

/** Texts of a result; images and other parts as they are. */
function toResultBody(content: Json | undefined): Json | undefined {
  if (!Array.isArray(content)) return content;
  const texts = content.map((part) => toObject(part)['text']).filter((text) => typeof text === 'string');
  return texts.length === content.length ? texts.join('\n') : content;
}

/** The call of a tool; `answer` is the block of its result with the time of its line, where there is one. */
export function toToolCall(
  use: ToolUse,
  answer: { readonly block: JsonObject; readonly stamp: Stamp } | undefined,
): Omit<ImportedCall, 'rawText'> {
  const isError = answer?.block['is_error'] === true;
  return {
    ...use.stamp,
    ...fieldsOf(use.line),
    ...toToolFields(use.name, undefined),
    durationMs: answer === undefined ? undefined : toLlmDuration(use.stamp, answer.stamp),
    outcome: answer === undefined ? undefined : isError ? 'failed' : 'given',
    requestBody: toLlmBody(use.input),
    responseBody: toLlmBody(toResultBody(answer?.block['content'])),
    spanId: use.id,
    parentSpanId: use.asker,
    extras: toExtras([
      ['name', use.name],
      ['no-answer', answer === undefined ? 'the session ends before it' : undefined],
      ...sessionExtras(use.line),
    ]),
  };
}

/** One answer of the model, gathered from the lines that hold its blocks. */
export interface Message {
  readonly id: string | undefined;
  readonly line: JsonObject;
  readonly asked: Stamp | undefined;
  readonly given: readonly JsonObject[];
  readonly blocks: readonly JsonObject[];
  readonly stamp: Stamp;
}

/** The call of the model that gave a message. Its stamp is that of the answer; what it was asked at is the time of the line before. */
export function toModelCall({ id, line, asked, given, blocks, stamp }: Message): Omit<ImportedCall, 'rawText'> {
  const message = toObject(line['message']);
  const usage = toObject(message['usage']);
  const model = toKnownText(message['model']);
  const extras: readonly (readonly [string, string | undefined])[] = [
    ['model', model],
    ['prompt-tokens', toLooseText(usage['input_tokens'])],
    ['completion-tokens', toLooseText(usage['output_tokens'])],
    ['cache-read-tokens', toLooseText(usage['cache_read_input_tokens'])],
    ['cache-creation-tokens', toLooseText(usage['cache_creation_input_tokens'])],
    ['stop-reason', toKnownText(message['stop_reason'])],
    ['tools-called', [...new Set(listCalledTools([...blocks]))].join(', ') || undefined],
    ...sessionExtras(line),
  ];
  return {
    ...stamp,
    timeKind: stamp.time === undefined ? 'unknown' : 'end',
    ...fieldsOf(line),
    durationMs: asked === undefined ? undefined : toLlmDuration(asked, stamp),
    path: '/v1/messages',
    outcome: line['isApiErrorMessage'] === true ? 'failed' : 'given',
    requestBody: given.length === 0 ? undefined : toLlmBody({ messages: [{ role: 'user', content: [...given] }] }),
    responseBody: toLlmBody({ role: 'assistant', content: [...blocks] }),
    requestId: toKnownText(line['requestId']),
    spanId: id,
    route: model,
    extras: toExtras(extras) satisfies readonly Header[] | undefined,
  };
}
