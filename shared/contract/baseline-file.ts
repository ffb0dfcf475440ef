import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';
import { BASELINE_SCHEMAS, MAX_BASELINE, type BaselineFile } from '../model/baseline-file.ts';

const HOURS = 24;

const count = z.number().min(0);
/** Goes into a table of whole numbers, which would refuse any other in the middle of an analysis. */
const whole = z.number().int().min(0);
const name = z.string().max(4096);
const time = z.iso.datetime();
const habit = {
  calls: whole,
  objects: count,
  bytes: count,
  contexts: count,
  statuses: z.record(z.string().max(10), count),
  rates: z.array(count).length(HOURS),
};
const place = z.object({ network: name, program: name }).strict();
const order = z
  .object({
    operations: z.array(name).max(8_000),
    kinds: z.array(z.object({ kind: name, sessions: z.array(z.array(z.number().int().min(0)).max(400)).max(1_000) }).strict()).max(10),
  })
  .strict()
  .refine(
    ({ operations, kinds }) => kinds.every(({ sessions }) => sessions.every((steps) => steps.every((step) => step < operations.length))),
    'a step is none of its endpoints',
  );
const versioned = z.object({ schema: z.string().max(100) });
const shape = z
  .object({
    schema: z.enum(BASELINE_SCHEMAS),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    content: z
      .object({
        title: name.exactOptional(),
        from: time,
        to: time,
        kinds: z.array(z.object({ kind: name, ...habit }).strict()),
        principals: z.array(z.object({ key: name, kind: name, ...habit, places: z.array(place).max(1_000).exactOptional() }).strict()),
        endpoints: z.array(
          z
            .object({ key: name, ...habit, statusHours: z.record(z.string().max(10), z.array(count).length(HOURS)).exactOptional() })
            .strict(),
        ),
        pairs: z.array(z.object({ principal: name, endpoint: name, calls: whole, hours: whole.exactOptional() }).strict()),
        order: order.exactOptional(),
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
  const version = versioned.safeParse(value).data?.schema;
  if (version?.startsWith('spoor-baseline/') === true && !BASELINE_SCHEMAS.some((known) => known === version))
    return `it is of the version ${version}; this program reads ${BASELINE_SCHEMAS.join(', ')}`;
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another shape'}`;
  }
  const hash = sha256Hex(canonicalJson(parsed.data.content));
  if (hash !== parsed.data.sha256) return `its content has the SHA-256 ${hash}, not ${parsed.data.sha256}: it was changed`;
  return parsed.data;
}
