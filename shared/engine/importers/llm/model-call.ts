import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { CallOutcome, ImportedCall } from '../../../model/call.ts';
import { toExtras, toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { readTools, toLlmBody } from './llm-fields.ts';
import { toOwner, toThread, type MetadataOwner } from './metadata.ts';

/** The path of each API by the `object` that its answers call themselves. Source: OpenAI API reference, Anthropic API reference. */
const PATHS: Readonly<Record<string, string>> = {
  'chat.completion': '/v1/chat/completions',
  response: '/v1/responses',
  text_completion: '/v1/completions',
  message: '/v1/messages',
  list: '/v1/embeddings',
};

/** What a model was sent and gave back, as the bodies of its API. */
export interface ModelBodies {
  readonly request: JsonObject | undefined;
  readonly response: JsonObject | undefined;
}

/** The path of the API that the bodies are of; `undefined` where they do not tell. */
function pathOf({ request, response }: ModelBodies): string | undefined {
  const kind = toKnownText(response?.['object']) ?? toKnownText(response?.['type']) ?? '';
  if (Object.hasOwn(PATHS, kind)) return PATHS[kind];
  if (request?.['messages'] !== undefined || response?.['choices'] !== undefined) return PATHS['chat.completion'];
  return request?.['input'] !== undefined || response?.['output'] !== undefined ? PATHS['response'] : undefined;
}

/** Metadata of a call: what the application gave with the request, which the answer repeats. */
export const metadataOf = ({ request, response }: ModelBodies): JsonObject => ({
  ...toObject(request?.['metadata']),
  ...toObject(response?.['metadata']),
});

/** Whom a call was made for: as its metadata says, or the name that the application gave the provider for its user. */
export function ownerOf(bodies: ModelBodies): MetadataOwner {
  const { user, agent } = toOwner(metadataOf(bodies));
  const named = [bodies.request, bodies.response].flatMap(
    (body) => toKnownText(body?.['user']) ?? toKnownText(body?.['safety_identifier']) ?? [],
  );
  return { user: user ?? named[0], agent };
}

/** The conversation that a call is part of: a thread of its metadata, or one of the provider's own. */
export function threadOf(bodies: ModelBodies): string | undefined {
  const kept = [bodies.response, bodies.request].map((body) => body?.['conversation']).find((one) => one !== undefined && one !== null);
  return toThread(metadataOf(bodies)) ?? (isJsonObject(kept) ? toKnownText(kept['id']) : toKnownText(kept));
}

/** What of the model's answer columns do not hold: tokens, why it ended, the tools it was offered and asked for. */
function toFacts({ request, response }: ModelBodies): readonly (readonly [string, string | undefined])[] {
  const usage = toObject(response?.['usage']);
  const count = (...names: readonly string[]): string | undefined =>
    names.map((name) => toLooseText(usage[name])).find((text) => text !== undefined);
  const cached = toObject(usage['prompt_tokens_details'] ?? usage['input_tokens_details']);
  const reasoned = toObject(usage['completion_tokens_details'] ?? usage['output_tokens_details']);
  return [
    ['prompt-tokens', count('prompt_tokens', 'input_tokens')],
    ['completion-tokens', count('completion_tokens', 'output_tokens')],
    ['total-tokens', count('total_tokens')],
    ['cache-read-tokens', toLooseText(cached['cached_tokens']) ?? count('cache_read_input_tokens')],
    ['reasoning-tokens', toLooseText(reasoned['reasoning_tokens'])],
    ['stop-reason', toStop(response)],
    ...readTools(request ?? response, response),
  ];
}

function toStop(response: JsonObject | undefined): string | undefined {
  const choices: Json | undefined = response?.['choices'];
  const ended = Array.isArray(choices)
    ? (choices as readonly Json[]).flatMap((choice) => toKnownText(toObject(choice)['finish_reason']) ?? [])
    : [];
  return (
    ([...new Set(ended)].join(', ') || undefined) ??
    toKnownText(response?.['stop_reason']) ??
    toKnownText(toObject(response?.['incomplete_details'])['reason']) ??
    toKnownText(response?.['status'])
  );
}

/** What went wrong, as an answer of these APIs says it. */
const errorIn = (response: JsonObject | undefined): Json | undefined => response?.['error'] ?? undefined;

const errorText = (error: Json | undefined): string | undefined =>
  toKnownText(error) ?? (isJsonObject(error) ? (toKnownText(error['message']) ?? JSON.stringify(error)) : undefined);

function toOutcome({ response }: ModelBodies, error: Json | undefined): CallOutcome | undefined {
  if (error !== undefined || response?.['status'] === 'failed' || response?.['status'] === 'cancelled') return 'failed';
  return response === undefined ? undefined : 'given';
}

/**
 * The call of a model that two bodies show; times, addresses and ids that stand around them are the caller's to add.
 * `error`: of the exchange, where it stands outside of the answer.
 */
export function toModelCall(
  bodies: ModelBodies,
  error: Json | undefined,
  extras: readonly (readonly [string, string | undefined])[],
): Omit<ImportedCall, 'timeKind' | 'zoneKnown'> {
  const { request, response } = bodies;
  const failure = error ?? errorIn(response);
  const model = toKnownText(response?.['model']) ?? toKnownText(request?.['model']);
  const owner = ownerOf(bodies);
  return {
    method: 'POST',
    path: pathOf(bodies),
    outcome: toOutcome(bodies, failure),
    requestBody: toLlmBody(request),
    responseBody: toLlmBody(response) ?? toLlmBody(error),
    consumer: owner.user ?? owner.agent,
    traceId: threadOf(bodies),
    spanId: toKnownText(response?.['id']),
    parentSpanId: toKnownText(response?.['previous_response_id']) ?? toKnownText(request?.['previous_response_id']),
    route: model,
    extras: toExtras([
      ['model', model],
      ['agent', owner.agent],
      ['error', errorText(failure)],
      ...toFacts(bodies),
      ['metadata', Object.keys(metadataOf(bodies)).length === 0 ? undefined : JSON.stringify(metadataOf(bodies))],
      ...extras,
    ]),
  };
}
