import type { FindingJson, PrincipalJson } from '#shared/contract/report-json.ts';
import type { Activity, CallRow, IssueRow, Overview, SourceRow } from '#shared/contract/rows.ts';
import type { FakeAnswers } from './fake-client.ts';

/** A small incident as the engine would answer it: an agent reads card data and posts it to a foreign host. */
export const incident: FindingJson = {
  id: 'F-0001',
  detector: 'sensitive-read-to-external-write',
  version: 1,
  family: 'incident',
  story: 'Card data to files.dropbox-mirror.example by support-agent',
  title: 'support-agent sent card data of 214 customers to files.dropbox-mirror.example',
  severity: 'critical',
  severityWhy: 'high (base) + 1 (S3 data, observed in bodies) = critical',
  confidence: 'observed',
  score: 0.97,
  status: 'suggested',
  reason: '',
  principals: ['support-agent'],
  credentials: ['jwt-1'],
  endpoints: ['POST files.dropbox-mirror.example/upload'],
  chains: ['agent-host.har#12'],
  calls: ['agent-host.har#12', 'agent-host.har#31', 'agent-host.har#32', 'agent-host.har#40'],
  window: ['2026-10-03T22:14:07.113000Z', '2026-10-03T22:16:11.020000Z'],
  detectedAt: '2026-10-03T22:16:11.020000Z',
  observed: { valuesMoved: 3, destination: 'files.dropbox-mirror.example', secondsBetween: 58.2, customers: 214 },
  expected: { destination: ['api.acme.test', 'pay.acme.test'], valuesMoved: 0 },
  benignTested: [{ explanation: 'The host belongs to the company', result: 'no specification and no baseline call names it' }],
  maps: {
    owaspApi: ['API1:2023', 'API6:2023'],
    owaspLlm: ['LLM01:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1567'],
    atlas: ['AML.T0057'],
    cwe: ['CWE-200'],
  },
  remediation: [
    'Revoke jwt-1 at the issuer and check that it is refused.',
    'Allow the agent host to reach only the hosts in its baseline.',
    'Narrow the token to orders:read and tickets:read.',
  ],
};

/** The same finding with some keys changed, for the rest of a list. */
const like = (id: string, change: Partial<FindingJson>): FindingJson => ({
  ...incident,
  id,
  chains: [],
  family: 'posture',
  story: '',
  ...change,
});

export const findings: readonly FindingJson[] = [
  incident,
  like('F-0002', {
    detector: 'bola-enumeration',
    family: 'incident',
    story: incident.story,
    severity: 'high',
    confidence: 'inferred',
    title: 'support-agent walked through 1,402 customer ids of GET /v1/customers/{id} in 6 minutes, 9 times its usual reach',
  }),
  like('F-0003', { detector: 'jwt-lifetime', severity: 'medium', title: 'jwt-1 lives for three years' }),
  like('F-0004', { detector: 'unused-scopes', severity: 'medium', confidence: 'inferred', title: 'jwt-1 holds 11 scopes and used 3' }),
  like('F-0005', {
    detector: 'shadow-endpoint',
    severity: 'low',
    title: 'GET /internal/export/{id} answers and stands in no API description',
  }),
  like('F-0006', { detector: 'secret-exposure', severity: 'info', title: 'An API key stands in the query of 4 calls' }),
];

const principal = (label: string, kind: PrincipalJson['kind'], calls: number, why: string): PrincipalJson => ({
  id: label,
  label,
  kind,
  rung: 3,
  why,
  credentials: [],
  scopesGranted: [],
  scopesUsed: [],
  scopesUnused: [],
  weak: false,
  conflicts: [],
  signs: [],
  joined: [],
  calls,
});

export const overview: Overview = {
  info: {
    title: 'Acme Outfitters',
    revision: 4,
    analyzed: true,
    calls: 18_442,
    sources: 5,
    window: ['2026-09-30T09:14:00.000000Z', '2026-10-03T22:41:00.000000Z'],
  },
  hosts: 7,
  endpoints: 48,
  shadowEndpoints: 9,
  specs: 2,
  principalsByKind: { human: 31, service: 6, agent: 3, unknown: 0 },
  callsByKind: { human: 6120, service: 9804, agent: 2518, unknown: 0 },
  agentHops: 0,
  describedEndpoints: 12,
  visitors: 0,
  agents: { programs: 3, users: 0 },
  credentials: 14,
  chains: 900,
  provenChains: 812,
  linkedCalls: 17_907,
  edgesByKind: { trace: 12_020, value: 41, credential: 300 },
  bytesOut: 321_440_218,
  writeCalls: 221,
  failedCalls: 640,
  records: { total: 18_946, accepted: 18_442, rejected: 311, skipped: 193 },
  unreadSources: 0,
  findingsBySeverity: { critical: 1, high: 1, medium: 2, low: 1, info: 1 },
  topFindings: findings.slice(0, 5),
  topPrincipals: [
    principal('order-sync', 'service', 6120, 'consumer named by the gateway'),
    principal('support-agent', 'agent', 2410, 'User-Agent of a known agent host, same token throughout'),
    principal('mallory@acme.test', 'human', 812, 'session cookie, browser User-Agent'),
    principal('unknown caller 10.4.1.9', 'unknown', 12, 'only an address'),
  ],
  notEvaluable: [
    { detector: 'token-replay', reason: 'no client address in agent-host.har' },
    { detector: 'response-size-drift', reason: 'envoy-edge.json holds no response sizes' },
  ],
  partlyEvaluable: [],
  story: [
    {
      call: 'agent-host.har#12',
      time: '2026-10-03T22:14:07.113000Z',
      role: 'entry',
      text: 'Read ticket 4711, whose text tells the reader to collect card data.',
    },
    {
      call: 'agent-host.har#31',
      time: '2026-10-03T22:14:40.402000Z',
      role: 'collect',
      text: 'Listed 214 customers that the ticket does not name.',
    },
    { call: 'agent-host.har#32', time: '2026-10-03T22:15:12.870000Z', role: 'read', text: 'Read the card data of 214 customers (S3).' },
    {
      call: 'agent-host.har#40',
      time: '2026-10-03T22:16:11.020000Z',
      role: 'send',
      text: 'Posted 182 kB to files.dropbox-mirror.example; three values prove where it came from.',
    },
  ],
};

/** Four days in half hours: office hours busy, a gap while a gateway was off, a peak in the last night. */
const activity: Activity = {
  window: ['2026-09-30T00:00:00.000000Z', '2026-10-04T00:00:00.000000Z'],
  binSeconds: 1800,
  bins: Array.from({ length: 192 }, (_, index) => {
    const hour = (index / 2) % 24;
    const off = index > 70 && index < 84;
    const night = index > 184;
    const calls = off ? 0 : night ? 260 : Math.round(40 + 120 * Math.max(0, Math.sin(((hour - 6) / 12) * Math.PI)));
    return {
      start: new Date(Date.UTC(2026, 8, 30) + index * 1_800_000).toISOString(),
      calls,
      failed: Math.round(calls * 0.05),
      inFindings: night ? 180 : 0,
    };
  }),
};

const source = (id: number, name: string, change: Partial<SourceRow>): SourceRow => ({
  id,
  name,
  state: 'complete',
  evidence: 'every line is a JSON object with request.uri, response.status and latencies',
  sha256: `${String(id)}f3a`.repeat(16),
  bytes: 12_440_218,
  bytesAccounted: 12_440_218,
  records: 9000,
  accepted: 9000,
  rejected: 0,
  skipped: 0,
  timezone: 'in the data',
  rejectedBy: {},
  notes: [],
  ...change,
});

const READ = { recognizedBy: 'content', timeRange: ['2026-09-30T09:14:00.000000Z', '2026-10-03T22:41:00.000000Z'] } as const;

export const sources: readonly SourceRow[] = [
  source(1, 'incident-bundle/kong-gateway/kong-2026-10-01-to-03.ndjson', {
    ...READ,
    format: 'kong-json',
    records: 9504,
    accepted: 9000,
    rejected: 311,
    skipped: 193,
    rejectedBy: { JSON_SYNTAX: 240, LINE_TOO_LONG: 61, JSON_DEPTH: 10 },
    container: { name: 'incident-bundle.zip', sha256: 'ab'.repeat(32) },
  }),
  source(2, 'incident-bundle/nginx/access.log', {
    ...READ,
    format: 'nginx-combined',
    evidence: 'lines fit the combined log format',
    records: 6020,
    accepted: 6020,
    bytes: 942_118,
    bytesAccounted: 942_118,
  }),
  source(3, 'incident-bundle/agent-host.har', {
    ...READ,
    format: 'har',
    evidence: 'log.entries with request and response',
    records: 3422,
    accepted: 3422,
    notes: ['recorded by Playwright 1.65'],
  }),
  source(4, 'incident-bundle/specs/shop.yaml', {
    recognizedBy: 'content',
    format: 'openapi',
    evidence: 'openapi: 3.1.0',
    records: 48,
    accepted: 48,
    timezone: 'none',
    bytes: 22_018,
    bytesAccounted: 22_018,
  }),
  source(5, 'incident-bundle/notes.docx', {
    evidence: 'no importer knows its first bytes',
    records: 0,
    accepted: 0,
    bytes: 48_118,
    bytesAccounted: 48_118,
    timezone: 'none',
  }),
];

const issues: readonly IssueRow[] = Array.from({ length: 504 }, (_, index) => ({
  source: sources[0]?.name ?? '',
  record: index * 17 + 3,
  byteStart: index * 9120 + 441,
  byteLength: 812,
  severity: index < 311 ? 'reject' : 'skip',
  code: index < 240 ? 'JSON_SYNTAX' : index < 301 ? 'LINE_TOO_LONG' : index < 311 ? 'JSON_DEPTH' : 'DUPLICATE',
  message:
    index < 240 ? 'JSON ends early at byte 812' : index < 311 ? 'longer than 1 MiB' : 'the same record as kong-2026-10-01-to-03.ndjson#88',
  excerpt: `{"request":{"method":"GET","uri":"/v1/customers/${String(index)}\u202E","headers":{"authorization":"Bearer \u2026masked`,
}));

const evidenceCalls: readonly CallRow[] = incident.calls.map((ref, id) => ({
  id,
  ref,
  findings: 1,
  time: overview.story[id]?.time ?? '2026-10-03T22:15:00.000000Z',
  timeKind: 'start',
  method: id === 3 ? 'POST' : 'GET',
  host: id === 3 ? 'files.dropbox-mirror.example' : 'api.acme.test',
  path: ['/v1/tickets/4711', '/v1/customers', '/v1/customers/cards', '/upload'][id] ?? '/',
  status: 200,
  format: 'har',
}));

/** Answers of an open, analysed case. */
export const answers: FakeAnswers = {
  'host.info': () => ({
    shell: 'browser',
    version: '0.1.0',
    why: 'the Electron binary could not be fetched',
    pdf: true,
    platform: 'linux',
  }),
  'host.cases': () => [
    { id: 'acme.spoor', title: 'Acme Outfitters', file: 'acme.spoor', bytes: 14_220_118, modified: '2026-10-05T08:12:00.000Z' },
    {
      id: 'billing.spoor',
      title: 'IR-2026-014 billing agent',
      file: 'ir-2026-014-billing-agent.spoor',
      bytes: 412_118_020,
      modified: '2026-10-01T16:40:00.000Z',
    },
  ],
  'host.current': () => ({
    case: { id: 'acme.spoor', title: 'Acme Outfitters', file: 'acme.spoor', bytes: 14_220_118, modified: '2026-10-05T08:12:00.000Z' },
  }),
  'host.openCase': ({ id }) => ({ id, title: 'Acme Outfitters', file: id, bytes: 14_220_118, modified: '2026-10-05T08:12:00.000Z' }),
  'host.closeCase': () => ({ closed: true }),
  'host.preview': () => ({ url: '/preview.html' }),
  'report.formats': () => [
    { format: 'html', title: 'HTML', holds: 'The same report as one file.', ending: 'html', isFolder: false, ofCalls: false },
    { format: 'json', title: 'JSON', holds: 'Everything behind the report.', ending: 'json', isFolder: false, ofCalls: false },
    {
      format: 'guardrail-pack',
      title: 'Guardrail pack',
      holds: 'For pipelines.',
      ending: 'guardrail-pack.zip',
      isFolder: true,
      ofCalls: false,
    },
  ],
  'host.export': ({ format }) => ({ kind: 'saved', name: `acme-report.${format}`, bytes: 812_440, sha256: 'c0ffee12'.repeat(8) }),
  'case.info': () => overview.info,
  'case.overview': () => overview,
  'calls.activity': () => activity,
  'sources.list': () => sources,
  'issues.page': ({ from, count, source: name, severity, code }) => {
    const rows = issues.filter(
      (issue) =>
        (name === undefined || issue.source === name) &&
        (severity === undefined || issue.severity === severity) &&
        (code === undefined || issue.code === code),
    );
    return { rows: rows.slice(from, from + count), from, total: rows.length };
  },
  'review.tags': () => [],
  'review.notes': () => [],
  'review.views': () => [],
  'review.history': () => [],
  'review.log': ({ from }) => ({ rows: [], from, total: 0 }),
  'findings.list': () => findings,
  'findings.get': ({ id }) => ({
    finding: findings.find((finding) => finding.id === id) ?? incident,
    question: 'Did data of customers leave through an agent?',
    principals: overview.topPrincipals.slice(1, 2),
    credentials: [
      {
        id: 'jwt-1',
        kind: 'jwt',
        masked: 'eyJhbGci…(fingerprint 9f2c41)',
        audiences: ['api.acme.test'],
        scopes: ['*'],
        actChain: [],
        contexts: 1,
        issues: [],
      },
    ],
    endpoints: [],
    calls: evidenceCalls,
    chains: [],
  }),
};
