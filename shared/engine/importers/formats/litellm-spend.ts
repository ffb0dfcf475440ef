import { isJsonObject } from '../../../lib/json.ts';
import type { RecordImporter } from '../importer.ts';
import { toLitellmCall } from '../llm/litellm.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** LiteLLM's spend log: rows of its table `LiteLLM_SpendLogs`, as its callbacks for buckets and queues write them. */
export const litellmSpend = {
  id: 'litellm-spend',
  title: 'LiteLLM spend log',
  extensions: ['.json', '.jsonl'],
  holds:
    'time without a zone, duration, provider, model, outcome, principal, hash of the key, address, tokens, cost, MCP tool; messages only where they are stored',
  recognize: (head) =>
    recognizeByKeys(head, "LiteLLM's spend log", (keys) =>
      ['call_type', 'startTime', 'spend', 'model'].every((key) => keys.has(key)) &&
      (keys.has('cache_key') || keys.has('custom_llm_provider'))
        ? 'certain'
        : undefined,
    ),
  records: 'json',
  shape: "not a row of LiteLLM's spend log",
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'call_type' in value && 'spend' in value && 'startTime' in value,
  open: (options) => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value) || !('call_type' in value || 'spend' in value)) return undefined;
    return { kind: 'call', record: record.record, at: record.at, call: toLitellmCall(value, text, options.zoneOffsetMinutes) };
  },
} as const satisfies RecordImporter;
