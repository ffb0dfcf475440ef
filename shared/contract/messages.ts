import type { CallOutcome } from '../model/call.ts';
import type { CallRef, PrincipalKind, TimeText } from './report-json.ts';

/** Who speaks: instructions, the one who asks, the model, a tool that is asked for, what it answered, what went wrong. */
export type MessageRole = 'system' | 'user' | 'assistant' | 'tool-call' | 'tool-result' | 'error';

/** One message as it stands in the evidence, secrets masked. */
export interface Message {
  readonly role: MessageRole;
  readonly text: string;
  /** How much of the text is left out. Units: UTF-16 code units. */
  readonly cut?: number;
  /** Of a tool call and its result. */
  readonly tool?: string;
  /** What the protocol calls this tool call, by which its result is found. */
  readonly toolCall?: string;
}

/** A call of a model or a tool, as it reads. */
export interface MessageTurn {
  readonly kind: 'model' | 'tool';
  readonly call: CallRef;
  readonly time?: TimeText;
  /** By how much the clock that stamped it ran ahead of that of its chain. Units: ms. */
  readonly clockAheadMs?: number;
  readonly durationMs?: number;
  readonly status?: number;
  /** What the record says of the answer; left out where there is a status. */
  readonly outcome?: CallOutcome;
  readonly caller?: string;
  readonly callerKind?: PrincipalKind;
  readonly host?: string;
  /** Name of the model or of the tool. */
  readonly name?: string;
  readonly tokensIn?: number;
  readonly tokensOut?: number;
  readonly costUsd?: number;
  /** Messages that an earlier turn showed already: a model is sent the whole conversation each time. */
  readonly repeated: number;
  readonly messages: readonly Message[];
  /** Sides whose body the evidence does not hold or that is no message of a known form. */
  readonly unread: readonly ('request' | 'response')[];
}

/** Calls of APIs between two turns. */
export interface OtherCalls {
  readonly kind: 'calls';
  readonly count: number;
  readonly failed: number;
  readonly first: CallRef;
  readonly time?: TimeText;
  /** The first of them, as it reads in a list, and how many different operations there are. */
  readonly label: string;
  readonly operations: number;
}

/** The calls that fit a query, read as a conversation. */
export interface Conversation {
  /** Calls that fit, and the first of them, which were read. */
  readonly calls: number;
  readonly read: number;
  readonly turns: readonly (MessageTurn | OtherCalls)[];
  /** Messages of `turns`, and whether more were left out at the end. */
  readonly messages: number;
  readonly truncated: boolean;
}
