import { withoutFingerprints } from '../../intake/masking/token.ts';
import type { Header } from '../../../model/call.ts';

/** What of a request its signature may cover. */
export interface SignedRequest {
  readonly method: string | undefined;
  readonly scheme: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
  readonly query: string | undefined;
  readonly headers: readonly Header[];
}

/** One part of a request that a signature covers. */
export interface Component {
  readonly name: string;
  /** Of a dictionary header, the member that is covered. */
  readonly key: string | undefined;
  /** Of `@query-param`, the parameter. */
  readonly param: string | undefined;
  /** Ways of covering: `sf` strictly written, `bs` byte by byte, `tr` from the trailers, `req` from the request of an answer. */
  readonly flags: readonly string[];
  /** As it stands: `"signature-agent";key="g"`. */
  readonly text: string;
}

/** The signed text, or why it cannot be built: what the evidence does not hold, or what nobody could rebuild from a record. */
export type SignatureBase = { readonly text: string } | { readonly missing: string } | { readonly notCheckable: string };

const headerValues = (headers: readonly Header[], name: string): readonly string[] =>
  headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value.trim());

/** A header as one text: its lines joined by commas. */
export function headerText(headers: readonly Header[], name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length === 0 ? undefined : values.join(', ');
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** As the standard writes names and values of parameters: everything but letters, digits and `*-._`. */
function rewritten(part: string): string | undefined {
  try {
    const text = decodeURIComponent(part.replaceAll('+', ' '));
    return encodeURIComponent(text).replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    // A lone `%`: no parameter that a signature could cover.
    return undefined;
  }
}

/** The one value of a query parameter, written anew. Source: RFC 9421 section 2.2.8. */
function queryParam(query: string | undefined, param: string | undefined): string | undefined {
  const values = (query ?? '').split('&').flatMap((part) => {
    const [name = '', ...rest] = part.split('=');
    return rewritten(name) === param ? [rewritten(rest.join('='))] : [];
  });
  const [value] = values;
  return values.length > 1 ? undefined : value;
}

function derived(request: SignedRequest, { name, param }: Component): string | undefined {
  const { method, scheme, host, port, path, query } = request;
  const authority =
    host === undefined ? undefined : `${host}${port === undefined || port === DEFAULT_PORTS[scheme ?? 'https'] ? '' : `:${String(port)}`}`;
  switch (name) {
    case '@method':
      return method;
    case '@authority':
      return authority;
    case '@scheme':
      return scheme;
    case '@path':
      return path;
    case '@query':
      return `?${query ?? ''}`;
    case '@query-param':
      return queryParam(query, param);
    case '@request-target':
      return path === undefined ? undefined : `${path}${query === undefined ? '' : `?${query}`}`;
    case '@target-uri':
      return path === undefined || authority === undefined
        ? undefined
        : `${scheme ?? 'https'}://${authority}${path}${query === undefined ? '' : `?${query}`}`;
    default:
      return undefined;
  }
}

/** What a member of a dictionary may be called; the evidence may say anything. Source: RFC 8941 section 3.1.2. */
const KEY = /^[a-z*][a-z0-9_.*-]*$/;

/** A member of a dictionary header as it stands; parts in quotes may hold commas. */
const memberOf = (text: string, key: string): string | undefined =>
  KEY.test(key) ? new RegExp(`(?:^|,)\\s*${key.replaceAll(/[.*]/g, '\\$&')}=("[^"]*"|[^,]*)`).exec(text)?.[1]?.trim() : undefined;

/** Longer headers are not written anew; servers take none that is longer. Units: characters. */
const MAX_STRICT = 8192;

/**
 * A structured header as its standard would write it: one blank after a comma, none around semicolons, `a` for `a=?1`. Numbers, tokens and
 * strings are passed on as they stand; senders write them strictly.
 * Source: RFC 9421 section 2.1.1, RFC 8941 section 4.1.
 */
const strictText = (text: string): string =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"?|(?:(?<!\s)\s+)?[,;]\s*|=\?1(?=\s*(?:[,;]|$))/g, (part) =>
    part.startsWith('"') ? part : part.includes(',') ? ', ' : part.includes(';') ? ';' : '',
  );

/**
 * The lines of a header as bytes. Source: RFC 9421 section 2.1.3. Recorders join lines by commas, after which nobody can tell how many
 * there were, so a value with a comma gives none.
 */
const byteText = (values: readonly string[]): string | undefined =>
  values.length === 0 || values.some((value) => value.includes(','))
    ? undefined
    : values.map((value) => `:${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}:`).join(', ');

/** One header as it is covered; `undefined` when it cannot be told. */
function covered({ headers }: SignedRequest, { name, key, flags }: Component): string | undefined {
  if (flags.includes('bs')) return byteText(headerValues(headers, name));
  const text = headerText(headers, name);
  const value = key === undefined || text === undefined ? text : memberOf(text, key);
  if (value === undefined || !flags.includes('sf')) return value;
  return value.length > MAX_STRICT ? undefined : strictText(value);
}

/**
 * The text that was signed.
 * Shape:  the text, or what stands in the way: a header that the evidence does not hold, a part that was masked, a part that no record of a
 *         request holds (trailers, bytes of joined lines).
 * Source: RFC 9421 section 2.5; appendix B.2 has examples.
 */
export function signatureBase(
  request: SignedRequest,
  signature: { readonly components: readonly Component[]; readonly params: string },
): SignatureBase {
  const lines: string[] = [];
  for (const component of signature.components) {
    const { name, text, flags } = component;
    if (flags.includes('tr') || flags.includes('req')) return { notCheckable: text };
    const value = name.startsWith('@') ? derived(request, component) : covered(request, component);
    if (value === undefined) {
      const isThere = headerText(request.headers, name) !== undefined;
      return isThere && flags.includes('bs') ? { notCheckable: text } : { missing: name };
    }
    if (withoutFingerprints(value) !== value) return { missing: `${name}, which was masked` };
    lines.push(`${text}: ${value}`);
  }
  return { text: [...lines, `"@signature-params": ${signature.params}`].join('\n') };
}
