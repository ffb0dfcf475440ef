import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { findPayload, findProbe, type Payload } from './payloads.ts';
import { undoPercent, type RequestText } from './request-texts.ts';

/** Headers that other columns hold, that only name the message, or that programs fill by themselves with what looks like a construct. */
const LEFT_OUT = /^(?::|(?:user-agent|referer|host|authorization|content-type|content-length|accept(?:-.*)?|sec-ch-.*|if-.*|priority)$)/i;
/** Constructs that User-Agents, cookies and trace states hold by nature: `(linux; python 3.8)`, `a=1; id=2`. */
const ORDINARY = new Set(['shell command', 'NoSQL', 'LDAP']);
/** A Referer that names a page: what stands in its address was sent there, a question to a search engine for example. */
const PAGE = /^https?:\/\//i;
/** Constructs that do their work wherever they are written down, in the address of a page as well. */
const ANYWHERE = new Set(['log4j', 'Shellshock']);

/** What a header value holds that a server may take for a command. */
export function findInHeader(name: string, value: string): Payload | undefined {
  const text = undoPercent(value);
  const found = findPayload(text) ?? findProbe(text, 'header');
  if (found === undefined || ORDINARY.has(found.kind)) return undefined;
  return /^referr?er$/i.test(name) && PAGE.test(value) && !ANYWHERE.has(found.kind) ? undefined : found;
}

/** Values of request headers that callers choose, cookies one by one. `User-Agent` and `Referer` are not among them: each call has columns for them. */
export const headerTexts = ({ requestHeaders, forwardedFor }: StoredDetail): readonly RequestText[] => [
  ...(requestHeaders ?? []).flatMap(([name, value]) => {
    if (LEFT_OUT.test(name)) return [];
    const at = `header ${name.toLowerCase()}`;
    return name.toLowerCase() === 'cookie'
      ? value.split(';').map((text) => ({ at, name, text: text.trim() }))
      : [{ at, name, text: value }];
  }),
  ...(forwardedFor === undefined ? [] : [{ at: 'header x-forwarded-for', name: 'x-forwarded-for', text: forwardedFor }]),
];

/** Row ids of the terms that hold a construct, as a JSON list; each text is looked at once, however many calls bear it. */
export function termsWithPayloads(db: SqlDriver): { readonly ids: string; readonly count: number } {
  const ids: number[] = [];
  for (const { id, value } of db.prepare('SELECT id, value FROM term').iterate<{ id: number; value: string }>())
    if (findInHeader('user-agent', value) !== undefined) ids.push(id);
  return { ids: JSON.stringify(ids), count: ids.length };
}

/** Sources whose records keep headers, as their first call shows. */
export const sourcesWithHeaders = (db: SqlDriver, detail: (call: number) => StoredDetail): readonly number[] =>
  db
    .prepare('SELECT source_id AS source, min(id) AS first FROM call GROUP BY source_id ORDER BY source_id')
    .all<{ source: number; first: number }>()
    .filter(({ first }) => (detail(first).requestHeaders ?? []).length > 0)
    .map(({ source }) => source);
