import { toTextOfHex } from '../read/byte-escapes.ts';

/** A line of HAProxy's HTTP log, cut into its fields; escapes still in. */
export interface HaproxyFields {
  readonly client: string;
  /** `25/Feb/2019:16:19:48.143`. */
  readonly time: string;
  readonly frontend: string;
  readonly backend: string;
  readonly server: string;
  /** TR, Tw, Tc, Tr and Ta: milliseconds, −1 for a step that was not reached. */
  readonly timers: readonly string[];
  readonly status: string;
  readonly bytes: string;
  readonly requestCookie: string;
  readonly responseCookie: string;
  readonly termination: string;
  readonly connections: string;
  readonly queues: string;
  /** The blocks `{a|b}` of captured headers: the request's first, then the response's. */
  readonly captured: readonly string[];
  readonly request: string;
  /** True when the line ends inside the request. */
  readonly isCut: boolean;
  readonly rest: string;
}

/** What a line of HAProxy is: a call, or one of its lines that are about none. */
export type HaproxyLine =
  | { readonly kind: 'call'; readonly fields: HaproxyFields }
  /** `isConnection`: a line about a client's connection, with HAProxy's own stamp. */
  | { readonly kind: 'other'; readonly why: string; readonly isConnection: boolean };

/** `06/Feb/2009:12:14:14.655`. Units: characters. */
const STAMP_LENGTH = 24;
const STAMP = /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3}$/;
const TERMINATION = /^[A-Za-z-]{4}$/;
const TIMER = /^\+?-?\d+$/;

/** Lines about the proxy itself, and the short form of a connection without `option httplog`. Source: HAProxy's log.c, proxy.c, server.c. */
const NOTICES: readonly RegExp[] = [
  /^(?:Proxy|Stopping|Pausing|Stopped|Enabling|Disabling|Resuming) \S+/,
  /^Server [^\s/]+\/\S+ (?:is|was|\()/,
  /^(?:Backup |Health check for )?(?:Server|server|backup server) [^\s/]+\/\S+ /,
  /^(?:backend|proxy|frontend|Backend) \S+ has no server available!/,
  /^Connect from \S+ to \S+ \(/,
  /^\[(?:NOTICE|WARNING|ALERT|INFO|DIAG)\] /,
];

/**
 * Reads a line whose syslog header is off; `undefined` when it is not HAProxy's.
 * Source: HAProxy configuration manual, section 8, "HTTP log format", "HTTPS log format", "TCP log format", "Error log format".
 * Traps:  a cut-off syslog header leaves a blank in front; a backend without a server ends in `/`; nginx-like tools put fields
 *         behind the request.
 */
export function readHaproxyLine(text: string): HaproxyLine | undefined {
  const line = text.startsWith(' ') ? text.trimStart() : text;
  const clientEnd = line.indexOf(' [');
  const stampEnd = clientEnd + 2 + STAMP_LENGTH;
  const client = line.slice(0, clientEnd);
  if (clientEnd <= 0 || !line.startsWith('] ', stampEnd) || client.includes(' ') || !STAMP.test(line.slice(clientEnd + 2, stampEnd))) {
    return NOTICES.some((notice) => notice.test(line))
      ? { kind: 'other', why: 'a notice of HAProxy about itself', isConnection: false }
      : undefined;
  }
  const words = splitWords(line, stampEnd + 2);
  const [frontend = '', target = '', timerText = ''] = words.texts;
  // "frontend/bind: SSL handshake failure": the error log format, which has no more fields.
  const colon = line.indexOf(': ', stampEnd + 2);
  if (frontend.includes('/') && frontend.endsWith(':'))
    return { kind: 'other', why: `a connection without a request: ${line.slice(colon + 2, colon + 82)}`, isConnection: true };
  const slash = target.lastIndexOf('/');
  const timers = timerText.split('/');
  if (slash === -1 || !timers.every((timer) => TIMER.test(timer))) return undefined;
  if (timers.length === 3) return { kind: 'other', why: 'a TCP connection, which has no request', isConnection: true };
  const fields = toFields(line, words);
  if (timers.length !== 5 || fields === undefined) return undefined;
  return {
    kind: 'call',
    fields: {
      client,
      time: line.slice(clientEnd + 2, stampEnd),
      frontend,
      backend: target.slice(0, slash),
      server: target.slice(slash + 1),
      timers,
      ...fields,
    },
  };
}

/** The beginning of a line of a call or a connection, which may end within the stamp. */
const BEGINNING = /^ ?\S+:\d{1,5} \[(?:\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3}\] |[\w/:.]{1,24}\]?$)/;

/** True for a line that begins as those of calls do: where it cannot be read to its end, it is one that was cut or damaged, no other program's. */
export const beginsHaproxyLine = (text: string): boolean => BEGINNING.test(text);

/** Frontend, server, timers, status, bytes, two cookies, termination, connections, queues. */
const WORDS = 10;

interface Words {
  readonly texts: readonly string[];
  readonly end: number;
}

function splitWords(line: string, from: number): Words {
  const texts: string[] = [];
  let at = from;
  while (texts.length < WORDS && at < line.length) {
    const end = line.indexOf(' ', at);
    texts.push(line.slice(at, end === -1 ? undefined : end));
    if (end === -1) return { texts, end: line.length };
    at = end + 1;
  }
  return { texts, end: at };
}

type Later = Omit<HaproxyFields, 'client' | 'time' | 'frontend' | 'backend' | 'server' | 'timers'>;

function toFields(line: string, words: Words): Later | undefined {
  const [, , , status = '', bytes = '', requestCookie = '', responseCookie = '', termination = '', connections = '', queues = ''] =
    words.texts;
  if (!/^(?:-1|\d{1,3})$/.test(status) || !/^\+?\d+$/.test(bytes) || !TERMINATION.test(termination)) return undefined;
  if (!/^[\d/+]+$/.test(connections) || !/^\d+\/\d+$/.test(queues)) return undefined;
  const captured: string[] = [];
  let at = words.end;
  while (line.charCodeAt(at) === 0x7b) {
    const end = findBlockEnd(line, at);
    if (end === -1) return undefined;
    captured.push(line.slice(at + 1, end));
    at = end + 2;
  }
  if (line.charCodeAt(at) !== 0x22) return undefined;
  const end = findRequestEnd(line, at + 1);
  return {
    status,
    bytes,
    requestCookie,
    responseCookie,
    termination,
    connections,
    queues,
    captured,
    request: line.slice(at + 1, end === -1 ? undefined : end),
    isCut: end === -1,
    rest: end === -1 ? '' : line.slice(end + 1).trim(),
  };
}

/** HAProxy writes a brace inside a value as `#7D`; other writers do not, so the block ends where another or the request begins. */
function findBlockEnd(line: string, from: number): number {
  for (let end = line.indexOf('} ', from); end !== -1; end = line.indexOf('} ', end + 1)) {
    const next = line.charCodeAt(end + 2);
    if (next === 0x22 || next === 0x7b) return end;
  }
  return -1;
}

/** The quote behind the protocol, or else the last one: targets with raw quotes occur. */
function findRequestEnd(line: string, from: number): number {
  for (let end = line.indexOf('"', from); end !== -1; end = line.indexOf('"', end + 1)) {
    if (/ HTTP\/\d(?:\.\d)?$/.test(line.slice(Math.max(from, end - 10), end))) return end;
  }
  const last = line.lastIndexOf('"');
  return last >= from ? last : -1;
}

/** Undoes `#HH`, as HAProxy writes quotes, `#` and what cannot be printed; control characters and what is not UTF-8 stay. */
export function undoHashes(text: string): string {
  if (!text.includes('#')) return text;
  return text.replaceAll(/(?:#[0-9A-Fa-f]{2})+/g, (escape) => toTextOfHex(escape.slice(1).split('#')) ?? escape);
}
