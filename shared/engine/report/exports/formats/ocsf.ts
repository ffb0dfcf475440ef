import type { CallJson, Confidence, FindingJson, Severity } from '../../../../contract/report-json.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import { bareAddress, ipVersion } from '../../../../lib/ip-address.ts';
import { epochMsOf, sayCall, urlOf } from '../call-words.ts';
import type { ExportSource, FileFormat } from '../export-format.ts';
import { selectedCalls } from '../selected-calls.ts';

/** The version of the schema that the names here are those of: the newest that data lakes take. `is_alert` and users that are services came later. */
const OCSF = '1.3.0';
const API_ACTIVITY = 6003;
const DETECTION_FINDING = 2004;
/** Calls that an event about a finding names; all of them are in report.json. */
const MAX_EVIDENCES = 100;

const SEVERITIES: Readonly<Record<Severity, number>> = { info: 1, low: 2, medium: 3, high: 4, critical: 5 };
const SEVERITY_NAMES = ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical'] as const;
const CONFIDENCES: Readonly<Record<Confidence, number>> = { suspected: 1, inferred: 2, observed: 3 };
const CONFIDENCE_NAMES = ['Unknown', 'Low', 'Medium', 'High'] as const;
/** OCSF has no kind of user for an agent, and none for a service before version 1.6 (ocsf-schema, pull request 1428): 99 is its "other", with our word beside it. */
const USER_TYPES: Readonly<Record<NonNullable<CallJson['kind']>, readonly [number, string]>> = {
  human: [1, 'User'],
  service: [99, 'Service'],
  agent: [99, 'Agent'],
  unknown: [0, 'Unknown'],
};
/** A map, since a method is what the evidence says it is: `constructor` is none of these. */
const ACTIVITIES = new Map<string, readonly [number, string]>([
  ['POST', [1, 'Create']],
  ['GET', [2, 'Read']],
  ['HEAD', [2, 'Read']],
  ['OPTIONS', [2, 'Read']],
  ['QUERY', [2, 'Read']],
  ['PUT', [3, 'Update']],
  ['PATCH', [3, 'Update']],
  ['DELETE', [4, 'Delete']],
]);

/** An object without members that have no value, left out itself when nothing is left of it. */
function known(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const metadata = (source: ExportSource, uid: string): object => ({
  version: OCSF,
  product: { name: 'Spoor', vendor_name: 'Spoor', version: source.version },
  uid,
  ...(source.view.json.case.title === '' ? {} : { log_name: source.view.json.case.title }),
});

/** `hostname_t`: labels of letters, digits and hyphens. */
const HOSTNAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

const addressOf = (text: string): string | undefined => {
  const bare = bareAddress(text);
  return ipVersion(bare) === undefined ? undefined : bare;
};
const hostnameOf = (text: string): string | undefined => {
  const host = text.replace(/:\d+$/, '');
  return addressOf(text) === undefined && HOSTNAME.test(host) ? host : undefined;
};

/** Where a call came from. What is no IP address, as a pseudonym or the path of a socket, is the caller's `name`. */
const callerOf = ({ clientIp }: CallJson): object | undefined => {
  if (clientIp === undefined || clientIp === '') return undefined;
  const ip = addressOf(clientIp);
  return ip === undefined ? { name: clientIp } : { ip };
};

/** Where a call went. */
function receiverOf({ host, port }: CallJson): object | undefined {
  if (host === undefined || host === '') return undefined;
  const [ip, hostname] = [addressOf(host), hostnameOf(host)];
  return known({ ip, hostname, name: ip === undefined && hostname === undefined ? host : undefined, port });
}

const httpRequest = (call: CallJson): Readonly<Record<string, unknown>> | undefined =>
  known({
    http_method: call.method,
    user_agent: call.userAgent,
    referrer: call.referer,
    length: call.reqBytes,
    url:
      urlOf(call) === undefined
        ? undefined
        : known({
            scheme: call.scheme,
            hostname: call.host === undefined ? undefined : hostnameOf(call.host),
            port: call.port,
            path: call.path,
            query_string: call.query,
            url_string: urlOf(call),
          }),
  });

const actor = (call: CallJson): object => {
  const [type_id, type] = USER_TYPES[call.kind ?? 'unknown'];
  return {
    user: {
      uid: call.principal ?? 'unknown',
      name: call.principal ?? 'unknown',
      type_id,
      type,
      ...(call.credential === undefined ? {} : { credential_uid: call.credential }),
    },
  };
};

const api = (call: CallJson): object => ({
  operation: call.tool ?? call.endpoint ?? call.method ?? 'unknown',
  ...known({
    request: known({ uid: call.requestId }),
    response: known({ code: call.status }),
    service: known({ name: call.service ?? call.host }),
  }),
});

/** A call as an event of class API Activity. Its time is 0 where the evidence has none, which the schema demands and `unmapped` says. */
function toApiActivity(call: CallJson, source: ExportSource): object {
  const [activity_id, activity_name] = ACTIVITIES.get(call.method ?? '') ?? [99, call.method ?? 'Other'];
  const [status_id, status] = call.status === undefined ? [0, 'Unknown'] : call.status < 400 ? [1, 'Success'] : [2, 'Failure'];
  return {
    activity_id,
    activity_name,
    category_uid: 6,
    category_name: 'Application Activity',
    class_uid: API_ACTIVITY,
    class_name: 'API Activity',
    type_uid: API_ACTIVITY * 100 + activity_id,
    severity_id: 1,
    severity: 'Informational',
    time: call.time === undefined ? 0 : epochMsOf(call.time),
    metadata: metadata(source, call.ref),
    actor: actor(call),
    api: api(call),
    src_endpoint: callerOf(call) ?? { name: 'unknown' },
    status_id,
    status,
    message: sayCall(call),
    ...known({
      status_code: call.status === undefined ? undefined : String(call.status),
      duration: call.durationMs === undefined ? undefined : Math.round(call.durationMs),
      dst_endpoint: receiverOf(call),
      http_request: httpRequest(call),
      http_response:
        call.status === undefined ? undefined : known({ code: call.status, length: call.resBytes, content_type: call.contentType }),
      unmapped: known({
        time_known: call.time === undefined ? false : undefined,
        time_kind: call.timeKind === 'start' ? undefined : call.timeKind,
        time: call.time,
        also_seen_as: call.alsoSeenAs,
        chain: call.chain,
        endpoint: call.endpoint,
        format: call.format,
        trace_id: call.traceId,
        span_id: call.spanId,
        parent_span_id: call.parentSpanId,
        route: call.route,
        upstream: call.upstream,
      }),
    }),
  };
}

const STATUSES: Readonly<Record<FindingJson['status'], readonly [number, string]>> = {
  suggested: [1, 'New'],
  accepted: [2, 'In Progress'],
  dismissed: [3, 'Suppressed'],
};

/** A technique of ATT&CK or ATLAS: `T1550.001` is number 001 below T1550, `AML.T0051.001` below AML.T0051. */
function toAttack(uid: string): object {
  const parent = /^((?:AML\.)?T\d+)\.\d+$/.exec(uid)?.[1];
  return parent === undefined ? { technique: { uid } } : { technique: { uid: parent }, sub_technique: { uid } };
}

/** A finding as an event of class Detection Finding. */
function toDetectionFinding(finding: FindingJson, source: ExportSource): object {
  const severity = SEVERITIES[finding.severity];
  const confidence = CONFIDENCES[finding.confidence];
  const [status_id, status] = STATUSES[finding.status];
  const [first, last] = finding.window ?? [];
  const time = finding.detectedAt ?? last ?? source.view.json.case.window?.[1];
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: DETECTION_FINDING,
    class_name: 'Detection Finding',
    type_uid: DETECTION_FINDING * 100 + 1,
    severity_id: severity,
    severity: SEVERITY_NAMES[severity],
    confidence_id: confidence,
    confidence: CONFIDENCE_NAMES[confidence],
    status_id,
    status,
    time: time === undefined ? 0 : epochMsOf(time),
    message: finding.summary ?? finding.title,
    metadata: metadata(source, finding.id),
    finding_info: {
      uid: finding.id,
      title: finding.title,
      types: [finding.family, ...finding.maps.owaspApi, ...finding.maps.owaspLlm, ...finding.maps.owaspAgentic, ...finding.maps.cwe],
      analytic: { uid: finding.detector, name: finding.detector, type_id: 1, type: 'Rule', version: String(finding.version) },
      attacks: [...finding.maps.attack, ...finding.maps.atlas].map(toAttack),
      ...(first === undefined || last === undefined ? {} : { first_seen_time: epochMsOf(first), last_seen_time: epochMsOf(last) }),
    },
    evidences: finding.calls.slice(0, MAX_EVIDENCES).flatMap((ref) => {
      const call = source.view.call(ref);
      return call === undefined ? [] : [{ data: { ref }, api: api(call), actor: actor(call), ...known({ src_endpoint: callerOf(call) }) }];
    }),
    resources: finding.endpoints.map((uid) => ({ uid, type: 'API endpoint' })),
    ...(finding.remediation.length === 0 ? {} : { remediation: { desc: finding.remediation.join('\n') } }),
    unmapped: { calls: finding.calls.length, confidence: finding.confidence, observed: finding.observed, expected: finding.expected },
  };
}

/** Findings and calls as events of the Open Cybersecurity Schema Framework, one a line. */
export const ocsf: FileFormat = {
  kind: 'file',
  ofCalls: true,
  id: 'ocsf',
  title: 'OCSF events',
  holds: `Findings (Detection Finding, ${String(DETECTION_FINDING)}) and calls (API Activity, ${String(API_ACTIVITY)}) as events of OCSF ${OCSF}, one JSON object a line, for a SIEM or a security lake.`,
  ending: 'ocsf.ndjson',
  async write(source, output) {
    for (const finding of source.view.json.findings) output.write(`${canonicalJson(toDetectionFinding(finding, source))}\n`);
    for (const call of selectedCalls(source)) {
      output.write(`${canonicalJson(toApiActivity(call, source))}\n`);
      await source.breathe();
    }
  },
};
