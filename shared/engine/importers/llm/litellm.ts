import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { toMcpTool } from '../../../model/mcp-tool.ts';
import { toExtras, toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { readStamp } from '../read/stamp.ts';
import {
  parseInner,
  readTools,
  toKeyFields,
  toLlmBody,
  toLlmDuration,
  toLlmHost,
  toLlmPath,
  toLlmOutcome,
  toLlmStatus,
} from './llm-fields.ts';

/**
 * A call out of LiteLLM's spend log or standard logging payload, which name most things alike.
 * Source: docs.litellm.ai, "StandardLoggingPayload Specification"; `spend_logs_payload.json` and `standard_logging_payload.json` in the
 * tests of BerriAI/litellm. Times have no zone; `metadata`, `messages` and `response` of the spend log are JSON inside of strings.
 */
export function toLitellmCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const metadata = toObject(parseInner(value['metadata']));
  const hidden = toObject(value['hidden_params']);
  const start = readStamp(value['startTime'], 'start', zoneOffsetMinutes);
  const failure = toObject(isJsonObject(value['error_information']) ? value['error_information'] : metadata['error_information']);
  const status = toKnownText(value['status']);
  const callType = toKnownText(value['call_type']);
  const mcp = toObject(metadata['mcp_tool_call_metadata']);
  const toolName = toKnownText(mcp['name']) ?? toKnownText(value['mcp_namespaced_tool_name']);
  const key = toKeyFields(
    toKnownText(value['api_key']) ?? toKnownText(metadata['user_api_key_hash']) ?? toKnownText(metadata['user_api_key']),
  );
  const userAgent = toKnownText(metadata['user_agent']);
  const request = toRequest(value);
  const model = toKnownText(value['model']);
  return {
    ...start,
    durationMs: toLlmDuration(start, readStamp(value['endTime'], 'end', zoneOffsetMinutes)),
    method: 'POST',
    ...toLlmHost(toKnownText(value['api_base']) ?? toKnownText(hidden['api_base'])),
    path: toLlmPath(callType),
    status: toLlmStatus(status, failure['error_code']),
    outcome: toLlmOutcome(status),
    clientIp: toKnownText(value['requester_ip_address']) ?? toKnownText(metadata['requester_ip_address']),
    userAgent,
    requestHeaders: key.keyHeader.length === 0 ? undefined : key.keyHeader,
    requestBody: toLlmBody(request),
    responseBody: toLlmBody(value['response']) ?? toLlmBody(value['error_str']),
    consumer: toCaller(value, metadata),
    credentialId: key.credentialId,
    // LiteLLM fills the spend log's session from the payload's trace: calls of one overall request.
    traceId: toKnownText(value['trace_id']) ?? toKnownText(value['session_id']),
    requestId: toKnownText(value['request_id']) ?? toKnownText(value['id']),
    service: toKnownText(mcp['mcp_server_name']) ?? toKnownText(value['custom_llm_provider']),
    route: callType?.includes('mcp_tool') === true && toolName !== undefined ? `tools/call:${toolName}` : model,
    tool: toolName === undefined ? undefined : toMcpTool(toolName),
    extras: toExtras([
      ['call-type', callType],
      ['outcome', status],
      ['model', model],
      ...toCosts(value),
      ...readTools(request, value['response']),
      ['error', [toLooseText(failure['error_class']), toLooseText(failure['error_message'])].filter(Boolean).join(': ') || undefined],
      ...toOwners(value, metadata),
    ]),
    rawText: text,
  };
}

/** The request as the proxy received it, or what was put together for the provider. */
function toRequest(value: JsonObject): Json | undefined {
  const received = parseInner(value['proxy_server_request']);
  if (isJsonObject(received) && Object.keys(received).length > 0) return isJsonObject(received['body']) ? received['body'] : received;
  const messages = parseInner(value['messages']);
  if (messages === undefined || messages === null || (typeof messages === 'object' && Object.keys(messages).length === 0)) return undefined;
  return { ...toObject(value['model_parameters']), messages };
}

/** Who used the gateway: the person behind the application, else the key's owner. */
function toCaller(value: JsonObject, metadata: JsonObject): string | undefined {
  return (
    toKnownText(value['end_user']) ??
    toKnownText(metadata['user_api_key_end_user_id']) ??
    toKnownText(value['user']) ??
    toKnownText(metadata['user_api_key_user_id']) ??
    toKnownText(metadata['user_api_key_user_email']) ??
    toKnownText(metadata['user_api_key_alias'])
  );
}

/** A cost of 0 is a cost: a local model, or a cached answer. */
const toCosts = (value: JsonObject): readonly (readonly [string, string | undefined])[] => [
  ['prompt-tokens', toLooseText(value['prompt_tokens'])],
  ['completion-tokens', toLooseText(value['completion_tokens'])],
  ['total-tokens', toLooseText(value['total_tokens'])],
  ['cost-usd', toLooseText(value['spend']) ?? toLooseText(value['response_cost'])],
  ['cache-hit', value['cache_hit'] === 'None' ? undefined : toLooseText(value['cache_hit'])],
];

function toOwners(value: JsonObject, metadata: JsonObject): readonly (readonly [string, string | undefined])[] {
  const tags = parseInner(value['request_tags']);
  return [
    ['model-group', toKnownText(value['model_group'])],
    ['model-id', toKnownText(value['model_id'])],
    ['key-alias', toKnownText(metadata['user_api_key_alias'])],
    ['team', toKnownText(value['team_id']) ?? toKnownText(metadata['user_api_key_team_id'])],
    ['team-alias', toKnownText(metadata['user_api_key_team_alias'])],
    ['organization', toKnownText(value['organization_id']) ?? toKnownText(metadata['user_api_key_org_id'])],
    ['user', toKnownText(value['user']) ?? toKnownText(metadata['user_api_key_user_id'])],
    ['agent', toKnownText(value['agent_id'])],
    ['mcp-tool', toKnownText(value['mcp_namespaced_tool_name'])],
    ['first-token', toLooseText(value['completionStartTime'])],
    ['guardrails', toList(metadata['applied_guardrails'])],
    ['tags', toList(tags)],
  ];
}

const toList = (value: Json | undefined): string | undefined =>
  Array.isArray(value) ? value.flatMap((one: Json) => toLooseText(one) ?? []).join(', ') || undefined : undefined;
