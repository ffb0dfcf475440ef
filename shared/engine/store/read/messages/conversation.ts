import type { Conversation, Message, MessageTurn, OtherCalls } from '../../../../contract/messages.ts';
import type { CallRow } from '../../../../contract/rows.ts';
import { hasFailed } from '../../../../model/call-outcome.ts';
import { operationOfTool } from '../../../../model/inner-operation.ts';
import { toLayer } from '../../../../model/graph-layer.ts';
import type { StoredDetail } from '../../../intake/masking/masked-call.ts';
import { readAnswer, readPrompt, readUsage } from './model-messages.ts';
import { readBodyJson } from './stream.ts';
import { readToolRequest, readToolResponse } from './tool-messages.ts';

/** More of one message is left out and said. Units: UTF-16 code units. */
const MAX_TEXT = 4000;
/** Messages of one conversation that are sent. */
const MAX_MESSAGES = 1000;

/** Reads what a call keeps beside its columns; every sighting of the call, the fullest first. */
export type ReadDetail = (call: CallRow) => StoredDetail;

/** What a call is in a conversation. */
function partOf(call: CallRow): 'model' | 'tool' | 'operation' {
  return toLayer(call.path ?? '', operationOfTool(call.method ?? '', call.tool));
}

/**
 * Calls in order of time, each with its clock where that was set, as a conversation: calls of models and tools with what was said, other calls counted in between.
 * A model is sent the whole conversation with every question: what an earlier turn showed is counted, not repeated.
 */
export async function toConversation(
  calls: readonly CallRow[],
  total: number,
  readDetail: ReadDetail,
  breathe: () => Promise<void>,
): Promise<Conversation> {
  const turns: (MessageTurn | OtherCalls)[] = [];
  const shown = new Set<string>();
  let messages = 0;
  let read = 0;
  let between: CallRow[] = [];
  const endBetween = (): void => {
    const other = toOther(between);
    if (other !== undefined) turns.push(other);
    between = [];
  };
  for (const call of calls) {
    if (messages >= MAX_MESSAGES) break;
    await breathe();
    read += 1;
    const kind = partOf(call);
    if (kind === 'operation') {
      between.push(call);
      continue;
    }
    endBetween();
    const turn = toTurn(call, kind, readDetail(call), shown);
    messages += turn.messages.length;
    turns.push(turn);
  }
  endBetween();
  return { calls: total, read, turns, messages, truncated: read < total };
}

/** Calls of APIs as one line. */
function toOther(calls: readonly CallRow[]): OtherCalls | undefined {
  const [first] = calls;
  if (first === undefined) return undefined;
  return {
    kind: 'calls',
    count: calls.length,
    failed: calls.filter(hasFailed).length,
    first: first.ref,
    ...(first.time === undefined ? {} : { time: first.time }),
    label: `${first.method ?? ''} ${first.host ?? ''}${first.path ?? ''}`.trim(),
    operations: new Set(calls.map((call) => call.endpoint ?? call.ref)).size,
  };
}

function toTurn(call: CallRow, kind: 'model' | 'tool', detail: StoredDetail, shown: Set<string>): MessageTurn {
  const request = detail.requestBody?.text;
  const response = detail.responseBody?.text;
  const asked = request === undefined || request === '' ? undefined : (readBodyJson(request) ?? request);
  const answered = response === undefined || response === '' ? undefined : (readBodyJson(response) ?? response);
  const name = nameOf(call, kind, asked);
  const prompt = asked === undefined ? [] : kind === 'model' ? readPrompt(asked) : readToolRequest(asked, name);
  const answer = answered === undefined ? [] : kind === 'model' ? readAnswer(answered) : readToolResponse(answered, name);
  // The last message is what is asked now, also when it was asked before; the same call of a tool twice is two calls.
  const fresh = kind === 'model' ? prompt.filter((each, index) => index === prompt.length - 1 || !shown.has(keyOf(each))) : prompt;
  for (const each of [...fresh, ...answer]) shown.add(keyOf(each));
  const extras = new Map(detail.extras ?? []);
  return {
    kind,
    call: call.ref,
    ...(call.time === undefined ? {} : { time: call.time }),
    ...(call.clockAheadMs === undefined ? {} : { clockAheadMs: call.clockAheadMs }),
    ...(call.durationMs === undefined ? {} : { durationMs: call.durationMs }),
    ...(call.status === undefined ? {} : { status: call.status }),
    ...(call.outcome === undefined ? {} : { outcome: call.outcome }),
    ...(call.principalLabel === undefined ? {} : { caller: call.principalLabel }),
    ...(call.kind === undefined ? {} : { callerKind: call.kind }),
    ...(call.host === undefined ? {} : { host: call.host }),
    ...(name === undefined ? {} : { name }),
    ...(answered === undefined || kind === 'tool' ? {} : readUsage(answered)),
    ...fromExtras(extras),
    repeated: prompt.length - fresh.length,
    messages: [...fresh, ...answer].map(cut),
    unread: [...(prompt.length === 0 ? (['request'] as const) : []), ...(answer.length === 0 ? (['response'] as const) : [])],
  };
}

/** Ids differ between what a model asked for and what it is told back of it, so only what was said counts. */
const keyOf = ({ role, text, tool }: Message): string => JSON.stringify([role, tool ?? '', text]);

function cut(message: Message): Message {
  const over = message.text.length - MAX_TEXT;
  return over <= 0 ? message : { ...message, text: message.text.slice(0, MAX_TEXT), cut: over };
}

function nameOf(call: CallRow, kind: 'model' | 'tool', asked: unknown): string | undefined {
  if (kind === 'tool') return call.tool?.replace(/^(?:mcp|tool|rpc):/, '');
  const model = typeof asked === 'object' && asked !== null && 'model' in asked ? asked.model : undefined;
  return typeof model === 'string' ? model.slice(0, 200) : call.route;
}

/** Tokens and cost as gateways and traces name them. Source: the importers of LLM gateways, OpenTelemetry's `gen_ai.usage.*`. */
const EXTRAS = {
  tokensIn: ['prompt-tokens', 'input-tokens', 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.token_count.prompt'],
  tokensOut: [
    'completion-tokens',
    'output-tokens',
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
  ],
  costUsd: ['cost-usd'],
} as const;

function fromExtras(extras: ReadonlyMap<string, string>): Partial<Record<keyof typeof EXTRAS, number>> {
  const found: Partial<Record<keyof typeof EXTRAS, number>> = {};
  for (const key of ['tokensIn', 'tokensOut', 'costUsd'] as const) {
    const text = EXTRAS[key].map((name) => extras.get(name)).find((value) => value !== undefined);
    const number = text === undefined || text.trim() === '' ? NaN : Number(text);
    if (Number.isFinite(number) && number >= 0) found[key] = number;
  }
  return found;
}
