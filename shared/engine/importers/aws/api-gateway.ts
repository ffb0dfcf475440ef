import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { splitHostPort, splitPath } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { toCount, toNumber, toStatus } from '../read/fields.ts';
import { openSpelledFields } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { readStamp } from '../read/stamp.ts';

/** Said about every API Gateway log. */
export const apiGatewayNotes = [
  'Where the log has no real path, its resource (a template such as /pets/{id}) stands in its place.',
] as const;

/** Spellings that are kept for the next record; operators choose the names, but one log has few. */
const REMEMBERED_NAMES = 1000;

/**
 * Makes one name of the spellings that operators choose for `$context` variables: `request_id`, `requestId`,
 * `context.identity.sourceIp` and `sourceip` are told by their letters alone. Lifetime: one read; it remembers what it made.
 */
export function createNames(): (key: string) => string {
  const names = new Map<string, string>();
  return (key) => {
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = key
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .replace(/^context/, '');
    if (names.size < REMEMBERED_NAMES) names.set(key, name);
    return name;
  };
}

/** The members of a record, those of the objects in it under `outer.inner`. */
export function openGatewayFields(value: JsonObject, toName: (key: string) => string): RecordFields {
  const flat: Record<string, JsonObject[string]> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (!isJsonObject(entry)) flat[key] = entry;
    else for (const [inner, one] of Object.entries(entry)) flat[`${key}.${inner}`] = one;
  }
  return openSpelledFields([flat], toName);
}

/** True for records that could be of API Gateway: an id, a time, and a method, a route or an event. */
export function isGatewayRecord(fields: RecordFields): boolean {
  return (
    (fields.has('requestid') || fields.has('extendedrequestid')) &&
    (fields.has('requesttime') || fields.has('requesttimeepoch')) &&
    (fields.has('httpmethod') || fields.has('routekey') || fields.has('eventtype') || fields.has('resourcepath'))
  );
}

/**
 * One call out of the `$context` variables that a log format names.
 * Source: AWS developer guides of REST, HTTP and WebSocket APIs, logging variables. The console's presets hold few of them;
 * events of a WebSocket have neither method nor path.
 */
export function toGatewayCall(fields: RecordFields, text: string, zoneOffsetMinutes: number): ImportedCall {
  const routeKey = fields.text('routekey');
  const resource = fields.text('resourcepath');
  const [routeMethod, routePath] = splitRouteKey(routeKey);
  const latency = toNumber(fields.take('responselatency', 'latency'));
  const agent = fields.text('identityuseragent', 'useragent');
  const stamp = readStamp(fields.take('requesttimeepoch', 'requesttime'), 'start', zoneOffsetMinutes);
  const call: ImportedCall = {
    ...stamp,
    durationMs: latency === undefined || latency < 0 ? undefined : durationMs(latency),
    method: fields.text('httpmethod', 'method') ?? routeMethod,
    ...splitHostPort(fields.text('domainname', 'host') ?? ''),
    ...splitPath(fields.text('path', 'requestpath') ?? resource ?? routePath ?? ''),
    status: toStatus(fields.take('status', 'statuscode', 'responsestatus')),
    resBytes: toCount(fields.take('responselength')),
    clientIp: fields.text('ip', 'sourceip', 'identitysourceip', 'clientip'),
    forwardedFor: fields.text('xforwardedfor'),
    userAgent: agent,
    requestHeaders: toKeyHeaders(fields),
    consumer: toPrincipal(fields),
    credentialId: fields.text('identityapikeyid', 'apikeyid'),
    traceId: fields
      .text('xraytraceid', 'traceid')
      ?.replace(/^Root=/, '')
      .toLowerCase(),
    requestId: fields.text('requestid', 'extendedrequestid'),
    route: resource ?? routeKey,
    service: [fields.text('apiid'), fields.text('stage')].filter((part) => part !== undefined).join('/') || undefined,
    timings: toTimings(fields),
  };
  return { ...call, extras: toRest(fields), rawText: text };
}

/** `GET /pets` of an HTTP API; `$default` and the routes of a WebSocket name no method. */
function splitRouteKey(routeKey: string | undefined): readonly [method: string | undefined, path: string | undefined] {
  const match = /^([A-Z]+) (\/\S*)$/.exec(routeKey ?? '');
  // ANY stands for every method: it is not the one that was used.
  return match === null ? [undefined, undefined] : [match[1] === 'ANY' ? undefined : match[1], match[2]];
}

function toPrincipal(fields: RecordFields): string | undefined {
  return fields.text(
    'authorizerprincipalid',
    'authorizerclaimssub',
    'authorizerclaimsusername',
    'principalid',
    'identityuserarn',
    'userarn',
    'identitycaller',
    'caller',
    'identityuser',
    'user',
  );
}

/** The key itself is a secret: it stands where it was sent, so that it is masked there. */
function toKeyHeaders(fields: RecordFields): readonly Header[] | undefined {
  const key = fields.text('identityapikey', 'apikey');
  return key === undefined ? undefined : [['x-api-key', key]];
}

function toTimings(fields: RecordFields): ImportedCall['timings'] {
  const names = [
    ['integration', fields.take('integrationlatency', 'integrationrequestlatency')],
    ['authorizer', fields.take('authorizerlatency')],
  ] as const;
  const timings = names.flatMap(([phase, value]): [string, number][] => {
    const ms = toNumber(value);
    return ms === undefined || ms < 0 ? [] : [[phase, ms]];
  });
  return timings.length === 0 ? undefined : timings;
}

function toRest(fields: RecordFields): readonly Header[] | undefined {
  const rest = fields.rest();
  return rest.length === 0 ? undefined : rest;
}
