/** Names read of one query; what is longer is no use of an API but an attempt on it. */
const MAX_NAMES = 100;

/** The names in a raw query, each once: `a=1&b[]=2` gives `a` and `b[]`. */
export function listQueryNames(query: string): readonly string[] {
  const names = new Set<string>();
  for (const part of query.split('&')) {
    if (names.size >= MAX_NAMES) break;
    const name = decode(part.split('=', 1)[0] ?? '');
    if (name !== '') names.add(name);
  }
  return [...names];
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch (thrown) {
    if (thrown instanceof URIError) return spaced; // not an escape: the name has a percent sign
    throw thrown;
  }
}

/** RFC 6750 section 2.3: where a bearer token may come in the query, it comes under this name. */
const BEARER_PARAMETER = 'access_token';

/** True when the parameter is described: by its name, or as a member of it (`filter[state]`, `ids[]`). */
export function isDescribedName(name: string, described: ReadonlySet<string>, allowsBearer: boolean): boolean {
  if (described.has(name) || (allowsBearer && name === BEARER_PARAMETER)) return true;
  const bracket = name.indexOf('[');
  if (bracket <= 0) return false;
  const base = name.slice(0, bracket);
  return described.has(base) || described.has(`${base}[]`);
}
