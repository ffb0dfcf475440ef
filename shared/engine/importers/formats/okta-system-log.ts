import { entryOf } from '../../../lib/entry-of.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { CallOutcome, ImportedCall } from '../../../model/call.ts';
import { pathOfOperation } from '../../../model/named-operation.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toKnownText, toObject } from '../read/fields.ts';
import { openFields, restOf } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** Reasons of a failure that say that the caller was not let in. */
const DENIED = /INVALID|VERIFICATION|LOCKED|DENIED|NOT_ALLOWED|UNAUTHORIZED|FORBIDDEN|access_denied|unauthorized|invalid_(?:client|grant)/;
/** What became of an event. `CHALLENGE`, `DEFERRED` and the like say nothing of it yet. Source: System Log API, `outcome.result`. */
const OUTCOMES: Readonly<Record<string, CallOutcome>> = {
  SUCCESS: 'given',
  ALLOW: 'given',
  DENY: 'denied',
  RATE_LIMIT: 'denied',
  FAILURE: 'failed',
  ABANDONED: 'failed',
  UNANSWERED: 'failed',
};

/**
 * Events of Okta's System Log: who signed in, was given a token, or changed what. They are no HTTP requests: the event's type and what it was
 * done to stand as path.
 * Source: Okta, System Log API, LogEvent. Several events tell of one request, under one `transaction.id`; `transaction.detail` names the
 * API token that made it. Trap: `unknown` is written for what has no name.
 */
export const oktaSystemLog = {
  id: 'okta-system-log',
  title: 'Okta System Log',
  extensions: ['.json', '.jsonl', '.ndjson'],
  holds:
    'time, actor, API token or session id, event type and target, client, user agent, outcome and its reason, URI of the request; no method, status, duration or bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'events of Okta', (keys) =>
      ['eventType', 'published', 'actor', 'outcome'].every((key) => keys.has(key)) &&
      ['legacyEventType', 'debugContext', 'authenticationContext', 'securityContext'].some((key) => keys.has(key))
        ? 'certain'
        : undefined,
    ),
  records: 'json',
  shape: 'not an event of the System Log of Okta',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && isEvent(value) && 'securityContext' in value,
  notes: ['Okta logs events, not HTTP: an event, and what it was done to, stand as path; the log names no host.'],
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

const isEvent = (value: JsonObject): boolean =>
  toKnownText(value['eventType']) !== undefined && 'published' in value && isJsonObject(value['actor']);

/** Values that stand for nothing: Okta writes the words. */
const isUnknown = (_: string, value: Json): boolean => value === 'unknown' || value === 'null' || value === 'UNKNOWN';
const open = (value: Json | undefined): RecordFields => openFields(toObject(value), isUnknown);

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !isEvent(value)) return undefined;
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const actor = open(fields.take('actor'));
  const client = open(fields.take('client'));
  const agent = open(client.take('userAgent'));
  const session = open(fields.take('authenticationContext'));
  const transaction = open(fields.take('transaction'));
  const detail = open(transaction.take('detail'));
  const debug = open(toObject(fields.take('debugContext'))['debugData']);
  const target = findTarget(value['target']);
  const result = open(fields.take('outcome'));
  const outcome = toOutcome(result.text('result'), toObject(value['outcome'])['reason']);
  const call: ImportedCall = {
    ...readStamp(fields.take('published'), 'unknown', zoneOffsetMinutes),
    path: pathOfOperation(fields.text('eventType') ?? '', target === undefined ? [] : [target]),
    isOperation: true,
    outcome,
    clientIp: client.text('ipAddress'),
    userAgent: agent.text('rawUserAgent'),
    consumer: actor.text('alternateId', 'displayName', 'id'),
    credentialId: detail.text('requestApiTokenId'),
    sessionId: session.text('externalSessionId', 'rootSessionId'),
    requestId: transaction.text('id') ?? debug.text('requestId'),
    route: debug.text('requestUri'),
    service: 'okta',
  };
  const told = outcome === undefined ? [] : [['outcome', outcome] as const];
  const parts = { actor, client, userAgent: agent, authenticationContext: session, transaction, detail, debugData: debug, outcome: result };
  const extras = Object.entries(parts).flatMap(([name, part]) => restOf(name, part));
  return { ...call, extras: [...told, ...extras, ...fields.rest()], rawText: text };
}

/** The first thing that an event was done to: an account by its name, an application by its own, a token by its id. */
function findTarget(targets: Json | undefined): string | undefined {
  const first = Array.isArray(targets) ? targets.find(isJsonObject) : undefined;
  return open(first).text('alternateId', 'displayName', 'id');
}

function toOutcome(result: string | undefined, reason: Json | undefined): CallOutcome | undefined {
  const outcome = entryOf(OUTCOMES, result);
  return outcome === 'failed' && typeof reason === 'string' && DENIED.test(reason) ? 'denied' : outcome;
}
