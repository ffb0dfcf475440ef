/** The parts of a URL or request target, each as it was written: nothing is decoded, lower-cased or filled in. */
export interface UrlParts {
  readonly scheme?: string | undefined;
  /** `user:password`, as a URL may carry it. */
  readonly userInfo?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
  readonly query?: string | undefined;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/)?/;

/**
 * Splits a URL by hand, because `new URL` normalises (`/a/../b`, `%7e`, default ports) and refuses what evidence contains.
 * Shape:  no scheme: path and query only. `data:` has no host and its path ends before the data. The fragment stays out:
 *         it is never sent.
 * Example: `https://u:p@h:8443/a?b=1#c` is scheme https, userInfo u:p, host h, port 8443, path /a, query b=1.
 */
export function splitUrl(url: string): UrlParts {
  const match = SCHEME.exec(url);
  if (match === null) return splitPath(url);
  const scheme = (match[1] ?? '').toLowerCase();
  const rest = url.slice(match[0].length);
  if (scheme === 'data') return { scheme, path: splitPath(rest.split(',', 1)[0] ?? '').path };
  if (match[2] === undefined) {
    // `localhost:8080/x` looks like a scheme but is a host and a port.
    if (/^\d+(\/|$)/.test(rest)) return splitAuthorityAndPath(url);
    return { scheme, path: rest === '' ? undefined : rest };
  }
  return { scheme, ...splitAuthorityAndPath(rest) };
}

/** Path and query of `/a?b=1`; an empty path is absent. */
export function splitPath(target: string): { readonly path?: string | undefined; readonly query?: string | undefined } {
  const hash = target.indexOf('#');
  const sent = hash === -1 ? target : target.slice(0, hash);
  const mark = sent.indexOf('?');
  if (mark === -1) return { path: sent === '' ? undefined : sent };
  return { path: mark === 0 ? undefined : sent.slice(0, mark), query: sent.slice(mark + 1) };
}

/** Host and port of `h:8443`, `[::1]:443`, `::1`; brackets are taken off. */
export function splitHostPort(authority: string): { readonly host?: string | undefined; readonly port?: number | undefined } {
  const bracket = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(authority);
  if (bracket !== null) return { host: bracket[1], port: bracket[2] === undefined ? undefined : Number(bracket[2]) };
  const colon = authority.lastIndexOf(':');
  const port = authority.slice(colon + 1);
  if (colon === -1 || authority.slice(0, Math.max(0, colon)).includes(':') || !/^\d{1,5}$/.test(port))
    return { host: authority === '' ? undefined : authority };
  return { host: colon === 0 ? undefined : authority.slice(0, colon), port: Number(port) };
}

/** A client's address and, where the text names it unmistakably, its port: `1.2.3.4:5555`, `[::1]:5555`; `::1:5555` is an address. */
export function splitClient(client: string | undefined): {
  readonly address?: string | undefined;
  readonly port?: string | undefined;
} {
  if (client?.includes(':') !== true) return { address: client };
  const { host, port } = splitHostPort(client);
  return port === undefined || host === undefined ? { address: host ?? client } : { address: host, port: String(port) };
}

function splitAuthorityAndPath(rest: string): UrlParts {
  const end = rest.search(/[/?#\\]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  return {
    userInfo: at === -1 ? undefined : authority.slice(0, at),
    ...splitHostPort(authority.slice(at + 1)),
    ...(end === -1 ? {} : splitPath(rest.slice(end))),
  };
}
