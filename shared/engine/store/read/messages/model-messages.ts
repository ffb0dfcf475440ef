import { isJsonObject } from '../../../../lib/json.ts';
import type { Json, JsonObject } from '../../../../lib/json.ts';
import type { Message, MessageRole } from '../../../../contract/messages.ts';
import { readable, readMessage, readParts } from './parts.ts';

/**
 * Lists that a trace keeps as single attributes, `{"0.role": "user", "0.content": "…"}`, put together again.
 * Source: OpenLLMetry's `gen_ai.prompt.*`, OpenInference's `llm.input_messages.*.message.*`.
 */
function fromAttributes(value: JsonObject): readonly Json[] | undefined {
  const list: Record<string, Json>[] = [];
  for (const [name, member] of Object.entries(value)) {
    const [, number = '', key = ''] = /^(\d{1,4})\.(?:message\.)?(\w+)$/.exec(name) ?? [];
    if (key !== '') (list[Number(number)] ??= {})[key] = member;
  }
  // A list with holes, where a trace left messages out.
  return list.length === 0 ? undefined : Object.values(list);
}

/** What a model was sent. Shape: one entry a message, oldest first. Unknown forms give none. */
export function readPrompt(body: Json): readonly Message[] {
  if (typeof body === 'string') return readParts(body, 'user');
  if (Array.isArray(body)) return body.flatMap((each: Json) => readMessage(each, 'user'));
  if (!isJsonObject(body)) return [];
  const flat = fromAttributes(body);
  if (flat !== undefined) return flat.flatMap((each) => readMessage(each, 'user'));
  const system = body['system'] ?? body['instructions'] ?? body['systemInstruction'] ?? body['system_instruction'];
  const said = body['messages'] ?? body['input'] ?? body['contents'] ?? body['prompt'];
  const list = Array.isArray(said) ? said : said === undefined ? [] : [said];
  return [...readParts(system, 'system'), ...list.flatMap((each: Json) => readMessage(each, 'user'))];
}

/** What a model answered. Shape: as `readPrompt`. */
export function readAnswer(body: Json): readonly Message[] {
  if (typeof body === 'string') return readParts(body, 'assistant');
  if (Array.isArray(body))
    return body.flatMap((each: Json) => (isJsonObject(each) ? readAnswerObject(each) : readParts(each, 'assistant')));
  return isJsonObject(body) ? readAnswerObject(body) : [];
}

function readAnswerObject(body: JsonObject): readonly Message[] {
  const { error, output, content } = body;
  if (error !== undefined && error !== null) return [{ role: 'error', text: errorText(error) }];
  const flat = fromAttributes(body);
  if (flat !== undefined) return flat.flatMap((each) => readMessage(each, 'assistant'));
  const role: MessageRole = 'assistant';
  if (Array.isArray(body['choices']))
    return body['choices'].flatMap((choice: Json) =>
      isJsonObject(choice)
        ? isJsonObject(choice['message'])
          ? readMessage(choice['message'], role)
          : readParts(choice['text'], role)
        : [],
    );
  if (Array.isArray(body['candidates']))
    return body['candidates'].flatMap((each: Json) => (isJsonObject(each) ? readParts(each['content'], role) : []));
  if (isJsonObject(output)) return readMessage(output, role);
  if (Array.isArray(output)) return output.flatMap((each: Json) => readMessage(each, role));
  if (body['role'] !== undefined || isJsonObject(body['message'])) return readMessage(body, role);
  return readParts(content ?? body['completion'] ?? body['response'] ?? body['output_text'], role);
}

const errorText = (error: Json): string =>
  isJsonObject(error) && typeof error['message'] === 'string' ? error['message'] : readable(error);

/** Tokens that an answer says it took. */
export function readUsage(body: Json): { readonly tokensIn?: number; readonly tokensOut?: number } {
  const answers: readonly Json[] = Array.isArray(body) ? body : [body];
  const found = answers
    .filter(isJsonObject)
    .map((each) => each['usage'] ?? each['usageMetadata'])
    .findLast((each) => isJsonObject(each));
  if (!isJsonObject(found)) return {};
  const pick = (...names: readonly string[]): number | undefined =>
    names.map((name) => found[name]).find((value) => typeof value === 'number');
  const tokensIn = pick('prompt_tokens', 'input_tokens', 'inputTokens', 'promptTokenCount');
  const tokensOut = pick('completion_tokens', 'output_tokens', 'outputTokens', 'candidatesTokenCount');
  return { ...(tokensIn === undefined ? {} : { tokensIn }), ...(tokensOut === undefined ? {} : { tokensOut }) };
}
