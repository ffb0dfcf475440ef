import type {
  CallJson,
  ChainJson,
  CredentialJson,
  EndpointJson,
  FindingJson,
  LeastPrivilegeJson,
  PrincipalJson,
  SourceJson,
} from '#shared/contract/report-json.ts';
import type { RevocationJson } from '#shared/contract/revocation.ts';
import type { ReportView } from '#shared/engine/report/section.ts';
import { incidentOf, stepsOf } from './report-incident.ts';
import { sampleRemarks } from './report-remarks.ts';
import { SAMPLE_RULES } from './report-rules.ts';

/** Replaces every evidence text of the fixture, so that a test can put the same hostile string everywhere. */
export type Spoil = (text: string) => string;

const keep: Spoil = (text) => text;
const time = (clock: string): string => `2026-03-12T${clock}.000000Z`;
const STEPS = [
  ['14:02:11', 'GET', 'api.shop.test', '/v1/tickets/4711', '/v1/tickets/{id}', 200],
  ['14:02:14', 'GET', 'api.shop.test', '/v1/customers', '/v1/customers', 200],
  ['14:02:19', 'GET', 'api.shop.test', '/v1/customers/1093/cards', '/v1/customers/{id}/cards', 200],
  ['14:02:21', 'GET', 'api.shop.test', '/v1/customers/1094/cards', '/v1/customers/{id}/cards', 200],
  ['14:02:23', 'GET', 'api.shop.test', '/v1/customers/1095/cards', '/v1/customers/{id}/cards', 200],
  ['14:02:31', 'POST', 'paste.evil.test', '/api/drop', '/api/drop', 201],
] as const;
const ref = (index: number, spoil: Spoil): string => `${spoil('logs/kong.jsonl')}#${String(120 + index)}`;
const revocationOf = (spoil: Spoil): RevocationJson => ({
  order: 1,
  credential: spoil('jwt-1'),
  role: 'incident',
  reason: 'It made 4 of 4 incident calls; an incident of severity critical names it; no expiry is known.',
  score: 90,
  terms: [
    { name: 'incident', points: 60, why: 'critical 60 × observed 1 (sensitive-read-to-external-write)' },
    { name: 'still valid', points: 15, why: 'no end is known: it works until it is revoked' },
    { name: 'share of the incidents', points: 15, why: '15 × 4 of 4 incident calls' },
  ],
  usedBy: [spoil('agent:support-bot')],
  dependents: [spoil('agent:support-bot')],
  rotateAfter: [spoil('opaque-1')],
  rotateBefore: [],
  blastRadius: {
    used: { endpoints: 3, hosts: 1, dataTypes: ['payment-card'], people: 3 },
    reachable: { endpoints: 4, hosts: 2, dataTypes: ['email', 'payment-card'], people: 8 },
  },
  containment: {
    callsAfter: 2,
    acceptedBy: [spoil('api.shop.test')],
    revokedAt: time('15:00:00'),
    knownFrom: 'analyst',
    why: 'the analyst gave the time',
    state: 'broken',
    refusedAfter: 1,
    lastAcceptedAfterSeconds: 300,
  },
});

const callsOf = (spoil: Spoil): readonly CallJson[] =>
  STEPS.map(([clock, method, host, path, template, status], index) => ({
    ref: ref(index, spoil),
    time: time(clock),
    timeKind: 'start',
    durationMs: 120,
    method,
    host: spoil(host),
    path: spoil(path),
    endpoint: `${method} ${spoil(host)}${spoil(template)}`,
    status,
    principal: spoil('agent:support-bot'),
    kind: 'agent',
    userAgent: spoil('support-agent/2.3'),
    format: 'kong-json',
  }));

function chainOf(spoil: Spoil): ChainJson {
  const at = (index: number): string => ref(index, spoil);
  const edge = (
    from: number,
    to: number,
    kind: 'value' | 'trace' | 'nesting',
    fromAt: string,
    toAt: string,
  ): ChainJson['edges'][number] => ({
    from: at(from),
    to: at(to),
    kind,
    kinds: [kind],
    fromAt: spoil(fromAt),
    toAt: spoil(toAt),
    confidence: kind === 'nesting' ? 0.7 : 0.98,
    why: spoil(`${fromAt} → ${toAt}`),
  });
  return {
    id: at(0),
    principal: spoil('agent:support-bot'),
    root: at(0),
    signature: spoil('GET tickets > GET customers > GET cards > POST drop'),
    depth: 4,
    start: time('14:02:11'),
    end: time('14:02:31'),
    calls: STEPS.map((_step, index) => at(index)),
    edges: [
      edge(0, 1, 'trace', 'trace', 'trace'),
      edge(1, 2, 'value', 'response $.items[0].id', 'path {id}'),
      edge(1, 3, 'value', 'response $.items[1].id', 'path {id}'),
      edge(1, 4, 'nesting', 'response $.items[2].id', 'path {id}'),
      edge(2, 5, 'value', 'response $.card.number', 'request $.text'),
      edge(4, 5, 'value', 'response $.card.number', 'request $.text'),
    ],
  };
}

const endpointOf = (spoil: Spoil, method: string, host: string, template: string, extra: Partial<EndpointJson> = {}): EndpointJson => ({
  id: `${method} ${spoil(host)}${spoil(template)}`,
  host: spoil(host),
  method,
  template: spoil(template),
  calls: 1200,
  principals: 4,
  agents: 1,
  spec: 'documented',
  sensitivity: 'S1',
  classifiedFrom: 'bodies',
  flags: [],
  auth: ['bearer'],
  statuses: { '200': 1190, '404': 10 },
  dataTypes: [],
  drift: [],
  firstSeen: time('00:00:04'),
  lastSeen: time('23:59:58'),
  ...extra,
});

const policyOf = (spoil: Spoil): LeastPrivilegeJson => ({
  principal: spoil('agent:support-bot'),
  observedWindow: [time('08:00:00'), time('12:00:00')],
  observedFrom: 'baseline',
  observedCalls: 120,
  holdOut: true,
  operations: [`GET ${spoil('api.shop.test')}/v1/tickets/{id}`],
  policy: { cedar: spoil('permit'), cedarSchema: spoil('entity'), rego: spoil('package'), openfga: spoil('model') },
  replay: { incidentBlocked: 4, incidentTotal: 6, legitimateBroken: 1, legitimateTotal: 80 },
  counterfactuals: [
    {
      id: 'lifetime-15',
      control: 'token lifetime 15 min',
      assumes: 'Nobody renews.',
      incidentBlocked: 5,
      incidentTotal: 6,
      incidentUnknown: 1,
      legitimateBroken: 70,
      legitimateTotal: 80,
      legitimateUnknown: 0,
      savedBytes: 12_000,
    },
  ],
});

function findingsOf(spoil: Spoil): readonly FindingJson[] {
  const maps = {
    owaspApi: ['API3:2023'],
    owaspLlm: ['LLM01:2025'],
    owaspAgentic: ['ASI01'],
    attack: ['T1567'],
    atlas: ['AML.T0051'],
    cwe: ['CWE-200'],
  };
  const base = {
    version: 1,
    status: 'suggested',
    reason: '',
    principals: [spoil('agent:support-bot')],
    credentials: ['jwt-1'],
    maps,
  } as const;
  return [
    {
      ...base,
      id: spoil('sensitive-read-to-external-write:agent:support-bot'),
      detector: 'sensitive-read-to-external-write',
      family: 'incident',
      story: spoil('support-bot read ticket 4711, listed customers, read three cards and posted card data to paste.evil.test.'),
      title: spoil('support-bot read card data of 3 customers and posted it to paste.evil.test'),
      severity: 'critical',
      severityWhy: 'high +1 value flow proved = critical',
      confidence: 'observed',
      score: 0.97,
      endpoints: [
        `POST ${spoil('paste.evil.test')}${spoil('/api/drop')}`,
        `GET ${spoil('api.shop.test')}${spoil('/v1/customers/{id}/cards')}`,
      ],
      chains: [ref(0, spoil)],
      calls: [2, 3, 4, 5].map((index) => ref(index, spoil)),
      window: [time('14:02:19'), time('14:02:31')],
      detectedAt: time('14:02:31'),
      observed: { [spoil('cardNumbers')]: 3, destination: spoil('paste.evil.test') },
      expected: { destination: [spoil('api.shop.test')] },
      benignTested: [
        { explanation: spoil('The host is a partner that the description names'), result: spoil('no: no description names it') },
      ],
      remediation: [spoil('Revoke jwt-1 and every token issued to support-bot'), 'Let the support agent reach listed hosts only'],
    },
    {
      ...base,
      id: 'jwt-lifetime:jwt-1',
      detector: 'jwt-lifetime',
      family: 'posture',
      story: '',
      title: spoil('Token jwt-1 lives 3 years and holds all 14 scopes'),
      severity: 'medium',
      severityWhy: 'medium',
      confidence: 'observed',
      score: 0.4,
      endpoints: [],
      chains: [],
      calls: [ref(0, spoil)],
      observed: { lifetimeSeconds: 94_608_000 },
      expected: { lifetimeSeconds: 86_400 },
      benignTested: [],
      remediation: ['Issue tokens for an hour'],
    },
  ];
}

const sourceOf = (spoil: Spoil): SourceJson => ({
  name: spoil('logs/kong.jsonl'),
  format: 'kong-json',
  recognizedBy: 'content',
  evidence: spoil('the first 20 lines are objects with request, response and started_at'),
  sha256: 'a3f1'.repeat(16),
  bytes: 652_265_615,
  records: 18_432,
  accepted: 18_430,
  rejected: 2,
  skipped: 0,
  timeRange: [time('00:00:04'), time('23:59:58')],
  timezone: 'in the data',
  container: { name: spoil('bundle.zip'), sha256: 'b4c2'.repeat(16) },
  rejectedBy: { [spoil('JSON_SYNTAX')]: 2 },
  notes: [spoil('no request bodies in this source')],
});

const principalsOf = (spoil: Spoil): readonly PrincipalJson[] => [
  {
    id: spoil('agent:support-bot'),
    label: spoil('support-bot'),
    kind: 'agent',
    rung: 2,
    why: spoil('token claim client_id, User-Agent names an agent'),
    credentials: ['jwt-1'],
    scopesGranted: [spoil('tickets:read'), 'customers:read', 'cards:read', 'admin'],
    scopesUsed: [spoil('tickets:read')],
    scopesUnused: ['admin'],
    weak: false,
    conflicts: [],
    signs: [],
    joined: [],
    calls: 812,
    firstSeen: time('00:04:00'),
    lastSeen: time('23:40:00'),
  },
  {
    id: 'web',
    label: 'web-frontend',
    kind: 'service',
    rung: 4,
    why: 'consumer of the gateway',
    credentials: [],
    scopesGranted: [],
    scopesUsed: [],
    scopesUnused: [],
    weak: false,
    conflicts: [],
    signs: [],
    joined: [],
    calls: 17_618,
  },
];

const credentialOf = (spoil: Spoil): CredentialJson => ({
  id: 'jwt-1',
  kind: 'jwt',
  masked: spoil('eyJ…Qx4'),
  principal: spoil('agent:support-bot'),
  audiences: [spoil('shop')],
  scopes: [spoil('tickets:read'), 'admin'],
  actChain: [],
  issuedAt: time('00:00:00'),
  expiresAt: '2029-03-11T00:00:00.000000Z',
  lifetimeSeconds: 94_608_000,
  contexts: 2,
  issues: [spoil('lives longer than 90 days')],
});

/**
 * A report about a support agent that reads a poisoned ticket, lists customers, reads card data and posts it to a foreign
 * host, with a token of every scope that lives three years. `spoil` changes every text that would come from the evidence.
 */
export function sampleReportView(spoil: Spoil = keep): ReportView {
  const calls = new Map(callsOf(spoil).map((call) => [call.ref, call]));
  const [chain, findings, principals] = [chainOf(spoil), findingsOf(spoil), principalsOf(spoil)];
  const window = [time('00:00:04'), time('23:59:58')] as const;
  const notEvaluable = [{ detector: 'shadow-endpoint', reason: spoil('no API description was provided') }];
  const partly = [{ detector: 'error-leak', reason: spoil('bodies of answers: missing in kong.log'), sources: [] }];
  const bins = Array.from({ length: 96 }, (_, index) => ({
    start: time(`${String(Math.floor(index / 4)).padStart(2, '0')}:${String((index % 4) * 15).padStart(2, '0')}:00`),
    calls: index > 8 && index < 15 ? 0 : Math.round(190 + 150 * Math.sin((index - 30) / 14)),
    failed: index % 9 === 0 && (index <= 8 || index >= 15) ? 12 : 0,
    inFindings: index === 56 ? 4 : 0,
  }));
  return {
    json: {
      schema: 'spoor-report/1',
      case: { title: spoil('IR-2026-015 support agent'), spoorVersion: '0.1.0', rulesVersion: '5d0c1a2b3c4d', window },
      sources: [sourceOf(spoil)],
      suppressions: [],
      knowledge: [{ kind: 'iam', name: spoil('iam.csv'), sha256: 'a'.repeat(64), says: spoil('3 principals') }],
      coverage: { calls: 18_430, withPrincipal: 18_001, withBodies: 9200, withTraceId: 12_000, notEvaluable, partlyEvaluable: partly },
      endpoints: [
        endpointOf(spoil, 'GET', 'api.shop.test', '/v1/tickets/{id}'),
        endpointOf(spoil, 'GET', 'api.shop.test', '/v1/customers', {
          sensitivity: 'S2',
          dataTypes: [{ type: 'email', where: spoil('response $.items[*].email'), share: 0.98 }],
        }),
        endpointOf(spoil, 'GET', 'api.shop.test', '/v1/customers/{id}/cards', {
          sensitivity: 'S3',
          dataTypes: [{ type: 'payment-card', where: 'response $.card.number', share: 1 }],
        }),
        endpointOf(spoil, 'POST', 'paste.evil.test', '/api/drop', { spec: 'shadow', flags: ['sends-outside'], calls: 1, agents: 1 }),
      ],
      principals,
      credentials: [credentialOf(spoil)],
      incidents: [incidentOf(spoil)],
      findings,
      leastPrivilege: [policyOf(spoil)],
      ...{ revocation: [revocationOf(spoil)], revocationCallers: [] },
      machineLinks: [{ principal: 'agent:support-bot', label: 'support-bot', service: spoil('api.shop.test'), calls: 4, failed: 0 }],
      kpis: {
        agentFacingEndpoints: { monitored: 4, total: 4 },
        anomalousCalls: 4,
        authenticatedShare: 0.992,
        anomalousShare: 0.25,
        callsByKind: { human: 0, service: 1, agent: 3, unknown: 0 },
        unknownShare: 0,
        agents: { total: 1, withOwner: 0, withoutOwner: ['agent:support-bot'] },
        machineToMachine: { links: 1, calls: 4, attributed: 4 },
        pivot: { exposureSeconds: 60, stillValid: { of: 2, usable: 1, withoutEnd: 0, longestSeconds: 3600 } },
        definitions: [{ kpi: 'agents', question: 'Does every agent have an owner?', definition: 'Agents with an owner.' }],
      },
    },
    overview: {
      info: { title: spoil('IR-2026-015 support agent'), revision: 4, analyzed: true, calls: 18_430, sources: 1, window },
      hosts: 2,
      endpoints: 4,
      shadowEndpoints: 1,
      specs: 1,
      principalsByKind: { human: 0, service: 1, agent: 1, unknown: 0 },
      callsByKind: { human: 0, service: 17_618, agent: 812, unknown: 0 },
      agentHops: 0,
      describedEndpoints: 12,
      visitors: 0,
      agents: { programs: 1, users: 0 },
      credentials: 1,
      chains: 1,
      provenChains: 1,
      linkedCalls: 6,
      edgesByKind: { trace: 1, value: 4, nesting: 1 },
      bytesOut: 3_204_551_010,
      writeCalls: 240,
      failedCalls: 120,
      records: { total: 18_432, accepted: 18_430, rejected: 2, skipped: 0 },
      unreadSources: 0,
      findingsBySeverity: { info: 0, low: 0, medium: 1, high: 0, critical: 1 },
      topFindings: findings,
      topPrincipals: principals,
      ...{ notEvaluable, partlyEvaluable: partly },
      story: stepsOf(spoil),
    },
    activity: { window, binSeconds: 900, bins },
    chains: () => [chain],
    chain: (id) => (id === chain.id ? chain : undefined),
    call: (wanted) => calls.get(wanted),
    aheadOf: () => 0,
    place: () => undefined,
    remarks: sampleRemarks([...calls.values()], spoil),
    method: [{ title: 'Callers and credentials', detail: spoil('2 callers, 1 credential; 429 calls without a caller.') }],
    issuesByCode: [{ source: spoil('logs/kong.jsonl'), code: spoil('JSON_SYNTAX'), severity: 'reject', count: 2 }],
    detectorSettings: SAMPLE_RULES,
  };
}
