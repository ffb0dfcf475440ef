import type { Exchange } from '../core/exchange.ts';
import { toTarget } from './parts.ts';

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

type Pairs = readonly { readonly name: string; readonly value: string }[];

const toPairs = (record: Readonly<Record<string, string>>): Pairs => Object.entries(record).map(([name, value]) => ({ name, value }));

/** Bodies above this are cut, as recorders with a limit do. Units: UTF-16 units. */
const LONGEST_BODY = 60_000;
/** Share of bodies that were still arriving when the recorder stopped listening, and how much of them there is. */
export const CUT_BODIES = 0.003;
const CUT_AT = 0.6;

/** What differs between those who record. */
export interface HarFlavour {
  readonly httpVersion: string;
  /** HTTP/1.1 has reason phrases, later versions have none. */
  readonly hasStatusText: boolean;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** False for a body that was let go before the export. */
  readonly keepsBody: boolean;
  readonly cutsBody: boolean;
  /** Size of the answer on the wire without its headers; −1 where nobody counted. Units: bytes. */
  readonly bodySize: number;
}

function toContent(exchange: Exchange, { keepsBody, cutsBody, responseHeaders }: HarFlavour): Readonly<Record<string, unknown>> {
  const text = exchange.responseBody === undefined || !keepsBody ? undefined : JSON.stringify(exchange.responseBody);
  const mimeType = responseHeaders['content-type'] ?? 'application/json';
  if (text === undefined) return { size: exchange.responseBytes, mimeType };
  return { size: text.length, mimeType, text: text.slice(0, cutsBody ? text.length * CUT_AT : LONGEST_BODY) };
}

function toCookies(header: string | undefined): Pairs {
  if (header === undefined) return [];
  return header.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }));
}

/** The `request` and `response` of a HAR entry. Source: HAR 1.2. */
export function toMessages(exchange: Exchange, flavour: HarFlavour) {
  const { method, host, query, requestBody, status } = exchange;
  const { httpVersion, requestHeaders, responseHeaders } = flavour;
  const text = requestBody === undefined ? undefined : JSON.stringify(requestBody);
  const request = {
    method,
    url: `https://${host}${toTarget(exchange)}`,
    httpVersion,
    cookies: toCookies(requestHeaders['cookie']),
    headers: toPairs(requestHeaders),
    queryString: toPairs(Object.fromEntries(new URLSearchParams(query))),
    headersSize: -1,
    bodySize: text?.length ?? 0,
    ...(text === undefined ? {} : { postData: { mimeType: 'application/json', text, params: [] } }),
  };
  const response = {
    status,
    statusText: flavour.hasStatusText ? (STATUS_TEXTS[status] ?? '') : '',
    httpVersion,
    cookies: [],
    headers: toPairs(responseHeaders),
    content: toContent(exchange, flavour),
    redirectURL: responseHeaders['location'] ?? '',
    headersSize: -1,
    bodySize: flavour.bodySize,
  };
  return { request, response };
}
