import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { toKnownText } from '../read/fields.ts';
import { readStamp, type Stamp } from '../read/stamp.ts';
import { toLlmDuration } from './llm-fields.ts';
import { toModelCall } from './model-call.ts';
import { NO_STAMP, toToolCall } from './tool-call.ts';
import { asksIn, resultsIn } from './tool-use.ts';
import { WaitingTools, type Asked } from './waiting-tools.ts';

/** Where transcripts write when a message was said. */
const TIMES = ['timestamp', 'created_at', 'createdAt', 'created', 'time', 'date'] as const;

/** The first of the usual names under which a record says its time. */
export const timeIn = (from: JsonObject, zoneOffsetMinutes: number): Stamp | undefined => {
  const value = TIMES.map((name) => from[name]).find((one) => typeof one === 'string' || typeof one === 'number');
  return value === undefined ? undefined : readStamp(value, 'end', zoneOffsetMinutes);
};

/** What a transcript says of the conversation as a whole. */
export interface ConversationFrame {
  readonly traceId: string;
  readonly model: string | undefined;
  readonly consumer: string | undefined;
  /** The tools that the model was offered. */
  readonly tools: Json | undefined;
  /** When it was, where the transcript says so of the whole and holds one answer. */
  readonly time: Stamp | undefined;
  /** Said of every call. */
  readonly extras: readonly (readonly [string, string | undefined])[];
  /** Said of the first answer alone. */
  readonly once: readonly (readonly [string, string | undefined])[];
  /** Minutes east of UTC, for times without a zone. */
  readonly zoneOffsetMinutes: number;
}

/**
 * Takes the messages of one conversation in order and makes calls of them: each answer of the model is a call, which was given what was said since
 * the answer before it, and so is each tool from its ask to its result. An answer follows from the one before it, a tool from the answer that
 * asked for it.
 * Lifetime: one conversation.
 */
export class Conversation {
  readonly #frame: ConversationFrame;
  readonly #tools = new WaitingTools<Asked>();
  #given: JsonObject[] = [];
  #asked: Stamp | undefined;
  #answer: string | undefined;
  #answers = 0;
  #messages = 0;

  constructor(frame: ConversationFrame) {
    this.#frame = frame;
  }

  /** The calls that a message completes. */
  take(message: JsonObject): readonly ImportedCall[] {
    this.#messages += 1;
    const stamp = timeIn(message, this.#frame.zoneOffsetMinutes);
    const isAnswer = message['role'] === 'assistant' || message['role'] === 'model';
    const calls = isAnswer ? this.#takeAnswer(message, stamp) : this.#takeGiven(message, stamp);
    this.#asked = stamp;
    return calls;
  }

  /** What has no answer when the conversation ends: tools, and what was said last. */
  end(): readonly ImportedCall[] {
    const tools = this.#tools.rest().map((asked) => this.#toTool(asked, undefined, undefined));
    const isQuestion = this.#given.some((message) => resultsIn(message).length === 0);
    return isQuestion ? [...tools, this.#toModel(undefined, undefined, undefined)] : tools;
  }

  #takeAnswer(message: JsonObject, stamp: Stamp | undefined): readonly ImportedCall[] {
    const span = toKnownText(message['id']) ?? `message ${String(this.#messages)}`;
    const call = this.#toModel(message, span, stamp);
    const unanswered = asksIn(message).flatMap((ask) => this.#tools.add({ ask, stamp: stamp ?? NO_STAMP, asker: span }) ?? []);
    this.#answer = span;
    return [...unanswered.map((asked) => this.#toTool(asked, undefined, undefined)), call];
  }

  #takeGiven(message: JsonObject, stamp: Stamp | undefined): readonly ImportedCall[] {
    this.#given.push(message);
    return resultsIn(message).flatMap((result) => {
      const asked = this.#tools.take(result);
      return asked === undefined ? [] : [this.#toTool(asked, result, stamp)];
    });
  }

  #toModel(answer: JsonObject | undefined, span: string | undefined, stamp: Stamp | undefined): ImportedCall {
    const { traceId, consumer, model, tools, extras, once, time = NO_STAMP } = this.#frame;
    const isFirst = this.#answers === 0;
    const offered = isFirst && tools !== undefined ? { tools } : {};
    const request = { ...(model === undefined ? {} : { model }), ...offered, messages: this.#given };
    const isEmpty = this.#given.length === 0;
    const call = toModelCall({ request: isEmpty ? undefined : request, response: answer }, undefined, [
      ['no-answer', answer === undefined ? 'the conversation ends before it' : undefined],
      ...extras,
      ...(isFirst ? once : []),
    ]);
    this.#given = [];
    this.#answers += 1;
    return {
      ...(stamp ?? time),
      ...call,
      path: '/v1/chat/completions',
      durationMs: this.#asked === undefined || stamp === undefined ? undefined : toLlmDuration(this.#asked, stamp),
      consumer: consumer ?? call.consumer,
      route: call.route ?? model,
      traceId,
      spanId: span,
      parentSpanId: this.#answer,
    };
  }

  #toTool(asked: Asked, result: Parameters<WaitingTools<Asked>['take']>[0] | undefined, until: Stamp | undefined): ImportedCall {
    const { traceId, consumer, extras } = this.#frame;
    const durationMs = until === undefined ? undefined : toLlmDuration(asked.stamp, until);
    // The message that asked for it stands at its end; the tool began then.
    const stamp: Stamp = asked.stamp.time === undefined ? asked.stamp : { ...asked.stamp, timeKind: 'start' };
    return toToolCall({ ...asked, stamp, result, durationMs, traceId, consumer, extras });
  }
}
