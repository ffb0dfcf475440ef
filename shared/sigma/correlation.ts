import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { placeOf } from './fields.ts';
import { CannotRun, type Bound, type Correlation, type CorrelationType } from './rule.ts';

const TYPES: readonly CorrelationType[] = [
  'event_count', 'value_count', 'temporal', 'temporal_ordered', 'value_sum', 'value_avg', 'value_percentile', 'value_median',
]; // prettier-ignore
const BOUNDS: Readonly<Record<string, Bound['op']>> = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=', neq: '!=' };
const UNITS: Readonly<Record<string, number>> = { s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6, w: 604_800e6, M: 2_592_000e6, y: 31_536_000e6 };
/** Most rules that one correlation names. */
const MAX_NAMED = 50;

const isType = (type: string): type is CorrelationType => (TYPES as readonly string[]).includes(type);

/** Reads the `correlation` of a rule. Errors: CannotRun. */
export function readCorrelation(source: JsonObject, generate: boolean): Correlation {
  const type = typeof source['type'] === 'string' ? source['type'] : '';
  if (!isType(type)) throw new CannotRun(`the correlation type ${type.slice(0, 40)} is not supported`);
  const rules = textsOf(source['rules'], 'rules');
  if (rules.length === 0 || rules.length > MAX_NAMED)
    throw new CannotRun(`it names ${String(rules.length)} rules, not 1 to ${String(MAX_NAMED)}`);
  const condition = source['condition'];
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const { bounds, fields, percentile } = isTemporal && !isJsonObject(condition)
    ? { bounds: temporalBounds(condition, rules), fields: [], percentile: undefined }
    : readBounds(condition); // prettier-ignore
  if (bounds.length === 0 && !isTemporal) throw new CannotRun('its condition has no bound');
  if (type.startsWith('value_') && fields.length === 0) throw new CannotRun(`${type} needs the field that it counts or computes with`);
  const aliases = readAliases(source['aliases']);
  const groupBy = source['group-by'] === undefined ? [] : textsOf(source['group-by'], 'group-by');
  for (const field of [...groupBy.filter((name) => aliases[name] === undefined), ...fields]) columnOf(field);
  return {
    type, rules, groupBy, aliases, bounds, fields, generate,
    timespan: readTimespan(source['timespan'] ?? source['timeframe']),
    ...(percentile === undefined ? {} : { percentile }),
  }; // prettier-ignore
}

/** The column that events are grouped by or computed with. Errors: CannotRun. */
export function columnOf(field: string): Extract<ReturnType<typeof placeOf>, { kind: 'column' | 'uri' }> {
  const place = placeOf(field);
  if (place.kind === 'column' || place.kind === 'uri') return place;
  if (place.kind === 'operation') throw new CannotRun(`events cannot be grouped by ${field.slice(0, 80)}, which is a part of the path`);
  throw new CannotRun(`events cannot be grouped by ${field.slice(0, 80)}, which stands inside of messages`);
}

function textsOf(value: Json | undefined, what: string): readonly string[] {
  const items: readonly (Json | undefined)[] = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (typeof item !== 'string' || item === '') throw new CannotRun(`its ${what} is no list of names`);
    return item;
  });
}

/** `a and b and c` says what a temporal correlation means anyway; anything else would not. */
function temporalBounds(condition: Json | undefined, rules: readonly string[]): readonly Bound[] {
  if (condition === undefined || condition === null) return [];
  const names = typeof condition === 'string' ? condition.trim().split(/(?<!\s)\s+and\s+/i) : [];
  if (names.length === rules.length && names.every((name) => rules.includes(name))) return [];
  throw new CannotRun('the condition of a temporal correlation is understood when it is missing, a bound, or all rules joined by "and"');
}

function readBounds(condition: Json | undefined): { readonly bounds: readonly Bound[]; readonly fields: readonly string[]; readonly percentile?: number | undefined } {
  if (!isJsonObject(condition)) throw new CannotRun('its condition is missing');
  const bounds: Bound[] = [];
  for (const [key, value] of Object.entries(condition)) {
    if (key === 'field' || key === 'percentile') continue;
    const op = BOUNDS[key];
    if (op === undefined || typeof value !== 'number') throw new CannotRun(`the bound ${key.slice(0, 40)} of its condition is not understood`);
    bounds.push({ op, value });
  }
  const percentile = condition['percentile'];
  if (percentile !== undefined && (typeof percentile !== 'number' || percentile < 0 || percentile > 100))
    throw new CannotRun('its percentile is no number from 0 to 100');
  const field = condition['field'];
  return { bounds, fields: field === undefined ? [] : textsOf(field, 'field'), percentile };
} // prettier-ignore

function readAliases(value: Json | undefined): Correlation['aliases'] {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) throw new CannotRun('its aliases are no map');
  return Object.fromEntries(
    Object.entries(value).map(([alias, byRule]) => {
      if (!isJsonObject(byRule)) throw new CannotRun(`its alias ${alias.slice(0, 40)} is no map`);
      const fields = Object.entries(byRule).map(([rule, field]): readonly [string, string] => {
        if (typeof field !== 'string') throw new CannotRun(`its alias ${alias.slice(0, 40)} names no field`);
        columnOf(field);
        return [rule, field];
      });
      return [alias, Object.fromEntries(fields)];
    }),
  );
}

function readTimespan(value: Json | undefined): number {
  const [, count, unit] = typeof value === 'string' ? (/^(\d{1,6})([smhdwMy])$/.exec(value) ?? []) : [];
  const micros = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(micros > 0)) throw new CannotRun('its timespan is not a number with s, m, h or d behind it');
  return micros;
}
