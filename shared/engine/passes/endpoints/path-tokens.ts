import { splitPath } from './segment.ts';

/**
 * Starts a token that follows the one before it without a slash: `:cancel` after an id, `.json` after a name.
 * No path has it: a control character never stands in a request line.
 */
export const GLUE = '\u0001';

/** Google's custom methods: `/jobs/7:cancel`. */
const VERB = /^(.+)(:[A-Za-z]+)$/;
/** Formats that an API answers in; other endings are a part of the name. */
const FORMAT = /^(.+)(\.(?:json|xml|csv|ya?ml|rss|atom|html?|txt|pdf|jsonp|geojson|ics|xlsx?|do|action|aspx?|php|jsp))$/i;

/** Stands for a value inside of a token: the key of `Orders(5)`. */
export const INNER_VALUE = '\u0002';
/** A key or arguments in the way of OData: numbers, texts in quotes, GUIDs, dates, `name=value`, `@alias`. */
const ODATA = /^([A-Za-z_][\w.]*)\(((?:'[^']*'|[^()'])+)\)$/;
/** One key or argument; commas in quotes do not part them. */
const ODATA_PARTS = /(?:'[^']*'|[^,'])+/g;
/** Longer segments are payloads. Units: characters. */
const MAX_KEYED = 300;
const ODATA_VALUE = /^(?:-?\d[\w.:+-]*|[a-z]*'[^']*'|[0-9a-f]{8}-[0-9a-f-]{27}|@\w+|true|false|null)$/i;
const ODATA_NAMED = /^([A-Za-z_]\w*)=(.+)$/;

/** `Orders(5)` with its values taken out; any other segment as it is. */
function withoutKey(segment: string): string {
  const [, name, inside = ''] = (segment.endsWith(')') && segment.length <= MAX_KEYED ? ODATA.exec(segment) : undefined) ?? [];
  if (name === undefined) return segment;
  const values: string[] = [];
  for (const part of inside.match(ODATA_PARTS) ?? []) {
    const [, key, value = part] = ODATA_NAMED.exec(part.trim()) ?? [];
    if (!ODATA_VALUE.test(value.trim())) return segment;
    values.push(key === undefined ? INNER_VALUE : `${key}=${INNER_VALUE}`);
  }
  return `${name}(${values.join(',')})`;
}

/** A raw path as its segments. What OData puts in parentheses is taken out, so that `/Orders(5)` and `/Orders(7)` are one place. */
export const toSegments = (path: string): readonly string[] =>
  path.includes('(') || path.includes('%28') ? splitPath(path).map(withoutKey) : splitPath(path);

/** A raw path as tokens: its segments, the last one without its custom method or format, which is a token of its own. */
export function toTokens(path: string): readonly string[] {
  const segments = toSegments(path);
  const last = segments.at(-1);
  if (last === undefined || !(last.includes(':') || last.includes('.'))) return segments;
  const [, name, ending] = VERB.exec(last) ?? FORMAT.exec(last) ?? [];
  if (name === undefined || ending === undefined) return segments;
  return [...segments.slice(0, -1), name, GLUE + ending];
}

/** True for a token that belongs to the segment of the one before it. */
export const isGlued = (token: string): boolean => token.startsWith(GLUE);

/** True for a token that is no value whatever stands beside it: an ending, a collection with its key, a function with its arguments. */
export const isFixed = (token: string): boolean =>
  isGlued(token) || (token.endsWith(')') && (token.includes(INNER_VALUE) || FUNCTION.test(token)));
const FUNCTION = /^[A-Za-z_][\w.]*\(\)$/;

/** The token as it stands in the path. */
export const plainToken = (token: string): string => (isGlued(token) ? token.slice(1) : token);
