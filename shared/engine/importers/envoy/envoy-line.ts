/** A line of Envoy's text log, cut into its fields: `-` for what Envoy did not know. */
export interface EnvoyFields {
  readonly time: string;
  readonly request: string;
  readonly status: string;
  readonly flags: string;
  /** Response details, termination details and failure reason (Istio from 1.9), or what Mixer said (older Istio). */
  readonly details: readonly string[];
  /** Bytes received and sent, duration and upstream's time. */
  readonly numbers: readonly string[];
  readonly forwardedFor: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly authority: string;
  readonly upstream: string;
  /** What Istio adds: cluster, upstream local, downstream local and remote address, server name, route. */
  readonly added: readonly string[];
}

/** A stamp in its brackets: `[2016-04-15T20:17:00Z]` and with nine digits behind the second. Units: characters. */
const SHORTEST_STAMP = 20;
const LONGEST_STAMP = 36;
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?$/;
/** Details that stand between the flags and the byte counts at most. */
const MOST_DETAILS = 3;
const NUMBERS = 4;
/** Status, flags, details, numbers. */
const MOST_WORDS = 2 + MOST_DETAILS + NUMBERS;
const QUOTE = 0x22;

/**
 * Cuts `[time] "request" code flags … bytes bytes ms ms "xff" "agent" "id" "authority" "upstream" …`; `undefined` when the line is not one.
 * Source: Envoy's default format string, and Istio's of 1.1 to 1.8 and from 1.9. Envoy does not escape quotes in headers.
 */
export function splitEnvoyLine(line: string): EnvoyFields | undefined {
  if (line.charCodeAt(0) !== 0x5b) return undefined;
  const stampEnd = line.indexOf('] "');
  if (stampEnd < SHORTEST_STAMP || stampEnd > LONGEST_STAMP || !STAMP.test(line.slice(1, stampEnd))) return undefined;
  const requestEnd = findRequestEnd(line, stampEnd + 3);
  if (requestEnd === -1) return undefined;
  const words = splitWords(line, requestEnd + 2);
  const tokens = words.map(({ text }) => text);
  const [status = '', flags = ''] = tokens;
  const at = findNumbers(tokens);
  const numbersEnd = words[at + NUMBERS - 1]?.end;
  const quoted = at === -1 || numbersEnd === undefined || !isNumber(status) ? undefined : splitQuoted(line, numbersEnd + 1);
  if (quoted === undefined) return undefined;
  return {
    time: line.slice(1, stampEnd),
    request: line.slice(stampEnd + 3, requestEnd),
    status,
    flags,
    details: tokens.slice(2, at).map(unquote),
    numbers: tokens.slice(at, at + NUMBERS),
    ...quoted,
  };
}

type Quoted = Pick<EnvoyFields, 'forwardedFor' | 'userAgent' | 'requestId' | 'authority' | 'upstream' | 'added'>;

/** `" "id" "authority" "upstream"`: none of them holds a quote or a blank, so they tell where a user agent with quotes inside ends. */
const BEHIND_AGENT = /" "([^" ]*)" "([^" ]*)" "([^" ]*)"(?= |$)/y;

function splitQuoted(line: string, from: number): Quoted | undefined {
  const forwardedEnd = line.charCodeAt(from) === QUOTE ? line.indexOf('" "', from + 1) : -1;
  if (forwardedEnd === -1) return undefined;
  const agentAt = forwardedEnd + 3;
  for (let end = line.indexOf('" "', agentAt); end !== -1; end = line.indexOf('" "', end + 1)) {
    BEHIND_AGENT.lastIndex = end;
    const match = BEHIND_AGENT.exec(line);
    if (match === null) continue;
    const [whole, requestId = '', authority = '', upstream = ''] = match;
    return {
      forwardedFor: line.slice(from + 1, forwardedEnd),
      userAgent: line.slice(agentAt, end),
      requestId,
      authority,
      upstream,
      added: line
        .slice(end + whole.length)
        .split(' ')
        .filter((word) => word !== ''),
    };
  }
  return undefined;
}

/** The quote that a status follows, as the target may hold quotes. */
function findRequestEnd(line: string, from: number): number {
  for (let end = line.indexOf('" ', from); end !== -1; end = line.indexOf('" ', end + 1)) {
    const digit = line.charCodeAt(end + 2);
    if (digit >= 0x30 && digit <= 0x39) return end;
  }
  return -1;
}

interface Word {
  readonly text: string;
  readonly end: number;
}

/** Words and quoted texts, the latter with their quotes, up to the byte counts and times. */
function splitWords(line: string, from: number): readonly Word[] {
  const words: Word[] = [];
  for (let at = from; at < line.length && words.length < MOST_WORDS; at += 1) {
    const isQuoted = line.charCodeAt(at) === QUOTE;
    const found = isQuoted ? line.indexOf('" ', at + 1) : line.indexOf(' ', at);
    const end = found === -1 ? line.length : isQuoted ? found + 1 : found;
    words.push({ text: line.slice(at, end), end });
    at = end;
  }
  return words;
}

const isNumber = (token: string | undefined): boolean => token !== undefined && /^(?:\d+|-)$/.test(token);

function findNumbers(tokens: readonly string[]): number {
  for (let at = 2; at <= 2 + MOST_DETAILS; at += 1) {
    if (isNumber(tokens[at]) && isNumber(tokens[at + 1]) && isNumber(tokens[at + 2]) && isNumber(tokens[at + 3])) return at;
  }
  return -1;
}

const unquote = (token: string): string => (token.length > 1 && token.startsWith('"') && token.endsWith('"') ? token.slice(1, -1) : token);
