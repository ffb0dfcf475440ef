import { isJsonObject } from '../../../lib/json.ts';
import type { RecordImporter } from '../importer.ts';
import { toLitellmCall } from '../llm/litellm.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** LiteLLM's standard logging payload: what its callbacks (S3, GCS, generic API, custom code) hand over for every call. */
export const litellmPayload = {
  id: 'litellm-payload',
  title: 'LiteLLM standard logging payload',
  extensions: ['.json', '.jsonl'],
  holds: 'time, duration, provider, model, outcome, messages and answer, principal, hash of the key, address, tokens, cost, errors',
  recognize: (head) =>
    recognizeByKeys(head, "LiteLLM's standard logging payload", (keys) =>
      ['call_type', 'startTime', 'response_cost', 'model'].every((key) => keys.has(key)) &&
      ['hidden_params', 'model_map_information', 'metadata.user_api_key_hash', 'model_parameters', 'api_base'].some((key) => keys.has(key))
        ? 'certain'
        : undefined,
    ),
  records: 'json',
  shape: 'not a standard logging payload of LiteLLM',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'call_type' in value && 'response_cost' in value && 'startTime' in value,
  open: (options) => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value) || !('call_type' in value || 'response_cost' in value)) return undefined;
    return { kind: 'call', record: record.record, at: record.at, call: toLitellmCall(value, text, options.zoneOffsetMinutes) };
  },
} as const satisfies RecordImporter;
