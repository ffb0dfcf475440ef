import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';

/** Levels of an answer that are searched: tool calls stand at five. */
const DEEPEST = 12;

/**
 * The text of a streamed answer, put together from its events; `undefined` when no event carries text.
 * Source: stream events of Bedrock's Converse (`contentBlockDelta.delta.text`), Anthropic (`delta.text`), Titan (`outputText`),
 * Llama (`generation`) and Cohere (`text`); pieces of tool arguments are joined with the text that stands around them.
 */
export function joinModelStream(events: readonly Json[]): { readonly text: string; readonly note: string } | undefined {
  const pieces = events.flatMap((event) => findPiece(event) ?? []);
  if (pieces.length === 0) return undefined;
  return { text: pieces.join(''), note: `joined from ${String(pieces.length)} of ${String(events.length)} stream events` };
}

function findPiece(event: Json): string | undefined {
  if (!isJsonObject(event)) return undefined;
  const block = isJsonObject(event['contentBlockDelta']) ? event['contentBlockDelta'] : event;
  const { delta } = block;
  if (isJsonObject(delta)) {
    const toolUse = isJsonObject(delta['toolUse']) ? delta['toolUse']['input'] : undefined;
    return firstText(delta['text'], delta['partial_json'], toolUse);
  }
  return firstText(event['outputText'], event['generation'], event['completion'], event['text']);
}

const firstText = (...values: readonly (Json | undefined)[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && value !== '');

/** Names of the tools that a model asked for, each once. Shape: `toolUse.name` of Converse, `type: "tool_use"` of Anthropic. */
export function listToolNames(answer: Json | undefined): readonly string[] {
  const names = new Set<string>();
  const visit = (value: Json | undefined, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
    if (Array.isArray(value)) {
      for (const one of value as readonly Json[]) visit(one, depth + 1);
      return;
    }
    if (!isJsonObject(value)) return;
    const call = isJsonObject(value['toolUse']) ? value['toolUse'] : value['type'] === 'tool_use' ? value : undefined;
    if (typeof call?.['name'] === 'string') names.add(call['name']);
    for (const one of Object.values(value)) visit(one, depth + 1);
  };
  visit(answer, 0);
  return [...names];
}
