import { headText } from '../../../lib/text-bytes.ts';
import { looksLikeClfTime, parseClfTime } from '../../../lib/iso-time.ts';
import { splitHostPort } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { parseRequestLine } from '../../../lib/request-line.ts';
import { cutAtRequest, splitFields } from '../aws/split-fields.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toExtras, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';

/** Owner as a canonical id, bucket, time. */
const LINE = /^(?:[0-9a-f]{64}|-) \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] \S+ \S+ \S+ [A-Z]\w+\.[A-Z]/;
/** Lines of the head that vote. */
const VOTING_LINES = 50;
/** Share of the first lines that must look like S3's. */
const NEEDED_SHARE = 0.6;
/** Fewest fields that make a call: up to the status. AWS adds fields at the end, and cuts of logs lack the later ones. */
const FEWEST_FIELDS = 10;
/** Fields after the user agent, in their order. Source: S3 user guide, "server access log format". */
const LATER_FIELDS = [
  'version-id',
  'host-id',
  'signature-version',
  'tls-cipher',
  'authentication-type',
  'host-header',
  'tls-version',
  'access-point',
  'acl-required',
  'source-region',
] as const;
const AFTER_AGENT = 17;

/**
 * Server access logs of Amazon S3: one line for each request to a bucket.
 * Source: S3 user guide. The stamp is the arrival; the requester is a canonical id or an ARN, `-` when nobody signed.
 */
export const awsS3Access = {
  id: 'aws-s3-access',
  title: 'AWS S3 server access log',
  extensions: ['.log', '.txt'],
  holds:
    'time to the second, duration, client, requester, operation, bucket, key, method, path, status, error, response size, referer, user agent, TLS; no bodies',
  recognize(head) {
    const lines = headText(head)
      .split(/\r\n|\n|\r/, VOTING_LINES)
      .filter((line) => line.trim() !== '');
    const calls = lines.filter((line) => LINE.test(line)).length;
    const why = `${String(calls)} of the first ${String(lines.length)} lines read owner, bucket, [time], client, requester, id, operation`;
    return { strength: calls > 0 && calls / lines.length >= NEEDED_SHARE ? 'magic' : 'none', why };
  },
  records: 'lines',
  shape: 'not owner, bucket, [time], client, requester, id, operation, key, "request", status',
  independent: true,
  isCertain: ({ text }) => LINE.test(text),
  open: () => toImported,
} as const satisfies RecordImporter;

function toImported(record: LogRecord): Imported | undefined {
  const { text } = record;
  if (!LINE.test(text)) return undefined;
  const fields = cutLine(text);
  if (fields.length < FEWEST_FIELDS) {
    return toIssue('reject', 'LINE_SHAPE', `${String(fields.length)} fields; a line has at least ${String(FEWEST_FIELDS)}`, record, text);
  }
  const [, , , , , , operation = '', , request] = fields;
  // Lifecycle and replication act without a request; a batch delete has one line for each key, with a status.
  if (request === '-' && !operation.startsWith('BATCH.')) {
    return toIssue('skip', 'NOT_HTTP', `${operation.slice(0, 60)}: an act of S3 itself, without a request`, record, text);
  }
  return { kind: 'call', record: record.record, at: record.at, call: toCall(fields, text) };
}

/** A status follows the request. */
const STATUS_FOLLOWS = /(?:\d{3}|-) /y;
/** Fields before the request. */
const BEFORE_REQUEST = 8;

/** The fields of a line. Only referer and user agent are quoted after the request, so the last quote ends the user agent. */
function cutLine(line: string): readonly string[] {
  const cut = cutAtRequest(line, STATUS_FOLLOWS);
  if (cut?.before.length !== BEFORE_REQUEST) return splitFields(line);
  const { before, request, after } = cut;
  const refererAt = after.indexOf(' "') + 2;
  const refererEnd = after.indexOf('" "', refererAt);
  const agentEnd = after.lastIndexOf('"');
  if (refererAt === 1 || refererEnd === -1 || agentEnd < refererEnd + 3) return [...before, request, ...splitFields(after)];
  return [
    ...before,
    request,
    ...splitFields(after.slice(0, refererAt - 2)),
    after.slice(refererAt, refererEnd),
    after.slice(refererEnd + 3, agentEnd),
    ...splitFields(after.slice(agentEnd + 2)),
  ];
}

function toCall(fields: readonly string[], text: string): ImportedCall {
  const [owner, bucket, stamp = '', client, requester, requestId, operation, key = '', request = '', status, ...rest] = fields;
  const [error, sent, objectSize, total, turnAround, referer, userAgent] = rest;
  const later = fields
    .slice(AFTER_AGENT)
    .map((value, index): Header => [LATER_FIELDS[index] ?? `field-${String(AFTER_AGENT + index + 1)}`, value]);
  const ms = toNumber(toKnownText(total));
  const wait = toNumber(toKnownText(turnAround));
  const time = looksLikeClfTime(stamp, 0) ? parseClfTime(stamp, 0) : undefined;
  return {
    time,
    timeText: stamp,
    timeKind: 'start',
    zoneKnown: true,
    durationMs: ms === undefined || ms < 0 ? undefined : durationMs(ms),
    ...splitHostPort(toKnownText(later.find(([name]) => name === 'host-header')?.[1]) ?? ''),
    ...parseRequestLine(request),
    ...(request === '-' && key !== '-' ? { path: `/${key}` } : {}),
    status: toStatus(status),
    // The guide: "-" when no byte was sent.
    resBytes: sent === '-' ? 0 : toCount(sent),
    clientIp: toKnownText(client),
    userAgent: toKnownText(userAgent),
    referer: toKnownText(referer),
    consumer: toKnownText(requester),
    requestId: toKnownText(requestId),
    route: toKnownText(operation),
    service: toKnownText(bucket),
    timings: wait === undefined || wait < 0 ? undefined : [['turn-around', wait]],
    extras: toExtras([
      ['key', toKnownText(key)],
      ['error', toKnownText(error)],
      ['object-bytes', toKnownText(objectSize)],
      ['bucket-owner', toKnownText(owner)],
      ...later.filter(([name, value]) => name !== 'host-header' && value !== '-' && value !== ''),
    ]),
    rawText: text,
  };
}
