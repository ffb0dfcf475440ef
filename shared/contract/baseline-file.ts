import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { BaselineFile } from '../model/baseline-file.ts';

/** Longest baseline file that is read. Units: UTF-16 code units. */
export const MAX_BASELINE = 64 * 1024 * 1024;
const HOURS = 24;

const count = z.number().min(0);
const name = z.string().max(4096);
const time = z.iso.datetime();
const habit = {
  calls: count,
  objects: count,
  bytes: count,
  contexts: count,
  statuses: z.record(z.string().max(10), count),
  rates: z.array(count).length(HOURS),
};
const shape = z
  .object({
    schema: z.literal('spoor-baseline/1'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    content: z
      .object({
        from: time,
        to: time,
        kinds: z.array(z.object({ kind: name, ...habit }).strict()),
        principals: z.array(z.object({ key: name, kind: name, ...habit }).strict()),
        endpoints: z.array(z.object({ key: name, ...habit }).strict()),
        pairs: z.array(z.object({ principal: name, endpoint: name, calls: count }).strict()),
      })
      .strict(),
  })
  .strict();

/** Reads a baseline file; a text says why it is none. `sha256Hex` proves that nobody changed it on the way. */
export function parseBaseline(text: string, sha256Hex: (text: string) => string): BaselineFile | string {
  if (text.length > MAX_BASELINE) return `it is longer than ${String(MAX_BASELINE)} characters`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return `it is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another shape'}`;
  }
  const hash = sha256Hex(canonicalJson(parsed.data.content));
  if (hash !== parsed.data.sha256) return `its content has the SHA-256 ${hash}, not ${parsed.data.sha256}: it was changed`;
  return parsed.data;
}
