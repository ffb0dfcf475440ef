import { looksLikeClfTime, parseClfTime, CLF_TIME_LENGTH } from '../../../lib/iso-time.ts';
import { parseRequestLine, type RequestLine } from '../../../lib/request-line.ts';
import { splitClient, splitHostPort } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { EpochMicros } from '../../../model/units.ts';
import { toKnownText } from '../read/fields.ts';
import { readClient, type AccessClient } from './access-client.ts';
import { readAccessRest, toRestExtras } from './access-rest.ts';

/** A line in common or combined form, cut into its fields; escapes still in. */
export interface AccessFields {
  /** The virtual host that some configurations put in front, with or without its port. */
  readonly vhost: string | undefined;
  readonly client: string;
  /** A list of forwarded addresses that stands in front. */
  readonly forwardedFor: string | undefined;
  /** What `identd` said of the client; some configurations put an id of the request there. */
  readonly ident: string;
  readonly user: string;
  /** −1 when the line has no time, which then stands in an envelope around it. */
  readonly timeAt: number;
  readonly request: string;
  readonly status: string;
  readonly bytes: string;
  /** Undefined in common form. */
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
  /** What follows the known fields. */
  readonly rest: string;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;

/**
 * Cuts `[vhost] client ident user [time] "request" status bytes "referer" "agent" rest` into fields, or `undefined` when the line is not one.
 * Shape:  user names may contain spaces; the last quoted field may lack its closing quote (line 8899 of elastic-apache-10k.log
 *         does); a piped wrapper's quotes around the whole line are the caller's to take off.
 * Cost:   by hand instead of by a regular expression, which takes three times as long and backtracks on hostile lines.
 */
export function splitAccessLine(line: string): AccessFields | undefined {
  const front = readClient(line);
  if (front === undefined) return undefined;
  const { end: clientEnd, ...who } = front;
  const identEnd = line.indexOf(' ', clientEnd + 1);
  if (identEnd === -1 || line.charCodeAt(clientEnd + 1) === BRACKET) return undefined;
  if (line.startsWith(' "', line.indexOf(' ', identEnd + 1))) return splitUntimed(line, front, identEnd);
  let timeAt = line.indexOf(' [', identEnd) + 2;
  while (timeAt !== 1 && !looksLikeClfTime(line, timeAt)) timeAt = line.indexOf(' [', timeAt) + 2;
  if (timeAt === 1 || timeAt - 2 <= identEnd) return undefined;
  const user = line.slice(identEnd + 1, timeAt - 2);
  // More fields than ours stand in front (a syslog header, request ids): another format, not a strange user name.
  if (user.endsWith(' -') || user.includes(' - ')) return undefined;
  const requestAt = timeAt + CLF_TIME_LENGTH + 3;
  if (line.charCodeAt(requestAt - 1) !== QUOTE || line.charCodeAt(requestAt - 3) !== 0x5d) return undefined;
  return splitAnswer(line, requestAt, {
    ...who,
    ident: line.slice(clientEnd + 1, identEnd),
    user,
    timeAt,
  });
}

type BeforeRequest = Pick<AccessFields, 'vhost' | 'client' | 'forwardedFor' | 'ident' | 'user' | 'timeAt'>;

/** Request, status, size and what follows, of a line whose request begins at `requestAt`. */
function splitAnswer(line: string, requestAt: number, before: BeforeRequest): AccessFields | undefined {
  const requestEnd = findRequestEnd(line, requestAt);
  if (requestEnd === -1) return undefined;
  const statusAt = requestEnd + 2;
  const statusEnd = endOfWord(line, statusAt);
  const bytesEnd = endOfWord(line, statusEnd + 1);
  const status = line.slice(statusAt, statusEnd);
  const bytes = line.slice(statusEnd + 1, bytesEnd);
  if (!isStatus(status) || !isByteCount(bytes)) return undefined;
  const head = {
    ...before,
    request: line.slice(requestAt, requestEnd),
    status,
    bytes,
  };
  const referer = readQuoted(line, bytesEnd + 1);
  if (referer === undefined) return { ...head, referer: undefined, userAgent: undefined, rest: line.slice(bytesEnd).trim() };
  const userAgent = readQuoted(line, referer.end + 1);
  const rest = line.slice(userAgent?.end ?? referer.end).trim();
  return { ...head, referer: referer.text, userAgent: userAgent?.text, rest };
}

/**
 * `client - user "request" status bytes`, as servers write it whose times syslog adds.
 * Shape: stricter than with a time, as less shows what it is: no identity, and a request with its version.
 */
function splitUntimed(line: string, { end: clientEnd, ...who }: AccessClient, identEnd: number): AccessFields | undefined {
  const userEnd = line.indexOf(' ', identEnd + 1);
  const ident = line.slice(clientEnd + 1, identEnd);
  const fields =
    ident === '-'
      ? splitAnswer(line, userEnd + 2, {
          ...who,
          ident,
          user: line.slice(identEnd + 1, userEnd),
          timeAt: -1,
        })
      : undefined;
  return fields !== undefined && / HTTP\/[\d.]+$/.test(fields.request.slice(-12)) ? fields : undefined;
}

function endOfWord(line: string, from: number): number {
  const end = line.indexOf(' ', from);
  return end === -1 ? line.length : end;
}

/** The quote that ends the request: not escaped, and a status follows. Writers that do not escape leave quotes inside. */
function findRequestEnd(line: string, from: number): number {
  for (let end = line.indexOf('"', from); end !== -1; end = line.indexOf('"', end + 1)) {
    if (isEscaped(line, end, from)) continue;
    const digit = line.charCodeAt(end + 2);
    if (line.charCodeAt(end + 1) === SPACE && ((digit >= 0x30 && digit <= 0x39) || digit === 0x2d)) return end;
  }
  return -1;
}

function isEscaped(line: string, at: number, from: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes >= from && line.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
  return slashes % 2 === 1;
}

/** A quoted field, or the bare `-` that some writers put in its place; without a closing quote it ends with the line. */
function readQuoted(line: string, from: number): { readonly text: string; readonly end: number } | undefined {
  if (line.charCodeAt(from) !== QUOTE) {
    return line.charCodeAt(from) === 0x2d && (from + 1 === line.length || line.charCodeAt(from + 1) === SPACE)
      ? { text: '-', end: from + 1 }
      : undefined;
  }
  let end = line.indexOf('"', from + 1);
  while (end !== -1 && isEscaped(line, end, from + 1)) end = line.indexOf('"', end + 1);
  return end === -1 ? { text: line.slice(from + 1), end: line.length } : { text: line.slice(from + 1, end), end: end + 1 };
}

const isStatus = (text: string): boolean => text === '-' || /^\d{3}$/.test(text);
const isByteCount = (text: string): boolean => text === '-' || /^\d+$/.test(text);

/** Reads common-log times; consecutive lines mostly carry the same second, which is then parsed once. Lifetime: one source. */
export function createClfClock(): (line: string, at: number) => EpochMicros | undefined {
  let lastText = '';
  let lastTime: EpochMicros | undefined;
  return (line, at) => {
    const text = line.slice(at, at + CLF_TIME_LENGTH);
    if (text !== lastText) {
      lastText = text;
      lastTime = parseClfTime(text, 0);
    }
    return lastTime;
  };
}

/**
 * One call out of the fields of its line.
 * Shape: `timeKind` is unknown: Apache stamps the start and nginx the end of a request, and the line does not say who wrote it.
 */
export function toAccessCall(line: string, fields: AccessFields, time: EpochMicros | undefined): ImportedCall {
  const { unread, ...known } = readAccessRest(fields.rest);
  const client = splitClient(toKnownText(fields.client));
  const userAgent = fields.userAgent === undefined ? undefined : toKnownText(unescapeLog(fields.userAgent));
  const referer = fields.referer === undefined ? undefined : toKnownText(unescapeLog(fields.referer));
  return {
    time,
    timeText: fields.timeAt === -1 ? undefined : line.slice(fields.timeAt, fields.timeAt + CLF_TIME_LENGTH),
    timeKind: 'unknown',
    zoneKnown: true,
    ...toTarget(fields),
    status: fields.status === '-' || fields.status === '000' ? undefined : Number(fields.status),
    // Apache's %b writes "-" for a response without a body: there it means 0, not "unknown".
    resBytes: fields.bytes === '-' ? 0 : Number(fields.bytes),
    clientIp: client.address,
    forwardedFor: fields.forwardedFor,
    ...known,
    userAgent,
    referer,
    consumer: toKnownText(unescapeLog(fields.user)),
    extras: toRestExtras(toKnownText(fields.ident), client.port, unread),
    rawText: line,
  };
}

/** The virtual host counts where the request names no host of its own, which it does to a forward proxy only. */
function toTarget(fields: AccessFields): RequestLine {
  const target = parseRequestLine(fields.request, unescapeLog);
  return fields.vhost === undefined || fields.vhost === '-' || target.host !== undefined
    ? target
    : { ...target, ...splitHostPort(fields.vhost) };
}

/**
 * Undoes the escapes of nginx (`\xHH`, upper case) and Apache (`\"`, `\\`, `\n`, `\xhh`), exactly once.
 * Bytes that are UTF-8 together become their text; others stay as they were written, so that nothing is lost.
 * Example: `caf\xC3\xA9` is `café`; `\x16\x03` stays.
 */
export function unescapeLog(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/(?:\\x[0-9a-fA-F]{2})+|\\["\\nrtvbf]/g, (escape) => {
    if (!escape.startsWith('\\x')) return ESCAPES[escape[1] ?? ''] ?? escape;
    const bytes = Uint8Array.from(escape.slice(2).split('\\x'), (hex) => Number.parseInt(hex, 16));
    if (bytes.some((byte) => byte < 0x20 || byte === 0x7f)) return escape;
    const plain = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return plain.includes('\uFFFD') ? escape : plain;
  });
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', r: '\r', t: '\t', v: '\v', b: '\b', f: '\f' };
