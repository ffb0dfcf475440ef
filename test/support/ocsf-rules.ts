/**
 * What OCSF 1.3.0 demands of the classes that we write, as JSON Schema: required attributes, types, enums, "at least one of", and that nothing
 * else stands there. Facts of the public schema (schema.ocsf.io, version 1.3.0): classes `api_activity` and `detection_finding`, objects by
 * their names, types of the dictionary. Held member by member against the public repository ocsf/ocsf-schema (Apache-2.0): `events/application/api_activity.json`
 * (2b1f2dab), `events/findings/finding.json` and `detection_finding.json` (05e0f0b9), objects `evidences` (0ce0c415), `finding_info` (02f54e38), `api`
 * (244de24e), `analytic` and `attack` (01d6c7cb): what these demand is demanded here, and nothing that we write is unknown to them. What came after 1.3.0 is not in the lists: `is_alert` (pull request 1178, for 1.4), users that are services (1428, for 1.6). The classes hold more attributes than these: one that we begin to write is added here after a look there.
 */
import { isIP } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string', minLength: 1 };
const integer: Schema = { type: 'integer' };
/** `timestamp_t`: milliseconds since 1970. */
const timestamp: Schema = { type: 'integer', minimum: 0 };
/** `ip_t`, `hostname_t` and `port_t`. */
const ip: Schema = { type: 'string', format: 'ip' };
const hostname: Schema = { type: 'string', format: 'hostname' };
const port: Schema = { type: 'integer', minimum: 0, maximum: 65_535 };
const oneOf = (...values: readonly (string | number)[]): Schema => ({ enum: values });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const anything: Schema = {};

/** An object of the schema. `needs`: members that it cannot lack; `some`: at least one of these must stand there. */
const object = (members: Readonly<Record<string, Schema>>, needs: readonly string[] = [], some: readonly string[] = []): Schema => ({
  type: 'object',
  properties: members,
  required: needs,
  additionalProperties: false,
  ...(some.length === 0 ? {} : { anyOf: some.map((member) => ({ required: [member] })) }),
});

const entity = object({ name: text, uid: text }, [], ['name', 'uid']);
const endpoint = object({ ip, hostname, name: text, port }, [], ['ip', 'hostname', 'name']);
const user = object({ uid: text, name: text, type: text, type_id: oneOf(0, 1, 2, 3, 99), credential_uid: text }, [], ['name', 'uid']);
const actor = object({ user }, [], ['user']);
const api = object({ operation: text, request: object({ uid: text }, ['uid']), response: object({ code: integer }), service: entity }, [
  'operation',
]);
const url = object({ scheme: text, hostname, port, path: text, query_string: text, url_string: text }, [], ['url_string', 'path']);
const metadata = object(
  {
    version: oneOf('1.3.0'),
    product: object({ name: text, vendor_name: text, version: text }, ['vendor_name']),
    profiles: listOf(text),
    uid: text,
    log_name: text,
  },
  ['version', 'product'],
);
const severities = { severity_id: oneOf(0, 1, 2, 3, 4, 5, 6, 99), severity: text };

/** What every class has, with its own numbers. */
const event = (
  [classUid, className]: readonly [number, string],
  [categoryUid, categoryName]: readonly [number, string],
  activities: readonly number[],
  statuses: readonly number[],
  members: Readonly<Record<string, Schema>>,
  needs: readonly string[],
): Schema =>
  object(
    {
      activity_id: oneOf(...activities),
      activity_name: text,
      category_uid: oneOf(categoryUid),
      category_name: oneOf(categoryName),
      class_uid: oneOf(classUid),
      class_name: oneOf(className),
      type_uid: oneOf(...activities.map((id) => classUid * 100 + id)),
      ...severities,
      time: timestamp,
      metadata,
      message: text,
      status: text,
      status_id: oneOf(...statuses),
      unmapped: { type: 'object' },
      ...members,
    },
    ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid', ...needs],
  );

const apiActivity = event(
  [6003, 'API Activity'],
  [6, 'Application Activity'],
  [0, 1, 2, 3, 4, 99],
  [0, 1, 2, 99],
  {
    actor,
    api,
    src_endpoint: endpoint,
    dst_endpoint: endpoint,
    duration: integer,
    status_code: text,
    http_request: object({ http_method: text, user_agent: text, referrer: text, length: integer, url }),
    http_response: object({ code: integer, length: integer, content_type: text }, ['code']),
  },
  ['actor', 'api', 'src_endpoint'],
);

const attack = object({ technique: entity, sub_technique: entity, version: text }, [], ['technique', 'sub_technique']);
const detectionFinding = event(
  [2004, 'Detection Finding'],
  [2, 'Findings'],
  [0, 1, 2, 3, 99],
  [0, 1, 2, 3, 4, 99],
  {
    confidence: text,
    confidence_id: oneOf(0, 1, 2, 3, 99),
    finding_info: object(
      {
        uid: text,
        title: text,
        types: listOf(text),
        analytic: object(
          { uid: text, name: text, version: text, type: text, type_id: oneOf(0, 1, 2, 3, 4, 99) },
          ['type_id'],
          ['name', 'uid'],
        ),
        attacks: listOf(attack),
        first_seen_time: timestamp,
        last_seen_time: timestamp,
      },
      ['uid', 'title'],
    ),
    evidences: listOf(object({ data: anything, api, actor, src_endpoint: endpoint }, [], ['data', 'api', 'actor', 'src_endpoint'])),
    remediation: object({ desc: text }, ['desc']),
    resources: listOf(object({ uid: text, name: text, type: text }, [], ['name', 'uid'])),
  },
  ['finding_info'],
);

const HOSTNAME = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const ajv = new Ajv2020({ strict: false, formats: { ip: (value: string) => isIP(value) !== 0, hostname: HOSTNAME } });
const classes = new Map([
  [6003, ajv.compile(apiActivity)],
  [2004, ajv.compile(detectionFinding)],
]);

/** What is wrong with an event, as ajv says it; nothing for one that keeps the rules of its class. */
export function ocsfFaults(candidate: Readonly<Record<string, unknown>>): readonly string[] {
  const check = classes.get(Number(candidate['class_uid']));
  if (check === undefined) return ['a class that is not ours'];
  const ids = Number(candidate['class_uid']) * 100 + Number(candidate['activity_id']);
  const type = candidate['type_uid'] === ids ? [] : ['type_uid is not that of class and activity'];
  return check(candidate)
    ? type
    : [...type, ...(check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)];
}
