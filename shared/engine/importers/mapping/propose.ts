import { entryOf } from '../../../lib/entry-of.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { TimeKind } from '../../../model/call.ts';
import { MAPPED_FIELDS } from '../../../model/mapping.ts';
import type { DurationUnit, MappedDuration, MappedField, MappedHeaders, Mapping } from '../../../model/mapping.ts';
import {
  BODY_NAMES,
  DURATION_NAMES,
  FIELD_NAMES,
  HEADER_NAMES,
  SINGLE_HEADERS,
  TIME_NAMES,
  TIMING_NAMES,
  UNIT_WORDS,
} from './known-names.ts';
import { quoteKey } from './paths.ts';
import { listFields, normalName } from './sample.ts';
import type { SampledField } from './sample.ts';
import { describeTime, fits, guessRequestTime, guessUnit } from './shapes.ts';
import { toLocalNumber } from './values.ts';

/**
 * How far a proposal for one field can be trusted. `sure`: a name that says it, and values that look like it. `likely`: a name that
 * says it, but a doubt about the values or their unit. `guess`: the values alone look like it.
 */
export type Trust = 'sure' | 'likely' | 'guess';

/** What is proposed for one part of a call. */
export interface ProposedField {
  /** A field of the call, or `time`, `duration`, `timing upstream`, `request headers`, `request body` and so on. */
  readonly target: string;
  readonly from: readonly string[];
  readonly trust: Trust;
  /** Why, in one sentence. */
  readonly why: string;
  /** What an analyst should look at. */
  readonly doubt?: string | undefined;
}

/** A field of the records that no part of a call takes; it is kept among the call's other fields. */
export interface LeftField {
  readonly path: string;
  /** Records of the sample that have it. */
  readonly records: number;
}

/** How unknown records could become calls, and how sure that is. */
export interface Proposal {
  readonly mapping: Mapping;
  /** Records that were looked at. */
  readonly records: number;
  readonly fields: readonly ProposedField[];
  readonly left: readonly LeftField[];
  /** Every field of the sample. Values are in clear: mask them before they are shown. */
  readonly sampled: readonly SampledField[];
  /** True when time, request and status stand under names that say so: the records are calls, without asking anybody. */
  readonly confident: boolean;
}

/** Share of a field's values that must look like what its name says: scanners send request lines that are none. */
const FITTING = 0.6;
/** Share of the records that a field must be in to be proposed by its values alone. */
const PRESENT = 0.5;
/** Alternatives for one field: more are other fields of similar names. */
const MAX_PATHS = 4;

interface Found {
  readonly paths: readonly string[];
  readonly proposed: ProposedField;
}

/** Proposes a mapping for sampled records. Cost: looks at each value of the sample about twice. */
export function proposeMapping(records: readonly JsonObject[], name = 'proposed'): Proposal {
  const all = listFields(records);
  const taken = new Set<string>();
  const fields: ProposedField[] = [];
  const use = (found: Found | undefined): readonly string[] | undefined => {
    if (found === undefined) return undefined;
    for (const path of found.paths) taken.add(path);
    fields.push(found.proposed);
    return found.paths;
  };
  const free = (): readonly SampledField[] =>
    all.filter(({ path }) => !taken.has(path) && ![...taken].some((used) => path.startsWith(`${used}.`)));

  const requestHeaders = use(findObjects('request headers', HEADER_NAMES.request, all));
  const responseHeaders = use(findObjects('response headers', HEADER_NAMES.response, all));
  const time = use(findTime(free(), records.length));
  const duration = findDuration('duration', DURATION_NAMES, free(), all);
  const timings = Object.entries(TIMING_NAMES).flatMap(([phase, names]): [string, MappedDuration][] => {
    const found = findDuration(`timing ${phase}`, names, free(), all);
    const from = use(found);
    return from === undefined || found === undefined ? [] : [[phase, { from, unit: found.unit }]];
  });
  const durationFrom = use(duration);
  const mapped: Partial<Record<MappedField, readonly string[]>> = {};
  for (const field of MAPPED_FIELDS) {
    const from = use(findField(field, free(), records.length));
    if (from !== undefined) mapped[field] = from;
  }
  const blank = mapped.status === undefined ? use(findBlank('status', records)) : undefined;
  if (blank !== undefined) mapped.status = blank;
  const requestBody = use(findBody('request body', BODY_NAMES.request, free()));
  const responseBody = use(findBody('response body', BODY_NAMES.response, free()));
  const single = findSingleHeaders(free());
  for (const found of single.found) use(found);

  const mapping: Mapping = {
    name,
    requires: [],
    ...(time === undefined ? {} : { time: { from: time, format: 'auto', kind: timeKind(time, all) } }),
    ...(durationFrom === undefined || duration === undefined ? {} : { duration: { from: durationFrom, unit: duration.unit } }),
    fields: mapped,
    ...(timings.length === 0 ? {} : { timings: Object.fromEntries(timings) }),
    ...toHeaders('requestHeaders', requestHeaders, single.request),
    ...toHeaders('responseHeaders', responseHeaders, single.response),
    ...(requestBody === undefined ? {} : { requestBody: { from: requestBody, encoding: 'text' } }),
    ...(responseBody === undefined ? {} : { responseBody: { from: responseBody, encoding: 'text' } }),
  };
  const left = free()
    .filter(({ values }) => !values.every(isJsonObject))
    .map(({ path, values }) => ({ path, records: values.length }));
  return { mapping, records: records.length, fields, left, sampled: all, confident: isConfident(fields) };
}

function isConfident(fields: readonly ProposedField[]): boolean {
  const known = new Set(fields.filter(({ trust }) => trust !== 'guess').map(({ target }) => target));
  const hasTarget = known.has('request') || (known.has('method') && (known.has('url') || known.has('path')));
  return known.has('time') && known.has('status') && hasTarget;
}

/** The fields that bear one of the names, in the order of the names. */
function named(names: readonly string[], fields: readonly SampledField[]): readonly SampledField[] {
  return [...new Set(names)].flatMap((name) => fields.filter((field) => field.name === name));
}

const shareOf = (texts: readonly string[], is: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(is).length / texts.length;

function found(target: string, fields: readonly SampledField[], trust: Trust, why: string, doubt?: string): Found {
  const paths = fields.slice(0, MAX_PATHS).map(({ path }) => path);
  return { paths, proposed: { target, from: paths, trust, why, ...(doubt === undefined ? {} : { doubt }) } };
}

const inQuotes = (fields: readonly SampledField[]): string => fields.map(({ path }) => path).join(', ');

function findField(field: MappedField, fields: readonly SampledField[], records: number): Found | undefined {
  const isIt = (text: string): boolean => fits(field, text);
  const known = named(FIELD_NAMES[field] ?? [], fields).filter(({ texts }) => shareOf(texts, isIt) >= FITTING);
  if (known.length > 0) {
    const all = known.every(({ texts }) => texts.every(isIt));
    return found(field, known, all ? 'sure' : 'likely', `the name says it: ${inQuotes(known.slice(0, MAX_PATHS))}`);
  }
  if (field !== 'method' && field !== 'request' && field !== 'url' && field !== 'clientIp' && field !== 'status') return undefined;
  const looks = fields.filter(({ texts, values }) => values.length / records >= PRESENT && texts.length > 0 && texts.every(isIt));
  // A number of three digits is a status only where a name hints at one.
  const [first] = field === 'status' ? looks.filter(({ name }) => /stat|code|result/.test(name)) : looks;
  return first === undefined ? undefined : found(field, [first], 'guess', `all values of ${first.path} look like it`);
}

/** A field that the records name, yet none of them gives: servers write `-` where a caller went away before the answer. */
function findBlank(field: MappedField, records: readonly JsonObject[]): Found | undefined {
  const blank = new Set(
    records.flatMap((record) => Object.keys(record).filter((key) => record[key] === '-' || record[key] === null)).map(quoteKey),
  );
  const [path] = (FIELD_NAMES[field] ?? []).flatMap((name) => [...blank].filter((key) => normalName(key) === name));
  if (path === undefined) return undefined;
  return { paths: [path], proposed: { target: field, from: [path], trust: 'likely', why: `the name says it, without a value: ${path}` } };
}

function findTime(fields: readonly SampledField[], records: number): Found | undefined {
  const isTime = (text: string): boolean => describeTime(text) !== undefined;
  const known = named(TIME_NAMES, fields).filter(({ texts }) => shareOf(texts, isTime) >= FITTING);
  const chosen =
    known.length > 0 ? known : fields.filter(({ values, texts }) => values.length / records >= PRESENT && texts.every(isTime)).slice(0, 1);
  const [first] = chosen;
  const how = describeTime(first?.texts[0] ?? '');
  if (first === undefined || how === undefined) return undefined;
  const doubt = how === 'times without a zone' ? 'the times name no zone' : undefined;
  return found('time', chosen, known.length > 0 ? 'sure' : 'guess', `${first.path} holds ${how}`, doubt);
}

/** nginx stamps when it logs, at the end; other names say it themselves. */
function timeKind(paths: readonly string[], fields: readonly SampledField[]): TimeKind {
  const name = fields.find(({ path }) => path === paths[0])?.name ?? '';
  if (/start|begin/.test(name)) return 'start';
  if (/end|finish|complete/.test(name)) return 'end';
  const isNginx =
    fields.some((field) => field.name === 'body_bytes_sent' || field.name === 'request_uri') &&
    /^(?:time_local|time_iso8601|msec)$/.test(name);
  return isNginx ? 'end' : 'unknown';
}

/** The numbers of a list, each as its own text, and those with a decimal comma with a point. */
function toNumberTexts(text: string): readonly string[] {
  if (!text.includes(',')) return [text];
  const number = toLocalNumber(text);
  return number === undefined ? text.split(/[,:]\s*/) : [String(number)];
}

interface FoundDuration extends Found {
  readonly unit: DurationUnit;
}

function findDuration(
  target: string,
  names: readonly string[],
  fields: readonly SampledField[],
  all: readonly SampledField[],
): FoundDuration | undefined {
  for (const name of names) {
    for (const field of fields) {
      const unit = unitOfName(field.name, name);
      if (unit === undefined) continue;
      const texts = field.texts.flatMap(toNumberTexts);
      const nginx = field.name === 'request_time' ? guessRequestTime(texts, [...new Set(all.map((other) => other.name))]) : undefined;
      const guess = nginx ?? guessUnit(texts);
      if (guess === undefined) continue;
      if (guess.unit === 'go') return { ...found(target, [field], 'sure', `${field.path}: ${guess.why}`), unit: 'go' };
      if (unit !== 'unknown') return { ...found(target, [field], 'sure', `${field.path} is in ${unit}, as its name says`), unit };
      return {
        ...found(
          target,
          [field],
          guess.doubt === undefined ? 'sure' : 'likely',
          `${field.path}: ${guess.why}, so taken for ${guess.unit}`,
          guess.doubt,
        ),
        unit: guess.unit,
      };
    }
  }
  return undefined;
}

/** What a field's name says about its unit, if it is this name at all. nginx and the Elastic Common Schema fix theirs. */
function unitOfName(name: string, wanted: string): DurationUnit | 'unknown' | undefined {
  if (name === wanted) {
    if (wanted === 'event.duration') return 'ns';
    return /^upstream_(?:response|connect|header)_time$/.test(wanted) ? 's' : 'unknown';
  }
  if (!name.startsWith(`${wanted}_`) && !name.startsWith(`${wanted}.`)) return undefined;
  return entryOf(UNIT_WORDS, name.slice(wanted.length + 1));
}

function findObjects(target: string, names: readonly string[], fields: readonly SampledField[]): Found | undefined {
  const objects = named(names, fields).filter(({ values }) => values.every((value) => typeof value === 'object'));
  return objects.length === 0 ? undefined : found(target, objects, 'sure', `the name says it: ${inQuotes(objects)}`);
}

function findBody(target: string, names: readonly string[], fields: readonly SampledField[]): Found | undefined {
  const bodies = named(names, fields);
  return bodies.length === 0 ? undefined : found(target, bodies, 'sure', `the name says it: ${inQuotes(bodies)}`);
}

/** `http_x_tenant` and `sent_http_x_cache` are how nginx names single headers; some names are headers by themselves. */
function findSingleHeaders(fields: readonly SampledField[]): {
  readonly request: Readonly<Record<string, readonly string[]>>;
  readonly response: Readonly<Record<string, readonly string[]>>;
  readonly found: readonly Found[];
} {
  const request: Record<string, readonly string[]> = {};
  const response: Record<string, readonly string[]> = {};
  const results: Found[] = [];
  for (const field of fields) {
    if (field.texts.length === 0) continue;
    const sent = /^(?:sent|upstream)_http_(\w+)$/.exec(field.name)?.[1];
    const received = /^http_(?!version$|protocol$|code$|status$)(\w+)$/.exec(field.name)?.[1];
    const header = entryOf(SINGLE_HEADERS, field.name) ?? (received ?? sent)?.replaceAll('_', '-');
    if (header === undefined) continue;
    const side = sent === undefined ? request : response;
    if (side[header] !== undefined) continue;
    side[header] = [field.path];
    results.push(found(`header ${header}`, [field], 'sure', `${field.path} is a header by its name`));
  }
  return { request, response, found: results };
}

function toHeaders(
  key: 'requestHeaders' | 'responseHeaders',
  maps: readonly string[] | undefined,
  single: Readonly<Record<string, readonly string[]>>,
): { readonly [Key in typeof key]?: MappedHeaders } {
  const hasSingle = Object.keys(single).length > 0;
  if (maps === undefined && !hasSingle) return {};
  return { [key]: { ...(maps === undefined ? {} : { maps }), ...(hasSingle ? { named: single } : {}) } };
}
