import { groupBy } from '#shared/lib/group-by.ts';
import type {
  CallJson,
  ChainJson,
  CredentialJson,
  EdgeJson,
  EdgeKind,
  EndpointJson,
  FindingJson,
  PrincipalJson,
} from '#shared/contract/report-json.ts';
import type { CallTruth, CauseTruth } from '#test/support/scenarios/core/truth.ts';

import { EVIDENCE, type Export } from './export.ts';
import type { Truth } from './load.ts';

const EDGE_KINDS: Readonly<Record<CauseTruth['kind'], EdgeKind>> = {
  call: 'trace',
  value: 'value',
  credential: 'credential',
  redirect: 'redirect',
  pagination: 'pagination',
  rpc: 'rpc',
};

const toTime = (millis: number): string => `${new Date(millis).toISOString().slice(0, -1)}000Z`;
const nameOf = (method: string, host: string, template: string): string => `${method} ${host}${template}`;

/** The names of the records of a call, the first being its reference. */
function refsOf(truth: Truth, call: string): readonly string[] {
  return (truth.recordsOf.get(call) ?? []).map(({ ref }) => `${EVIDENCE}${ref}`);
}

const seenCalls = (truth: Truth): readonly CallTruth[] => [...truth.calls.values()].filter(({ id }) => truth.recordsOf.has(id));

function toCall(truth: Truth, call: CallTruth): CallJson {
  const [ref = '', ...alsoSeenAs] = refsOf(truth, call.id);
  return {
    ref,
    ...(alsoSeenAs.length === 0 ? {} : { alsoSeenAs }),
    time: toTime(call.at),
    timeKind: 'start',
    method: call.method,
    host: call.host,
    ...(call.template === undefined ? {} : { endpoint: nameOf(call.method, call.host, call.template) }),
    status: call.status,
    principal: call.principal,
    ...(call.credential === undefined || !truth.withCredentials.has(call.id) ? {} : { credential: call.credential }),
    kind: call.kind,
    chain: call.session,
    format: 'oracle',
  };
}

function toEdges(truth: Truth, to: CallTruth): readonly EdgeJson[] {
  return (to.causes ?? []).flatMap(({ from, kind, fromAt, toAt }): readonly EdgeJson[] => {
    const [cause, effect] = [refsOf(truth, from)[0], refsOf(truth, to.id)[0]];
    if (cause === undefined || effect === undefined) return [];
    // What no record holds cannot be said.
    if (kind === 'value' && !truth.withBodies.has(from)) return [];
    const places = {
      ...(fromAt === undefined ? {} : { fromAt }),
      ...(toAt === undefined ? {} : { toAt: toAt.replace(/^body /, 'request ') }),
    };
    return [{ from: cause, to: effect, kind: EDGE_KINDS[kind], kinds: [EDGE_KINDS[kind]], ...places, confidence: 1, why: 'it is true' }];
  });
}

function toChains(truth: Truth): readonly ChainJson[] {
  const sessions = groupBy(seenCalls(truth), ({ session }) => session);
  return [...sessions].map(([id, calls]) => {
    const refs = calls.flatMap((call) => refsOf(truth, call.id).slice(0, 1));
    return { id, root: refs[0] ?? '', signature: '', depth: 1, calls: refs, edges: calls.flatMap((call) => toEdges(truth, call)) };
  });
}

function toEndpoints({ scenario }: Truth): readonly EndpointJson[] {
  return scenario.endpoints.map(({ method, host, template, fields }) => ({
    id: nameOf(method, host, template),
    host,
    method,
    template,
    calls: 1,
    principals: 1,
    agents: 0,
    spec: 'no-spec',
    sensitivity: 'S0',
    classifiedFrom: 'bodies',
    flags: [],
    auth: [],
    statuses: {},
    dataTypes: fields.flatMap(({ where, type }) => (type === 'none' ? [] : [{ type, where, share: 1 }])),
    drift: [],
  }));
}

function toPrincipals(truth: Truth): readonly PrincipalJson[] {
  const calls = groupBy(seenCalls(truth), ({ principal }) => principal);
  const isShown = ({ id }: CallTruth): boolean => truth.withCredentials.has(id);
  const toldBy = new Set(seenCalls(truth).flatMap((call) => (call.credentialKind === 'jwt' && isShown(call) ? [call.principal] : [])));
  return truth.scenario.principals.map(({ id, kind, granted, used }) => ({
    id,
    label: id,
    kind,
    rung: 1,
    why: 'it is true',
    credentials: [...new Set((calls.get(id) ?? []).filter(isShown).flatMap(({ credential }) => credential ?? []))],
    scopesGranted: toldBy.has(id) ? granted : [],
    scopesUsed: used,
    scopesUnused: toldBy.has(id) ? granted.filter((scope) => !used.includes(scope)) : [],
    weak: false,
    conflicts: [],
    signs: [],
    joined: [],
    calls: calls.get(id)?.length ?? 0,
  }));
}

function toCredentials(truth: Truth): readonly CredentialJson[] {
  const owners = new Map(
    seenCalls(truth).flatMap(({ id, credential, principal }): [string, string][] =>
      credential === undefined || !truth.withCredentials.has(id) ? [] : [[credential, principal]],
    ),
  );
  return [...owners].map(([id, principal]) => ({
    id,
    kind: 'jwt',
    masked: '',
    principal,
    audiences: [],
    scopes: [],
    actChain: [],
    contexts: 1,
    issues: [],
  }));
}

function toFindings(truth: Truth): readonly FindingJson[] {
  return truth.scenario.incidents.map(({ id, detectors, principals, credentials, start, end }) => ({
    id,
    detector: detectors[0] ?? '',
    version: 1,
    family: 'incident',
    story: '',
    title: id,
    severity: 'high',
    severityWhy: '',
    confidence: 'observed',
    score: 1,
    status: 'suggested',
    reason: '',
    principals,
    credentials,
    endpoints: [],
    chains: [],
    calls: seenCalls(truth)
      .filter(({ label }) => label?.kind === 'incident' && label.id === id && label.role === 'evidence')
      .flatMap((call) => refsOf(truth, call.id).slice(0, 1)),
    window: [toTime(start), toTime(end)],
    detectedAt: toTime(start),
    observed: {},
    expected: {},
    benignTested: [],
    maps: { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] },
    remediation: [],
  }));
}

/** What a program would say that knew everything: the truth in the product's own words. */
export function oracleExport(truth: Truth): Export {
  return {
    report: {
      endpoints: toEndpoints(truth),
      principals: toPrincipals(truth),
      credentials: toCredentials(truth),
      chains: toChains(truth),
      findings: toFindings(truth),
    },
    calls: seenCalls(truth).map((call) => toCall(truth, call)),
  };
}
