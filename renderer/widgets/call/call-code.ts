import type { CallDetail, HeaderRow } from '#shared/contract/rows.ts';
import { toCmd, toPowerShell, type CopiedRequest } from './windows-commands.ts';

/** How a call can be copied to be looked at, sent or cited elsewhere. */
export type CopyForm = 'curl' | 'powershell' | 'cmd' | 'fetch' | 'http' | 'json';

/** A header name as RFC 9110 has it; anything else (`@file`, a line feed) would mean something to the program it is pasted to. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** What the client program writes itself, from the address and the body. */
const OWN_HEADERS = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding']);

/**
 * A call as text to paste elsewhere. Secrets are masked in the case, so they are masked here, too.
 * What evidence says may be hostile: nothing of it can end its quotes, begin an option or name a file.
 */
export function printCall(detail: CallDetail, form: CopyForm): string {
  switch (form) {
    case 'curl':
      return toCurl(detail);
    case 'powershell':
      return toPowerShell(requestOf(detail));
    case 'cmd':
      return toCmd(requestOf(detail));
    case 'fetch':
      return toFetch(detail);
    case 'http':
      return toMessage(detail);
    case 'json':
      return JSON.stringify(detail.call, undefined, 2);
  }
}

const methodOf = ({ call }: CallDetail): string => (call.method !== undefined && TOKEN.test(call.method) ? call.method : 'GET');

/** The address that was called; only http and https, whatever the evidence says. */
function addressOf({ call }: CallDetail): string {
  const scheme = call.scheme === 'http' ? 'http' : 'https';
  const port = call.port === undefined || call.port === (scheme === 'http' ? 80 : 443) ? '' : `:${String(call.port)}`;
  return `${scheme}://${call.host ?? 'unknown.invalid'}${port}${call.path ?? '/'}${call.query === undefined ? '' : `?${call.query}`}`;
}

/** In one line: evidence may hold a header or a target with line ends, which would be further headers, or a further request, of whoever sends the copy. */
const inLine = (text: string): string => text.replaceAll(/[\r\n\0]+/g, ' ');

const headersOf = (detail: CallDetail): readonly HeaderRow[] =>
  detail.requestHeaders
    .filter(({ name }) => TOKEN.test(name) && !OWN_HEADERS.has(name.toLowerCase()))
    .map(({ name, value }) => ({ name, value: inLine(value) }));

const requestOf = (detail: CallDetail): CopiedRequest => ({
  url: addressOf(detail),
  method: methodOf(detail),
  headers: headersOf(detail),
  body: detail.requestBody?.text,
});

function toCurl(detail: CallDetail): string {
  const method = methodOf(detail);
  const body = detail.requestBody?.text;
  const parts = [
    // Without --globoff, brackets in an address would be patterns; --path-as-is keeps `..` as it was sent.
    `curl --globoff --path-as-is --url ${quoteForShell(addressOf(detail))}`,
    ...(method === 'GET' && body === undefined ? [] : [`--request ${quoteForShell(method)}`]),
    ...headersOf(detail).map(({ name, value }) => `--header ${quoteForShell(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quoteForShell(body)}`]),
  ];
  return parts.join(' \\\n  ');
}

/**
 * One word of a POSIX shell. Anything but printable ASCII is written as an escape in `$'…'`: a control character in pasted
 * text would act on the terminal before the shell sees a quote.
 */
export function quoteForShell(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = [...new TextEncoder().encode(text)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === "'" || character === '\\') return `\\${character}`;
    if (character === '\n') return String.raw`\n`;
    return byte >= 0x20 && byte <= 0x7e ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `$'${escaped.join('')}'`;
}

/** A string of JavaScript in printable ASCII. */
const quoteForScript = (text: string): string =>
  JSON.stringify(text).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

function toFetch(detail: CallDetail): string {
  const headers = headersOf(detail).map(({ name, value }) => `    [${quoteForScript(name)}, ${quoteForScript(value)}],`);
  const body = detail.requestBody?.text;
  return [
    `await fetch(${quoteForScript(addressOf(detail))}, {`,
    `  method: ${quoteForScript(methodOf(detail))},`,
    ...(headers.length === 0 ? [] : ['  headers: [', ...headers, '  ],']),
    ...(body === undefined ? [] : [`  body: ${quoteForScript(body)},`]),
    '});',
  ].join('\n');
}

function toMessage(detail: CallDetail): string {
  const { call, requestHeaders, responseHeaders, requestBody, responseBody } = detail;
  const lines = (headers: readonly HeaderRow[]): readonly string[] => headers.map(({ name, value }) => inLine(`${name}: ${value}`));
  const target = `${call.path ?? '/'}${call.query === undefined ? '' : `?${call.query}`}`;
  return [
    inLine(`${methodOf(detail)} ${target} HTTP/1.1`),
    ...(requestHeaders.some(({ name }) => name.toLowerCase() === 'host') ? [] : [inLine(`host: ${call.host ?? ''}`)]),
    ...lines(requestHeaders),
    '',
    ...(requestBody?.text === undefined ? [] : [requestBody.text, '']),
    ...(call.status === undefined ? [] : [`HTTP/1.1 ${String(call.status)}`, ...lines(responseHeaders), '']),
    ...(responseBody?.text === undefined ? [] : [responseBody.text]),
  ].join('\n');
}
