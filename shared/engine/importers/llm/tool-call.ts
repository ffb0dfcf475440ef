import type { DurationMs } from '../../../model/units.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { toRpcTool } from '../../../model/inner-operation.ts';
import { toExtras } from '../read/fields.ts';
import type { Stamp } from '../read/stamp.ts';
import { toLlmBody } from './llm-fields.ts';
import { toToolFields } from './tool-name.ts';
import type { ToolAsk, ToolResult } from './tool-use.ts';

/** A time that the evidence does not tell. */
export const NO_STAMP: Stamp = { timeKind: 'unknown', zoneKnown: false };

/** A tool that was asked for, with what is known of its use. */
export interface ToolUse {
  readonly ask: ToolAsk;
  /** Undefined where no answer stands in the evidence. */
  readonly result: ToolResult | undefined;
  readonly isList?: boolean | undefined;
  readonly stamp: Stamp;
  readonly durationMs: DurationMs | undefined;
  readonly traceId: string | undefined;
  /** The id of the model's answer that asked for it. */
  readonly asker: string | undefined;
  readonly consumer: string | undefined;
  readonly extras: readonly (readonly [string, string | undefined])[];
}

/** The call of a tool out of a conversation with a model: what it was given, and what the model was told of its answer. */
export function toToolCall(use: ToolUse): ImportedCall {
  const { ask, result } = use;
  const fields =
    use.isList === true ? { tool: toRpcTool(ask.name), service: ask.server, route: ask.name } : toToolFields(ask.name, ask.server);
  return {
    ...use.stamp,
    ...fields,
    method: 'POST',
    durationMs: use.durationMs,
    outcome: result === undefined ? undefined : result.isError ? 'failed' : 'given',
    requestBody: toLlmBody(ask.input),
    responseBody: toLlmBody(result?.content),
    consumer: use.consumer,
    traceId: use.traceId,
    spanId: ask.id,
    parentSpanId: use.asker,
    extras: toExtras([
      ['name', ask.name],
      ['no-answer', result === undefined ? 'the evidence ends before it' : undefined],
      ...use.extras,
    ]) satisfies readonly Header[] | undefined,
  };
}
