import { parameterOf, valueIn } from '../../../../model/segment-value.ts';
import type { SqlDriver } from '../../../store/driver.ts';

/** Last key of a JSONPath without indices: `$.items[3].orderId` gives `orderId`. */
export function lastKey(pointer: string): string {
  const trimmed = pointer.replace(/(?:\[(?:\d+|\*)\])+$/, '');
  const quoted = /\["((?:[^"\\]|\\.)*)"\]$/.exec(trimmed);
  if (quoted !== null) return quoted[1] ?? '';
  return trimmed.slice(Math.max(trimmed.lastIndexOf('.'), trimmed.lastIndexOf(' ')) + 1);
}

/** Keys whose values are shared by everybody: enumerations, stamps, units. They link nothing. */
const FURNITURE =
  /^(?:.*(?:_at|At|date|Date|time|Time|timestamp|Timestamp)|status|state|type|kind|currency|country|locale|lang|language|role|(?:protocol|api|schema)_?[vV]ersion|version|method|unit|format|timezone|tz|schema|content[-_]?type|user[-_]?agent|enabled|active|sort|limit|offset|page|size)$/;
/** Response headers whose values are meant to come back; the others are furniture. */
const CARRYING_HEADERS =
  /^(?:location|content-location|operation-location|link|etag|if-match|set-cookie|x-[a-z-]*(?:id|token|cursor|session|key|continuation)|mcp-session-id)$/i;
/** Keys that name a thing: a short value under one of these may still be followed. */
const NAMING =
  /(?:^id$|[-_]id$|Id$|ID$|^uuid$|number$|Number$|^no$|^ref$|reference$|key$|token$|cursor$|code$|slug$|handle$|sku$|[Ii]dentifier$)/;
/** Keys that say nothing themselves: `identifier.value` is named by what holds it. */
const EMPTY_NAMES: ReadonlySet<string> = new Set(['value', 'text', 'content', '_']);

/** True when a value at `pointer` may link two calls. */
export const mayLink = (pointer: string): boolean => {
  const header = /^header (.+)$/.exec(pointer);
  return header === null ? !FURNITURE.test(lastKey(pointer)) : CARRYING_HEADERS.test(header[1] ?? '');
};

/** True when the key says that its value names a thing. */
export function namesThing(pointer: string): boolean {
  const key = lastKey(pointer);
  if (!EMPTY_NAMES.has(key)) return NAMING.test(key);
  const holder = pointer.slice(0, pointer.lastIndexOf(key)).replace(/(?<![.["])[.["]+$/, '');
  return NAMING.test(lastKey(holder));
}

/** A body pointer as edges print it: `response $.id`, `response-header location`. */
export function bodyPlace(side: 'request' | 'response', pointer: string): string {
  if (pointer.startsWith('header ')) return `${side}-header ${pointer.slice('header '.length)}`;
  // Secrets of the URL stand in the value index under their own place.
  return pointer.startsWith('query ') || pointer.startsWith('path ') ? pointer : `${side} ${pointer}`;
}

/** Query parameters that carry a page cursor. */
export const CURSOR_NAME = /^(?:.*cursor|page_?token|next(?:_?token)?|after|before|continuation(?:_?token)?|start_?after|marker)$/i;

/** A value that a call sent in its URL. */
export interface UrlValue {
  readonly text: string;
  /** `path {orderId}` or `query cursor`. */
  readonly place: string;
  readonly name: string;
}

/** Dates and plain small numbers stand in many answers by chance. */
const BY_CHANCE = /^(?:\d{1,3}|\d{4}-\d{2}(?:-\d{2})?(?:T.*)?|true|false|null)$/;
/** Path segments longer than this are payloads, not ids. Units: characters. */
const MAX_SEGMENT = 512;

/** Values in path and query that may have come from an earlier answer; fixed segments of the template are left out. */
export function urlValues(path: string, query: string | null, template: readonly string[] | undefined): readonly UrlValue[] {
  const values: UrlValue[] = [];
  const segments = path.split('/');
  const fits = template?.length === segments.length;
  for (const [index, whole] of segments.entries()) {
    const parameter = fits ? parameterOf(template[index]) : undefined;
    const segment = fits ? valueIn(template[index], whole) : whole;
    // Without a template only segments with a digit are tried: words are names of resources.
    if (parameter === undefined && (fits || !/\d/.test(segment))) continue;
    if (segment.length < 4 || segment.length > MAX_SEGMENT || BY_CHANCE.test(segment)) continue;
    values.push({
      text: segment,
      place: parameter === undefined ? `path segment ${String(index)}` : `path {${parameter}}`,
      name: parameter ?? '',
    });
  }
  for (const pair of (query ?? '').split('&')) {
    const split = pair.indexOf('=');
    if (split <= 0) continue;
    const name = pair.slice(0, split);
    const text = pair.slice(split + 1);
    if (text.length < 4 || text.length > MAX_SEGMENT || BY_CHANCE.test(text)) continue;
    values.push({ text, place: `query ${name}`, name });
  }
  return values;
}

/** Path templates of endpoints as segments, by row id. */
export function readTemplates(db: SqlDriver): ReadonlyMap<number, readonly string[]> {
  const rows = db.prepare('SELECT id, template FROM endpoint').all<{ id: number; template: string }>();
  return new Map(rows.map((row) => [row.id, row.template.split('/')]));
}
