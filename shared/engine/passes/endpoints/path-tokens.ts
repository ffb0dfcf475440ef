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

/** A raw path as tokens: its segments, the last one without its custom method or format, which is a token of its own. */
export function toTokens(path: string): readonly string[] {
  const segments = splitPath(path);
  const last = segments.at(-1);
  if (last === undefined || !(last.includes(':') || last.includes('.'))) return segments;
  const [, name, ending] = VERB.exec(last) ?? FORMAT.exec(last) ?? [];
  if (name === undefined || ending === undefined) return segments;
  return [...segments.slice(0, -1), name, GLUE + ending];
}

/** True for a token that belongs to the segment of the one before it. */
export const isGlued = (token: string): boolean => token.startsWith(GLUE);

/** The token as it stands in the path. */
export const plainToken = (token: string): string => (isGlued(token) ? token.slice(1) : token);
