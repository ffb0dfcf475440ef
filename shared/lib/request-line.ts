import { splitHostPort, splitPath, splitUrl } from './request-target.ts';
import type { UrlParts } from './request-target.ts';

/** What a request line says. Text that is no request stands whole in the path, with no method. */
export type RequestLine = Omit<UrlParts, 'userInfo'> & { readonly method?: string | undefined };

/** A request's method; anything else in its place means that the text is not a request. */
const METHOD = /^[A-Z][A-Z0-9_-]{2,19}$/;

/** Splits the target of a request: a path with its query, a whole URL, or the host and port that `CONNECT` names. */
export function splitTarget(method: string | undefined, target: string): RequestLine {
  if (target.charCodeAt(0) === 0x2f) return splitPath(target);
  // A load balancer writes even CONNECT with a whole URL.
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return method === 'CONNECT' ? splitHostPort(target) : splitPath(target);
  const { scheme, host, port, path, query } = splitUrl(target);
  return { scheme, host, port, path, query };
}

/**
 * Splits `GET /a?b HTTP/1.1`; spaces inside the target belong to it, and the version may be missing as in HTTP/0.9.
 * Shape: `unescape` undoes the writer's escapes, in the target alone: what is no request stays as it was written.
 */
export function parseRequestLine(request: string, unescape: (target: string) => string = (target) => target): RequestLine {
  if (request === '' || request === '-') return {};
  const methodEnd = request.indexOf(' ');
  const method = methodEnd === -1 ? '' : request.slice(0, methodEnd);
  const lastSpace = request.lastIndexOf(' ');
  const hasVersion = lastSpace > methodEnd && request.startsWith('HTTP/', lastSpace + 1);
  const target = request.slice(methodEnd + 1, hasVersion ? lastSpace : request.length);
  if (!METHOD.test(method) || target === '') return { path: request };
  return { method, ...splitTarget(method, unescape(target)) };
}
