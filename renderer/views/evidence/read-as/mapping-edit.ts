import { MAPPED_FIELDS, type DurationUnit, type MappedField, type Mapping } from '#shared/model/mapping.ts';

/** A part of a call that one field of a record can give. */
export type Target = 'time' | 'duration' | MappedField;

/** Every target, in the order in which a person checks them. */
export const TARGETS: readonly Target[] = ['time', ...MAPPED_FIELDS.slice(0, 9), 'duration', ...MAPPED_FIELDS.slice(9)];

const WORDS: Readonly<Partial<Record<Target, string>>> = {
  request: 'request line',
  url: 'URL',
  reqBytes: 'request bytes',
  resBytes: 'response bytes',
  clientIp: 'client address',
  forwardedFor: 'forwarded for',
  userAgent: 'user agent',
  credentialId: 'credential id',
  traceId: 'trace id',
  spanId: 'span id',
  parentSpanId: 'parent span id',
  requestId: 'request id',
  contentType: 'content type',
  redirectUrl: 'redirect URL',
};

/** A target in words: `client address`. */
export const wordOf = (target: Target): string => WORDS[target] ?? target;

/** Where a target is taken from, first choice first; empty when it is not mapped. */
export function pathsOf(mapping: Mapping, target: Target): readonly string[] {
  if (target === 'time') return mapping.time?.from ?? [];
  if (target === 'duration') return mapping.duration?.from ?? [];
  return mapping.fields[target] ?? [];
}

/** The targets that a mapping has, in order. */
export const listTargets = (mapping: Mapping): readonly Target[] => TARGETS.filter((target) => pathsOf(mapping, target).length > 0);

/** The mapping with another first choice for a target; `undefined` takes the target out. Alternatives that were there stay. */
export function withPath(mapping: Mapping, target: Target, path: string | undefined): Mapping {
  const rest = pathsOf(mapping, target).slice(1);
  const from = path === undefined ? undefined : [path, ...rest.filter((other) => other !== path)];
  if (target === 'time') {
    const { time, ...others } = mapping;
    return from === undefined ? others : { ...others, time: { format: 'auto', kind: 'unknown', ...time, from } };
  }
  if (target === 'duration') {
    const { duration, ...others } = mapping;
    return from === undefined ? others : { ...others, duration: { unit: 'ms', ...duration, from } };
  }
  const fields = Object.fromEntries(Object.entries(mapping.fields).filter(([field]) => field !== target));
  return { ...mapping, fields: from === undefined ? fields : { ...fields, [target]: from } };
}

/** The mapping with another unit of its duration; without a duration it stays as it is. */
export const withUnit = (mapping: Mapping, unit: DurationUnit): Mapping =>
  mapping.duration === undefined ? mapping : { ...mapping, duration: { ...mapping.duration, unit } };

/** The mapping with another reading of its time; without a time it stays as it is. */
export const withTime = (mapping: Mapping, change: Partial<Pick<NonNullable<Mapping['time']>, 'format' | 'kind'>>): Mapping =>
  mapping.time === undefined ? mapping : { ...mapping, time: { ...mapping.time, ...change } };

/** What a mapping takes beside single fields, in words. */
export function listOthers(mapping: Mapping): readonly string[] {
  return [
    mapping.requestHeaders === undefined ? '' : 'request headers',
    mapping.responseHeaders === undefined ? '' : 'response headers',
    mapping.requestBody === undefined ? '' : 'request body',
    mapping.responseBody === undefined ? '' : 'response body',
    ...Object.keys(mapping.timings ?? {}).map((phase) => `time of ${phase}`),
  ].filter((words) => words !== '');
}

/** Targets whose fields tell records of this kind from others. */
const TELLING: readonly Target[] = ['time', 'method', 'request', 'url', 'path', 'status'];

/** The mapping ready to be saved for later imports: it claims only records that have its telling fields. */
export function toSaved(mapping: Mapping, name: string): Mapping {
  const requires = mapping.requires.length > 0 ? mapping.requires : TELLING.flatMap((target) => pathsOf(mapping, target).slice(0, 1));
  return { ...mapping, name, requires };
}
