import { z } from 'zod';
import type { ReportJson } from '../../contract/report-json.ts';
import { KNOWLEDGE_KINDS } from '../../model/knowledge/kinds.ts';
import { nameGivers } from '../../model/name-giver.ts';
import { SIGNATURE_REASONS, SIGNATURE_STATES } from '../../model/token-signature.ts';

/*
 * `report.json` described for programs that read it. `resources/schema/report.schema.json` is generated from this, and a
 * type below keeps it and the contract's types the same. It stays whole, since it is one document.
 */

const text = z.string();
const texts = z.array(text);
const amount = z.number().int().min(0);
const share = z.number().min(0).max(1);
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  .meta({ id: 'time', description: 'UTC, six digits of a second' });
const span = z.tuple([time, time]).meta({ id: 'span', description: 'First and last moment' });
const ref = z.string().regex(/#\d+$/).meta({ id: 'ref', description: 'A call: source name, #, number of the record from 1' });
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ id: 'sha256' });
const kind = z.enum(['human', 'service', 'agent', 'unknown']);
const edgeKind = z.enum(['trace', 'rpc', 'nesting', 'redirect', 'pagination', 'credential', 'initiator', 'value', 'adjacent']);

const source = z.object({
  name: text,
  format: text.exactOptional(),
  recognizedBy: z.enum(['content', 'name', 'override']).exactOptional(),
  evidence: text,
  sha256: z.union([sha256, z.literal('')]).meta({ description: 'Empty while the source is not read to its end' }),
  bytes: amount,
  records: amount,
  accepted: amount,
  rejected: amount,
  skipped: amount,
  timeRange: span.exactOptional(),
  timezone: z.enum(['in the data', 'given', 'assumed UTC', 'none']),
  container: z.object({ name: text, sha256 }).exactOptional(),
  rejectedBy: z.record(text, amount),
  warnedBy: z.record(text, amount).exactOptional().meta({ description: 'Doubts about records that are used, and about the file' }),
  duplicateOf: text.exactOptional(),
  clockAheadMs: z
    .number()
    .exactOptional()
    .meta({ description: 'By how much its clock ran ahead of the one that chains were linked on, in ms' }),
  notes: texts,
});

const suppression = z.object({
  id: text,
  scope: z.object({
    detector: text.exactOptional(),
    principal: text.exactOptional(),
    endpoint: text.exactOptional(),
    query: text.exactOptional(),
  }),
  reason: text,
  until: text.exactOptional(),
  hides: amount,
  expired: amount,
});

const knowledge = z.object({
  kind: z.enum(KNOWLEDGE_KINDS),
  name: text,
  sha256: z.union([sha256, z.literal('')]).meta({ description: 'Of the text as it was added; empty when an earlier version added it' }),
  says: text,
});

const level = z.enum(['S0', 'S1', 'S2', 'S3']);

const endpoint = z.object({
  id: text,
  host: text,
  method: text,
  template: text,
  calls: amount,
  principals: amount,
  agents: amount,
  spec: z.enum(['documented', 'shadow', 'zombie', 'orphan', 'no-spec']),
  operation: text.exactOptional(),
  sensitivity: level,
  override: z
    .object({ workedOut: level, reason: text })
    .exactOptional()
    .meta({ description: 'The analyst gave the sensitivity, in place of the one that was worked out' }),
  classifiedFrom: z.enum(['bodies', 'names']),
  flags: z.array(z.enum(['moves-money', 'grants-power', 'destroys', 'sends-outside'])),
  auth: texts,
  statuses: z.record(text, amount),
  dataTypes: z.array(
    z.object({
      type: text,
      where: text,
      share,
      samples: texts.exactOptional().meta({ description: 'Forms of values, masked: never a value' }),
    }),
  ),
  drift: z.array(z.object({ kind: text, where: text, calls: amount })),
  firstSeen: time.exactOptional(),
  lastSeen: time.exactOptional(),
});

const principal = z.object({
  id: text,
  label: text,
  kind,
  rung: z.number().int().min(1).max(7),
  why: text,
  namedBy: z.enum(nameGivers).exactOptional().meta({ description: 'Who gave it its name, where no credential shows it' }),
  credentials: texts,
  scopesGranted: texts,
  scopesUsed: texts,
  scopesUnused: texts,
  weak: z.boolean().meta({ description: 'Told by network and program only' }),
  owner: text.exactOptional(),
  ownerFrom: z.enum(['list', 'analyst']).exactOptional(),
  status: z.enum(['active', 'disabled', 'revoked']).exactOptional(),
  shared: text.exactOptional().meta({ description: 'Why several principals may stand behind it' }),
  conflicts: texts,
  signs: z.array(z.object({ rung: z.number().int().min(1).max(7), kind, says: text, calls: amount })),
  joined: z.array(z.object({ label: text, why: text, by: z.enum(['evidence', 'analyst']) })),
  calls: amount,
  hops: amount.exactOptional().meta({ description: 'Of the calls, inner hops of other calls of this principal' }),
  firstSeen: time.exactOptional(),
  lastSeen: time.exactOptional(),
});

const credential = z.object({
  id: text,
  kind: z.enum(['jwt', 'api-key', 'session', 'basic', 'mtls', 'opaque', 'identity']),
  masked: text,
  principal: text.exactOptional(),
  audiences: texts,
  scopes: texts,
  actChain: texts,
  issuedAt: time.exactOptional(),
  expiresAt: time.exactOptional(),
  lifetimeSeconds: z.number().exactOptional(),
  firstUse: time.exactOptional(),
  lastUse: time.exactOptional(),
  contexts: amount,
  calls: amount.exactOptional(),
  issuer: text.exactOptional(),
  subject: text.exactOptional(),
  hosts: amount.exactOptional(),
  longestSilenceSeconds: amount.exactOptional(),
  exposures: amount.exactOptional(),
  signature: z
    .object({ state: z.enum(SIGNATURE_STATES), reason: z.enum(SIGNATURE_REASONS), says: text, keySet: text.exactOptional() })
    .exactOptional(),
  issues: texts,
});

const edge = z.object({
  from: ref,
  to: ref,
  kind: edgeKind,
  kinds: z.array(edgeKind).min(1),
  fromAt: text.exactOptional(),
  toAt: text.exactOptional(),
  confidence: share,
  why: text,
});

const chain = z.object({
  id: text,
  principal: text.exactOptional(),
  root: ref,
  signature: text,
  depth: amount,
  start: time.exactOptional(),
  end: time.exactOptional(),
  calls: z.array(ref).min(2),
  edges: z.array(edge),
});

const fact = z.union([text, z.number(), z.boolean(), texts, z.array(z.number())]);

const machineLink = z.object({
  principal: text,
  label: text,
  service: text.exactOptional(),
  credential: text.exactOptional(),
  calls: amount,
  failed: amount,
  firstSeen: time.exactOptional(),
  lastSeen: time.exactOptional(),
});

const at = z.object({ call: ref, time: time.exactOptional() });
const tone = z.enum(['plain', 'seen', 'refused', 'grave']);
const textPiece = z.object({ state: z.enum(['same', 'gone', 'new', 'seen']), text });
const exhibit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('strip'),
    title: text,
    lanes: texts,
    marks: z.array(z.object({ at, lane: amount, tone, label: text })),
    omitted: amount,
  }),
  z.object({
    kind: z.literal('ledger'),
    title: text,
    head: texts,
    rows: z.array(z.object({ at, tone, cells: texts })),
    omitted: amount,
  }),
  z.object({
    kind: z.literal('steps'),
    title: text,
    steps: z.array(z.object({ at: at.exactOptional(), state: z.enum(['done', 'missing', 'crossed']), text })),
  }),
  z.object({
    kind: z.literal('bipartite'),
    title: text,
    left: texts,
    right: texts,
    links: z.array(z.object({ at, from: amount, to: amount, tone })),
    omitted: amount,
  }),
  z.object({ kind: z.literal('curve'), title: text, x: text, y: text, points: z.array(z.tuple([z.number(), z.number()])) }),
  z.object({
    kind: z.literal('texts'),
    title: text,
    parts: z.array(z.object({ at, heading: text, pointer: text, text, pieces: z.array(textPiece).exactOptional() })),
  }),
]);

const cause = z.enum(['stolen', 'over-privileged', 'misled']);
const rootCause = z.object({
  kind: z.enum(['stolen', 'over-privileged', 'misled', 'undecided']),
  why: text,
  signs: z.array(
    z.object({ cause, speaks: z.enum(['for', 'against']), strength: z.enum(['proof', 'strong', 'weak']), text, finding: text }),
  ),
});

const finding = z.object({
  id: text,
  detector: text,
  version: z.number().int().min(1),
  family: z.enum(['incident', 'posture', 'rule']),
  story: text,
  rootCause: rootCause.exactOptional(),
  title: text,
  summary: text.exactOptional(),
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']),
  severityWhy: text,
  confidence: z.enum(['observed', 'inferred', 'suspected']),
  score: z.number(),
  status: z.enum(['suggested', 'accepted', 'dismissed']),
  reason: text,
  principals: texts,
  credentials: texts,
  endpoints: texts,
  chains: texts,
  calls: z.array(ref),
  window: span.exactOptional(),
  detectedAt: time.exactOptional(),
  observed: z.record(text, fact),
  expected: z.record(text, fact),
  chance: z.object({ p: z.number(), q: z.number(), day: time, peers: amount, rarest: text, rarestP: z.number() }).exactOptional(),
  benignTested: z.array(z.object({ explanation: text, result: text })),
  maps: z.object({ owaspApi: texts, owaspLlm: texts, owaspAgentic: texts, attack: texts, atlas: texts, cwe: texts }),
  suppressedBy: text.exactOptional(),
  foundSeverity: z.enum(['info', 'low', 'medium', 'high', 'critical']).exactOptional(),
  severityReason: text.exactOptional(),
  note: text.exactOptional(),
  mergedInto: text.exactOptional(),
  merged: texts.exactOptional(),
  remediation: texts,
  exhibits: z.array(exhibit).exactOptional(),
});

const leastPrivilege = z.object({
  principal: text,
  observedWindow: span.exactOptional(),
  observedFrom: z.enum(['baseline', 'all']),
  observedCalls: amount,
  holdOut: z.boolean(),
  operations: texts,
  policy: z.object({ cedar: text, cedarSchema: text, rego: text, openfga: text }),
  replay: z.object({ incidentBlocked: amount, incidentTotal: amount, legitimateBroken: amount, legitimateTotal: amount }),
  counterfactuals: z.array(
    z.object({
      id: text,
      control: text,
      assumes: text,
      incidentBlocked: amount,
      incidentTotal: amount,
      incidentUnknown: amount,
      legitimateBroken: amount,
      legitimateTotal: amount,
      legitimateUnknown: amount,
      savedBytes: amount,
    }),
  ),
});

const blastArea = z.object({ endpoints: amount, hosts: amount, dataTypes: texts, people: amount });

const revocation = z.object({
  order: z.number().int().min(1),
  credential: text,
  knownAs: z
    .array(z.object({ name: text, value: text, call: ref }))
    .meta({ description: 'Ids by which gateways and clouds know it, each with a record that has it in full' })
    .exactOptional(),
  role: z.enum(['incident', 'parent', 'child', 'exposed', 'revoked', 'weak']),
  reason: text,
  score: z.number(),
  terms: z.array(z.object({ name: text, points: z.number(), why: text })),
  stillValidSeconds: z.number().exactOptional(),
  usedBy: texts,
  dependents: texts,
  rotateAfter: texts,
  rotateBefore: texts,
  blastRadius: z.object({ used: blastArea, reachable: blastArea }),
  containment: z
    .object({
      callsAfter: amount,
      acceptedBy: texts,
      revokedAt: time,
      knownFrom: z.enum(['analyst', 'evidence']),
      why: text,
      state: z.enum(['held', 'broken', 'no-evidence']),
      refusedAfter: amount,
      lastAcceptedAfterSeconds: z.number().exactOptional(),
    })
    .exactOptional(),
});

const incident = z.object({
  number: amount,
  story: text,
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']),
  findings: texts,
  principals: texts,
  credentials: texts,
  calls: amount,
  window: span.exactOptional(),
  detectedAt: time.exactOptional(),
  people: amount.meta({ description: 'People whose records were in the answers to its calls; a lower bound' }),
  peopleBy: z
    .enum(['answers', 'paths'])
    .meta({ description: 'How that is known: names in answers that were kept, or ids in the paths of answered calls' })
    .exactOptional(),
  listsOfPeople: amount.meta({ description: 'Lists of people among the answers whose length the evidence does not show, so not counted' }),
  steps: z.array(z.object({ call: ref, time: time.exactOptional(), role: text, text })),
});

const report = z.object({
  schema: z.literal('spoor-report/1'),
  case: z.object({
    title: text,
    spoorVersion: text,
    rulesVersion: text,
    window: span.exactOptional(),
    baseline: span.exactOptional(),
    incident: span.exactOptional(),
  }),
  sources: z.array(source),
  suppressions: z.array(suppression).meta({ description: 'Rules of the analyst that set findings aside' }),
  knowledge: z.array(knowledge).meta({ description: 'What the case was told beside its evidence' }),
  coverage: z.object({
    calls: amount,
    withPrincipal: amount,
    withBodies: amount,
    withTraceId: amount,
    notEvaluable: z.array(z.object({ detector: text, reason: text })),
    partlyEvaluable: z
      .array(z.object({ detector: text, reason: text, sources: texts }))
      .meta({ description: 'Detectors that answered, and for which part of the evidence they could not look' }),
  }),
  endpoints: z.array(endpoint),
  principals: z.array(principal),
  credentials: z.array(credential),
  chains: z.array(chain),
  findings: z.array(finding),
  incidents: z.array(incident).meta({ description: 'Findings of incidents that belong together, the gravest first' }),
  leastPrivilege: z.array(leastPrivilege),
  revocation: z.array(revocation),
  revocationCallers: z
    .array(z.object({ principal: text, calls: amount, findings: texts, credentials: texts }))
    .meta({ description: 'Principals of incidents whose credential stands in no source' }),
  machineLinks: z.array(machineLink),
  kpis: z.object({
    agentFacingEndpoints: z.object({ monitored: amount, total: amount }),
    anomalousCalls: amount,
    authenticatedShare: share,
    anomalousShare: share,
    callsByKind: z.object({ human: amount, service: amount, agent: amount, unknown: amount }),
    unknownShare: share,
    agents: z.object({ total: amount, withOwner: amount, withoutOwner: texts }),
    machineToMachine: z.object({ links: amount, calls: amount, attributed: amount }),
    pivot: z.object({
      exposureSeconds: z.number().exactOptional(),
      discoveryLagSeconds: z.number().exactOptional(),
      discoveryLagFinding: text.exactOptional(),
      findingToRevocationSeconds: z.number().exactOptional(),
      residualValiditySeconds: z.number().exactOptional(),
      stillValid: z
        .object({ of: amount, usable: amount, withoutEnd: amount, longestSeconds: z.number().exactOptional() })
        .meta({ description: 'Credentials of incidents, and how many of them can still be used after the evidence' }),
    }),
    definitions: z.array(z.object({ kpi: text, question: text, definition: text })),
  }),
});

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** `never`, so that what gives one does not compile, when the description and the contract differ. */
type SchemaOfContract = Same<DeepReadonly<z.output<typeof report>>, DeepReadonly<ReportJson>> extends true ? object : never;

/**
 * The JSON Schema (draft 2020-12) of `report.json`. `strict` forbids members that it does not name; the published one allows
 * them, since later versions may add some.
 */
export function reportJsonSchema(strict: boolean): SchemaOfContract {
  return {
    ...z.toJSONSchema(report, { io: strict ? 'output' : 'input' }),
    title: 'Spoor report',
    description: 'What a Spoor case holds. Absent is absent: no member is ever null.',
  };
}
