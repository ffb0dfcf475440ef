import { splitPath } from './segment.ts';

/** An operation of an API description, as the store holds it. */
export interface SpecOperation {
  readonly id: number;
  readonly specificationId: number;
  readonly method: string;
  /** Template without the server's base path. */
  readonly path: string;
  readonly deprecated: boolean;
}

/** A template that a path matched. `operation` is absent when the description has the path, but not with this method. */
export interface SpecMatch {
  readonly template: string;
  readonly operation: SpecOperation | undefined;
}

/** Finds the operation of one description that a path belongs to. */
export interface SpecRouter {
  readonly hosts: readonly string[];
  /** False when its servers name this host with other ports only: another service of the same machine. A port that is not known may be any. */
  isAt(host: string, port: number | null): boolean;
  readonly operations: readonly SpecOperation[];
  match(method: string, segments: readonly string[]): SpecMatch | undefined;
  /** The template with its first base path, for operations that nothing called. */
  templateOf(operation: SpecOperation): string;
}

interface Route {
  readonly words: Map<string, Route>;
  /** Segments with text and parameters mixed, as the texts around the parameters: `{name}.json` is nothing and `.json`. */
  readonly mixed: { readonly texts: readonly string[]; readonly route: Route }[];
  parameter: Route | undefined;
  /** `{path+}` and `{path*}` take the rest. */
  rest: Route | undefined;
  template: string | undefined;
  readonly operations: Map<string, SpecOperation>;
}

const newRoute = (): Route => ({
  words: new Map(),
  mixed: [],
  parameter: undefined,
  rest: undefined,
  template: undefined,
  operations: new Map(),
});
const VERSION = /^v\d+(?:\.\d+)*$/i;

interface Server {
  readonly host: string | undefined;
  /** As it is written; a gateway in front may answer at any where none is. */
  readonly port: number | undefined;
  readonly base: string;
}

/** Host, port and base path of a server URL; a relative one has no host. */
function readServer(url: string): Server {
  const absolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)([^?#]*)/i.exec(url);
  const path = absolute === null ? (url.split(/[?#]/)[0] ?? '') : (absolute[2] ?? '');
  const host = absolute?.[1]
    ?.replace(/^[^@]*@/, '')
    .replace(/:\d+$/, '')
    .toLowerCase();
  const port = /:(\d{1,5})$/.exec(absolute?.[1] ?? '')?.[1];
  return {
    host: host === '' ? undefined : host,
    port: port === undefined ? undefined : Number(port),
    base: `/${splitPath(path).join('/')}`.replace(/\/$/, ''),
  };
}

/**
 * Makes a router for one description. Literal segments beat parameters; a path is tried below each server's base path,
 * then in lower case, then, where the description names no version at all, without a leading `/v1`, `/api` or `/api/v1`.
 */
export function createSpecRouter(servers: readonly string[], operations: readonly SpecOperation[]): SpecRouter {
  const read = (servers.length === 0 ? ['/'] : servers).map(readServer);
  const bases = [...new Set(read.map(({ base }) => base))];
  const exact = newRoute();
  const folded = newRoute();
  for (const operation of operations) {
    insert(exact, operation, false);
    insert(folded, operation, true);
  }
  const isUnversioned =
    !bases.some((base) => splitPath(base).some((part) => VERSION.test(part))) &&
    !operations.some(({ path }) => splitPath(path).some((part) => VERSION.test(part)));

  const find = (method: string, segments: readonly string[], base: string): SpecMatch | undefined => {
    const found =
      findRoute(exact, segments, 0, method) ??
      findRoute(
        folded,
        segments.map((segment) => segment.toLowerCase()),
        0,
        method,
      );
    if (found?.template === undefined) return undefined;
    // HEAD asks for what GET gives; OPTIONS asks about the path itself.
    const operation = found.operations.get(method) ?? (method === 'HEAD' ? found.operations.get('GET') : undefined);
    return { template: join(base, found.template), operation };
  };
  return {
    hosts: [...new Set(read.flatMap(({ host }) => host ?? []))],
    isAt: (host, port) =>
      port === null || read.some((server) => server.host === host && (server.port === undefined || server.port === port)),
    operations,
    templateOf: ({ path }) => join(bases[0] ?? '', normal(path)),
    match(method, segments) {
      let known: SpecMatch | undefined;
      for (const base of bases) {
        const parts = splitPath(base);
        if (!parts.every((part, at) => part.toLowerCase() === segments[at]?.toLowerCase())) continue;
        const match = find(method, segments.slice(parts.length), base);
        if (match?.operation !== undefined) return match;
        known ??= match;
      }
      if (known !== undefined || !isUnversioned) return known;
      const lead =
        segments[0]?.toLowerCase() === 'api' ? (VERSION.test(segments[1] ?? '') ? 2 : 1) : VERSION.test(segments[0] ?? '') ? 1 : 0;
      return lead === 0 ? undefined : find(method, segments.slice(lead), `/${segments.slice(0, lead).join('/')}`);
    },
  };
}

const join = (base: string, path: string): string => (path === '/' && base !== '' ? base : base + path);
/** A template as this program writes it: no empty segments, no slash at the end. */
const normal = (path: string): string => `/${splitPath(path).join('/')}`;

function insert(root: Route, operation: SpecOperation, isFolded: boolean): void {
  let route = root;
  for (const part of splitPath(operation.path)) {
    if (/^\{[^{}]*[+*]\}$/.test(part)) route = route.rest ??= newRoute();
    else if (/^\{[^{}]*\}$/.test(part)) route = route.parameter ??= newRoute();
    else if (part.includes('{')) {
      const next = newRoute();
      route.mixed.push({ texts: (isFolded ? part.toLowerCase() : part).split(/\{[^{}]*\}/), route: next });
      route = next;
    } else {
      const word = isFolded ? part.toLowerCase() : part;
      let next = route.words.get(word);
      if (next === undefined) route.words.set(word, (next = newRoute()));
      route = next;
    }
  }
  route.template ??= normal(operation.path);
  if (!route.operations.has(operation.method)) route.operations.set(operation.method, operation);
}

/**
 * Whether a segment is these texts with a parameter of at least one character between each two.
 * Cost: one search a text; the first place for each is enough, since a parameter takes whatever lies between. As a regular expression it
 * would be tried in all ways: `{a}{b}{c}{d}{e}!` took 22 s for 150 letters.
 */
function fitsMixed(segment: string, texts: readonly string[]): boolean {
  const [first = '', ...others] = texts;
  const last = others.pop() ?? '';
  if (!segment.startsWith(first) || !segment.endsWith(last)) return false;
  let at = first.length;
  for (const text of others) {
    const found = segment.indexOf(text, at + 1);
    if (found < 0) return false;
    at = found + text.length;
  }
  return at < segment.length - last.length;
}

/** The route of a whole path; one that knows the method beats one that does not. */
function findRoute(route: Route, segments: readonly string[], at: number, method: string): Route | undefined {
  const segment = segments[at];
  if (segment === undefined) return route.template === undefined ? undefined : route;
  const word = route.words.get(segment);
  let fallback: Route | undefined;
  const next = [word, ...route.mixed.filter(({ texts }) => fitsMixed(segment, texts)).map((each) => each.route), route.parameter];
  for (const candidate of next) {
    const found = candidate === undefined ? undefined : findRoute(candidate, segments, at + 1, method);
    if (found?.operations.has(method) === true) return found;
    fallback ??= found;
  }
  return fallback ?? (route.rest?.template === undefined ? undefined : route.rest);
}
