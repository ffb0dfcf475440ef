import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ImportedBody } from '../../../model/call.ts';
import { parseInner } from '../llm/llm-fields.ts';
import type { Attributes } from './attributes.ts';

/** `ai.streamText.doStream`: the call of the provider. What it stands in, `ai.streamText`, is a step around such calls and around tools. */
const PROVIDER_CALL = /^ai\.\w+\.do(?:Generate|Stream)$/;
const EMBEDDING = /^ai\.embed(?:Many)?\.doEmbed$/;

/** What kind of step the `ai.operationId` of the AI SDK names, in the words of the GenAI conventions. Source: ai-sdk.dev, "Telemetry", "Collected data". */
export function toAiSdkOperation(id: string | undefined): string | undefined {
  if (id?.startsWith('ai.') !== true) return undefined;
  if (id === 'ai.toolCall') return 'execute_tool';
  if (PROVIDER_CALL.test(id)) return 'chat';
  return EMBEDDING.test(id) ? 'embeddings' : 'workflow';
}

/** `{toolCallId, toolName, input}` (`args` up to version 4), in the words of OpenAI's chats. */
function toToolCall(call: JsonObject): JsonObject {
  const { toolCallId, toolName, input, args } = call;
  return { id: toolCallId ?? null, type: 'function', function: { name: toolName ?? '', arguments: input ?? args ?? null } };
}

/** The answer of a model, which stands in attributes of its own for text, tools and objects; put together as one message. */
export function toAiSdkAnswer(attributes: Attributes): ImportedBody | undefined {
  const text = attributes.text('ai.response.text', 'ai.result.text', 'ai.response.object', 'ai.result.object');
  const asked = attributes.text('ai.response.toolCalls', 'ai.result.toolCalls');
  const calls: Json | undefined = parseInner(asked);
  if (text === undefined && asked === undefined) return undefined;
  const tools = Array.isArray(calls) ? (calls as readonly Json[]).filter(isJsonObject).map(toToolCall) : [];
  const message = { role: 'assistant', content: text ?? null, ...(tools.length === 0 ? {} : { tool_calls: tools }) };
  const note = 'from the attributes ai.response.*';
  return { text: JSON.stringify(message), mime: 'application/json', encoding: 'text', bytes: undefined, note };
}
