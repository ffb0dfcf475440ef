import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { toKnownText } from '../read/fields.ts';

/** Names kept per side of an operation; enough to classify it. */
const MAX_NAMES = 500;
/** How far a body is searched. Units: characters. */
const MAX_SEARCHED = 256 * 1024;

/**
 * Names of members in a text that should be JSON. A search, because bodies of collections hold comments and bare `{{variables}}`,
 * which no parser takes.
 */
export function addJsonNames(text: string, into: Set<string>): void {
  for (const match of text.slice(0, MAX_SEARCHED).matchAll(/"([^"\\\r\n]{1,200})"\s*:/g)) {
    if (into.size >= MAX_NAMES) return;
    if (match[1] !== undefined) into.add(match[1]);
  }
}

/** Names out of a list of `{key | name, value}` that are not switched off. */
export function addListedNames(list: Json | undefined, into: Set<string>): void {
  for (const item of Array.isArray(list) ? (list as readonly Json[]) : []) {
    if (!isJsonObject(item) || item['disabled'] === true || into.size >= MAX_NAMES) continue;
    const name = toKnownText(item['key']) ?? toKnownText(item['name']);
    if (name !== undefined) into.add(name);
  }
}
