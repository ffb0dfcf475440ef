import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { CallOutcome, ImportedCall } from '../../../model/call.ts';
import { pathOfOperation } from '../../../model/named-operation.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toKnownText, toStatus } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** The action under which streams of an enterprise hold the requests to the API. */
const REQUEST = 'api.request';
/** What an event was done to, the narrowest first. */
const TARGETS = ['repo', 'repository', 'team', 'user', 'name', 'org', 'business'] as const;
/** Words of an action that was not allowed: `user.failed_login`, `protected_branch.rejected_ref_update`. */
const REFUSED = /(?:^|[._])(?:failed|rejected|denied)(?:_|$)/;
/** Marks that stand beside `action` and `actor` in GitHub's events; in records of others at most by chance. */
const MARKS = ['org', 'business', 'repo', 'actor_location', 'operation_type', 'hashed_token', 'programmatic_access_type', 'actor_id'];

/**
 * Audit log of GitHub, as its API gives it, organisations export it and enterprises stream it: requests to the API where the stream has
 * them, and actions, which are no HTTP requests, with what they were done to as path.
 * Source: GitHub docs, "Audit log events for your enterprise", "Identifying audit log events performed by an access token": the hash of a
 * token is what its events have in common. Times are epoch milliseconds.
 */
export const githubAudit = {
  id: 'github-audit',
  title: 'GitHub audit log',
  extensions: ['.json', '.jsonl', '.ndjson'],
  holds:
    'time, actor, hash of the token, action and what it was done to, client where it is disclosed, user agent; method, path and status of API requests where a stream has them; no host, headers, bodies, duration or sizes',
  recognize: (head) =>
    recognizeByKeys(head, "GitHub's audit log", (keys) => {
      if (!keys.has('action') || !(keys.has('@timestamp') || keys.has('created_at'))) return undefined;
      const marks = MARKS.filter((key) => keys.has(key)).length;
      if (keys.has('_document_id') && marks > 0) return 'certain';
      return keys.has('actor') && marks > 0 ? 'likely' : undefined;
    }),
  records: 'json',
  shape: 'not an event of an audit log of GitHub',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && '_document_id' in value && isEvent(value),
  notes: ['GitHub audits actions, not only HTTP: an action, and what it was done to, stand as path; its log names no host.'],
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

const isEvent = (value: JsonObject): boolean =>
  toKnownText(value['action']) !== undefined && ('@timestamp' in value || 'created_at' in value);

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !isEvent(value)) return undefined;
  const fields = openFields(value);
  const call: ImportedCall = {
    ...readStamp(fields.take('@timestamp', 'created_at'), 'unknown', zoneOffsetMinutes),
    ...(value['action'] === REQUEST ? toRequest(fields) : toAction(fields)),
    clientIp: fields.text('actor_ip'),
    userAgent: fields.text('user_agent'),
    consumer: fields.text('actor'),
    credentialId: fields.text('hashed_token', 'token_id'),
    requestId: fields.text('request_id'),
    service: 'github',
  };
  const outcome = call.outcome === undefined ? [] : [['outcome', call.outcome] as const];
  return { kind: 'call', record: record.record, at: record.at, call: { ...call, extras: [...outcome, ...fields.rest()], rawText: text } };
}

/** A request to the API. Shape: the path is that of the route, `/repos/{owner}/{repo}/pulls`, where the stream has no other. */
const toRequest = (fields: RecordFields): Partial<ImportedCall> => ({
  method: fields.text('request_method'),
  path: fields.text('url_path') ?? fields.text('route'),
  query: fields.text('query_string')?.replace(/^\?/, ''),
  status: toStatus(fields.take('status_code')),
  route: fields.text('route'),
});

function toAction(fields: RecordFields): Partial<ImportedCall> {
  const action = fields.text('action') ?? '';
  const target = fields.text(...TARGETS);
  const outcome: CallOutcome = REFUSED.test(action) ? 'denied' : 'given';
  return { path: pathOfOperation(action, target === undefined ? [] : [target]), isOperation: true, outcome };
}
