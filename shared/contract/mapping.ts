import { z } from 'zod';
import { compileTimePattern } from '../lib/time-pattern.ts';
import { DURATION_UNITS, MAPPED_FIELDS, TIME_FORMATS } from '../model/mapping.ts';
import type { Mapping } from '../model/mapping.ts';

/** A path longer than this is no key of a log. Units: characters. */
const MAX_PATH = 200;
/** More alternatives than a field has in any log that we know of. */
const MAX_PATHS = 40;
/** More named headers or timings than a log format has. */
const MAX_NAMES = 200;

const path = z.string().min(1).max(MAX_PATH);
const paths = z.array(path).max(MAX_PATHS).readonly();
const somePaths = z.array(path).min(1).max(MAX_PATHS).readonly();
const byName = <Value extends z.ZodType>(value: Value): z.ZodRecord<z.ZodString, Value> =>
  z.record(z.string().min(1).max(MAX_PATH), value).refine((record) => Object.keys(record).length <= MAX_NAMES, 'too many names');

const isTimeFormat = (text: string): boolean =>
  (TIME_FORMATS as readonly string[]).includes(text) || compileTimePattern(text) !== undefined;

const time = z.strictObject({
  from: somePaths,
  date: somePaths.optional(),
  format: z
    .string()
    .max(MAX_PATH)
    .refine(isTimeFormat, `not one of ${TIME_FORMATS.join(', ')}, nor a pattern such as %Y-%m-%d %H:%M:%S`),
  kind: z.enum(['start', 'end', 'unknown']),
  utc: z.boolean().optional(),
});
const duration = z.strictObject({ from: somePaths, unit: z.enum(DURATION_UNITS) });
const headers = z.strictObject({ maps: paths.optional(), prefix: path.optional(), named: byName(somePaths).optional() });
const body = z.strictObject({ from: somePaths, encoding: z.enum(['text', 'base64']) });

/** Checks a mapping that came from a file, a window or a case. */
export const mappingSchema = z.strictObject({
  name: z.string().min(1).max(MAX_PATH),
  requires: paths,
  time: time.optional(),
  duration: duration.optional(),
  fields: z.partialRecord(z.enum(MAPPED_FIELDS), somePaths),
  timings: byName(duration).optional(),
  requestHeaders: headers.optional(),
  responseHeaders: headers.optional(),
  requestBody: body.optional(),
  responseBody: body.optional(),
}) satisfies z.ZodType<Mapping>;

/** Reads the text of a mapping file. Shape: the mapping, or one sentence about what is wrong with it. */
export function parseMapping(json: string): Mapping | string {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return `the mapping is not valid JSON: ${error.message}`;
    throw error;
  }
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'the mapping' : issue.path.map(String).join('.');
  const keys = issue?.code === 'unrecognized_keys' || issue?.code === 'invalid_key' ? validKeys(issue.path) : undefined;
  return `${where}: ${issue?.message ?? 'not a mapping'}${keys === undefined ? '' : `; the keys are ${keys.join(', ')}`}`;
}

/** The keys that the object at a path of the mapping may have. */
function validKeys([part, ...rest]: readonly PropertyKey[]): readonly string[] | undefined {
  if (part === undefined) return Object.keys(mappingSchema.shape);
  switch (part) {
    case 'fields':
      return MAPPED_FIELDS;
    case 'time':
      return Object.keys(time.shape);
    case 'duration':
      return Object.keys(duration.shape);
    case 'timings':
      return rest.length === 1 ? Object.keys(duration.shape) : undefined;
    case 'requestHeaders':
    case 'responseHeaders':
      return rest.length === 0 ? Object.keys(headers.shape) : undefined;
    case 'requestBody':
    case 'responseBody':
      return Object.keys(body.shape);
    default:
      return undefined;
  }
}
