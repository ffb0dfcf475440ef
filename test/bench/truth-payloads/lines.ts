/** Where a text stands in a request. */
export type Place = 'query' | 'raw-query' | 'path';

/** A request that carries a text, as its server logged it. */
export interface CarryingLine {
  readonly place: Place;
  /** As the request line had it; what an import must keep letter for letter. */
  readonly path: string;
  readonly query: string | undefined;
  readonly line: string;
}

/** Letters that cannot stand in a logged request line; what attackers leave as it is stays as it is. */
const escapeFew = (text: string): string =>
  text.replaceAll(/[\s"\\#\u0000-\u0020\u007f-\u{10ffff}]/gu, (letter) => {
    const bytes = new TextEncoder().encode(letter);
    return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });

/** `encodeURIComponent` for texts with half a surrogate pair as well, which it refuses. */
const encode = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));

const two = (value: number): string => String(value).padStart(2, '0');

/** The same text in an encoded parameter, in one hardly encoded, and in a path segment: three lines of NGINX's combined format. */
export function linesWith(text: string, index: number): readonly CarryingLine[] {
  const stamp = `03/Oct/2026:${two(Math.floor(index / 3600) % 24)}:${two(Math.floor(index / 60) % 60)}:${two(index % 60)} +0000`;
  const make = (place: Place, path: string, query: string | undefined): CarryingLine => ({
    place,
    path,
    query,
    line: `198.51.100.${String(1 + (index % 250))} - - [${stamp}] "GET ${path}${query === undefined ? '' : `?${query}`} HTTP/1.1" 200 512 "-" "curl/8.9.1"`,
  });
  return [
    make('query', '/shop/search', `page=1&q=${encode(text)}`),
    make('raw-query', '/shop/search', `page=1&q=${escapeFew(text)}`),
    make('path', `/shop/files/${encode(text)}/view`, undefined),
  ];
}
