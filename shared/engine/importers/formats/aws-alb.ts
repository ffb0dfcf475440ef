import { parseIsoTime } from '../../../lib/iso-time.ts';
import { splitHostPort } from '../../../lib/request-target.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { DurationMs, EpochMicros } from '../../../model/units.ts';
import { readRequestLine } from '../aws/request-line.ts';
import { cutAtRequest, splitFields } from '../aws/split-fields.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';

const STAMP = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
const APPLICATION = new RegExp(`^(?:https?|h2|grpcs?|wss?) ${STAMP} \\S+ `);
/** A classic load balancer has no type in front; its client, with a port, is the third field. */
const CLASSIC = new RegExp(`^${STAMP} [\\w-]+ (?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+\\]|[0-9a-fA-F:]+):\\d+ `);
/** A network load balancer's TLS line, and an application load balancer's connection: both lie in the same bucket. */
const NETWORK = new RegExp(`^tls \\d\\.\\d ${STAMP.slice(0, -1)}Z? `);
const CONNECTION = new RegExp(`^${STAMP} [0-9a-fA-F.:]+ \\d{1,5} \\d{1,5} `);
/** Lines of the head that vote. */
const VOTING_LINES = 50;
/** Share of the first lines that must be of a load balancer. */
const NEEDED_SHARE = 0.6;
/** Fewest fields of an application load balancer's line: up to the user agent. */
const FEWEST_FIELDS = 14;
/** A call cannot last longer: the longest idle time that a load balancer can be given. Units: ms. */
const LONGEST_CALL = 4000 * 1000;

/** Fields after the user agent, in their order; AWS adds new ones at the end. Source: ELB guide, access logs. */
const LATER_FIELDS = [
  'tls-cipher',
  'tls-version',
  'target-group',
  'trace',
  'sni',
  'certificate',
  'rule-priority',
  'request-creation-time',
  'actions',
  'redirect-url',
  'error-reason',
  'targets',
  'target-statuses',
  'classification',
  'classification-reason',
  'connection-trace-id',
  'transformed-host',
  'transformed-uri',
  'transform-status',
] as const;

const placeOf = (name: (typeof LATER_FIELDS)[number]): number => FEWEST_FIELDS + LATER_FIELDS.indexOf(name);
const TRACE = placeOf('trace');
const RULE = placeOf('rule-priority');
const CREATION = placeOf('request-creation-time');
const REDIRECT = placeOf('redirect-url');

/**
 * Access logs of AWS's application and classic load balancers; lines of network load balancers and of connections are skipped.
 * Source: Elastic Load Balancing guides. An application load balancer stamps the response, a classic one the arrival.
 * Sizes include headers; a time of −1 means that the request was not passed on.
 */
export const awsAlb = {
  id: 'aws-alb',
  title: 'AWS load balancer access log (ALB, classic ELB)',
  extensions: ['.log', '.txt'],
  holds:
    'time, durations, client, target, method, URL, status of both sides, sizes with headers, user agent, trace id, TLS, rule and actions; no headers or bodies',
  recognize(head) {
    const lines = headText(head)
      .split(/\r\n|\n|\r/, VOTING_LINES)
      .filter((line) => line.trim() !== '');
    const calls = lines.filter((line) => APPLICATION.test(line) || isClassic(line)).length;
    const beside = lines.filter((line) => NETWORK.test(line) || CONNECTION.test(line)).length;
    const why = `${String(calls)} of the first ${String(lines.length)} lines read type, time, load balancer, client, target`;
    // A file of connections alone is claimed as well, so that it is accounted for line by line.
    if (lines.length === 0 || (calls + beside) / lines.length < NEEDED_SHARE) return { strength: 'none', why };
    return { strength: calls > 0 ? 'magic' : 'shape', why: calls > 0 ? why : 'lines of a network load balancer or of connections' };
  },
  records: 'lines',
  shape: 'not type, time, load balancer, client, target, times, statuses, sizes, "request", "user agent"',
  independent: true,
  isCertain: ({ text }) => APPLICATION.test(text),
  open: () => toImported,
} as const satisfies RecordImporter;

const isClassic = (line: string): boolean => CLASSIC.test(line) && line.includes(' "');

function toImported(record: LogRecord): Imported | undefined {
  const { text } = record;
  if (APPLICATION.test(text)) return toCall(record, cutLine(text), false);
  if (NETWORK.test(text)) return toIssue('skip', 'NOT_HTTP', 'a TLS connection of a network load balancer, not a request', record, text);
  if (CONNECTION.test(text)) return toIssue('skip', 'NOT_HTTP', 'a connection of a load balancer, not a request', record, text);
  return isClassic(text) ? toCall(record, ['', ...cutLine(text)], true) : undefined;
}

/** The user agent follows the request. */
const AGENT_FOLLOWS = /"/y;
/** Cipher and version of TLS follow the user agent, then a target group, or the line's end in classic lines. */
const TLS_FOLLOWS = /" (?:-|[A-Z0-9_-]+) (?:-|TLSv[\d.]+|SSLv\d)(?: (?:-|arn:\S*)(?: |$)|$)/g;

/** The fields of a line; quotes in request and user agent belong to their texts. A line that was cut gives what it has. */
function cutLine(line: string): readonly string[] {
  const cut = cutAtRequest(line, AGENT_FOLLOWS);
  if (cut === undefined) return splitFields(line);
  TLS_FOLLOWS.lastIndex = 1;
  const agentEnd = TLS_FOLLOWS.exec(cut.after)?.index;
  if (agentEnd === undefined) return [...cut.before, cut.request, ...splitFields(cut.after)];
  return [...cut.before, cut.request, cut.after.slice(1, agentEnd), ...splitFields(cut.after.slice(agentEnd + 2))];
}

function toCall(record: LogRecord, fields: readonly string[], isOld: boolean): Imported | undefined {
  const { text } = record;
  const [type, stamp = '', balancer, client = '', target = '', ...rest] = fields;
  const [toTarget, inTarget, toClient, status, targetStatus, received, sent, request = ''] = rest;
  if (fields.length < FEWEST_FIELDS && !(isOld && fields.length >= FEWEST_FIELDS - 1)) {
    return toIssue('reject', 'LINE_SHAPE', `${String(fields.length)} fields; a line has at least ${String(FEWEST_FIELDS)}`, record, text);
  }
  if (isOld && /^- - - ?$/.test(request)) return toIssue('skip', 'NOT_HTTP', 'a TCP connection, not a request', record, text);
  const parsed = parseIsoTime(stamp, 0);
  const time = typeof parsed === 'string' ? undefined : parsed.time;
  const parts = [toTarget, inTarget, toClient].map((seconds) => toNumber(seconds));
  const from = splitHostPort(client);
  const trace = fields[TRACE];
  const call: ImportedCall = {
    time,
    timeText: stamp,
    timeKind: isOld ? 'start' : 'end',
    zoneKnown: true,
    durationMs: sumOf(parts) ?? sinceCreation(time, fields[CREATION]),
    ...readRequestLine(request),
    status: toStatus(status),
    reqBytes: toCount(received),
    resBytes: toCount(sent),
    clientIp: toKnownText(from.host),
    userAgent: toKnownText(fields[FEWEST_FIELDS - 1]),
    traceId: /Root=(1-[0-9a-zA-Z-]+)/.exec(trace ?? '')?.[1]?.toLowerCase(),
    upstream: toKnownText(target),
    route: toKnownText(fields[RULE]),
    service: toKnownText(balancer),
    redirectUrl: toKnownText(fields[REDIRECT]),
    timings: toTimings(parts),
    extras: listExtras(type, from.port, targetStatus, fields),
    rawText: text,
  };
  return { kind: 'call', record: record.record, at: record.at, call };
}

/** What stands in columns of a call: the rule and the redirect. */
const KEPT_ELSEWHERE: ReadonlySet<number> = new Set([RULE, REDIRECT]);

function listExtras(
  type: string | undefined,
  clientPort: number | undefined,
  targetStatus: string | undefined,
  fields: readonly string[],
): readonly Header[] {
  const extras: Header[] = [];
  if (type !== undefined && type !== '') extras.push(['type', type]);
  if (clientPort !== undefined) extras.push(['client-port', String(clientPort)]);
  if (targetStatus !== undefined && targetStatus !== '-') extras.push(['target-status', targetStatus]);
  for (let index = FEWEST_FIELDS; index < fields.length; index += 1) {
    const value = fields[index];
    if (value === undefined || value === '' || value === '-' || KEPT_ELSEWHERE.has(index)) continue;
    extras.push([LATER_FIELDS[index - FEWEST_FIELDS] ?? `field-${String(index + 1)}`, value]);
  }
  return extras;
}

const PHASES = ['request', 'target', 'response'] as const;

function sumOf(parts: readonly (number | undefined)[]): DurationMs | undefined {
  if (parts.some((part) => part === undefined || part < 0)) return undefined;
  // Whole microseconds: 0.086 + 0.048 + 0.037 is not 0.171 in a double.
  return durationMs(Math.round(parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) * 1e6) / 1000);
}

/** How long a request took that was answered by the load balancer itself. */
function sinceCreation(end: EpochMicros | undefined, creation: string | undefined): DurationMs | undefined {
  const created = parseIsoTime(creation ?? '', 0);
  if (end === undefined || typeof created === 'string') return undefined;
  const ms = (end - created.time) / 1000;
  return ms >= 0 && ms <= LONGEST_CALL ? durationMs(ms) : undefined;
}

function toTimings(parts: readonly (number | undefined)[]): ImportedCall['timings'] {
  const timings = PHASES.flatMap((phase, index): [string, number][] => {
    const seconds = parts[index];
    return seconds === undefined || seconds < 0 ? [] : [[phase, Math.round(seconds * 1e6) / 1000]];
  });
  return timings.length === 0 ? undefined : timings;
}
