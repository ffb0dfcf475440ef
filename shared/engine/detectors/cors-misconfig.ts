import type { Header } from '../../model/call.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft } from './detector.ts';
import { inTimeOrder, whoMade, type EvidenceCall } from './inventory/evidence.ts';
import { listOf, plural } from './spoken.ts';

/** Different foreign origins that have to be echoed before any origin seems to be. */
const MIN_ORIGINS = 2;
/** Calls of one endpoint that are read. */
export const MAX_READ = 2000;
/** Calls of one source that are read to learn whether it keeps headers of answers. */
const PROBES = 5;

const headerOf = (headers: readonly Header[] | undefined, name: string): string | undefined =>
  headers?.find((header) => header[0].toLowerCase() === name)?.[1];

/** The last two labels: near enough to tell an estate from the rest of the world. */
const siteOf = (host: string): string => host.replace(/^https?:\/\//i, '').replace(/[:/].*$/, '').split('.').slice(-2).join('.').toLowerCase(); // prettier-ignore

interface Candidate {
  readonly id: number;
  readonly key: string;
  readonly host: string;
  readonly sensitivity: number;
}

interface Seen {
  readonly calls: EvidenceCall[];
  readonly origins: Set<string>;
  withoutVary: number;
}

type Fault = 'any-origin' | 'null-origin' | 'wildcard';

/** What is wrong with one answer; `undefined` for none. */
function faultOf(host: string, request: readonly Header[] | undefined, response: readonly Header[] | undefined, hasCredential: boolean): { readonly fault: Fault; readonly origin: string } | undefined {
  const allowed = headerOf(response, 'access-control-allow-origin')?.trim();
  const withCredentials = headerOf(response, 'access-control-allow-credentials')?.trim().toLowerCase() === 'true';
  if (allowed === undefined || !withCredentials) return undefined;
  if (allowed === '*') return hasCredential ? { fault: 'wildcard', origin: '*' } : undefined;
  if (allowed.toLowerCase() === 'null') return { fault: 'null-origin', origin: 'null' };
  const origin = headerOf(request, 'origin')?.trim();
  return origin !== undefined && origin === allowed && siteOf(origin) !== siteOf(host) ? { fault: 'any-origin', origin } : undefined;
} // prettier-ignore

const TITLES: Readonly<Record<Fault, string>> = {
  'any-origin': 'lets any web site read its answers with the credentials of a visitor',
  'null-origin': 'lets pages without an origin read its answers with credentials',
  wildcard: 'answers authenticated calls with a wildcard origin and credentials allowed',
};

function readEndpoint(db: SqlDriver, tools: DetectorTools, endpoint: Candidate): ReadonlyMap<Fault, Seen> {
  const rows = db
    .prepare(
      'SELECT c.id, c.time, c.credential_id AS credential FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? ORDER BY c.id LIMIT ?',
    )
    .all<EvidenceCall & { readonly credential: number | null }>(endpoint.id, MAX_READ);
  const found = new Map<Fault, Seen>();
  for (const row of rows) {
    const detail = tools.detail(row.id);
    const fault = faultOf(endpoint.host, detail.requestHeaders, detail.responseHeaders, row.credential !== null);
    if (fault === undefined) continue;
    const seen = found.get(fault.fault) ?? { calls: [], origins: new Set<string>(), withoutVary: 0 };
    seen.calls.push(row);
    seen.origins.add(fault.origin);
    if (!/\borigin\b|\*/i.test(headerOf(detail.responseHeaders, 'vary') ?? '')) seen.withoutVary += 1;
    found.set(fault.fault, seen);
  }
  return found;
}

function toDraft(db: SqlDriver, endpoint: Candidate, fault: Fault, seen: Seen): FindingDraft {
  const calls = inTimeOrder(seen.calls);
  const who = whoMade(db, calls);
  const origins = [...seen.origins].sort();
  return {
    subject: `${endpoint.key} ${fault}`,
    title: `${endpoint.key} ${TITLES[fault]}: ${plural(calls.length, 'answer')}${fault === 'any-origin' ? ` to ${listOf(origins, 3)}` : ''}`,
    severity: { base: fault === 'wildcard' ? 'low' : 'medium', steps: endpoint.sensitivity >= 2 ? [{ by: 1, why: 'it handles data about people or worse' }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.3 + endpoint.sensitivity * 0.15),
    principals: who.principals, credentials: [], endpoints: [endpoint.id], chains: who.chains, calls, crossedAt: calls[0],
    observed: { fault, origins: origins.slice(0, 30), answers: calls.length, withoutVaryOrigin: seen.withoutVary },
    expected: { foreignOriginsWithCredentials: 0 },
    benignTested: [{ explanation: 'a public API without credentials', result: 'not supported: the answers allow credentials' }],
    remediation: ['Answer with an origin only from a fixed list, and send Vary: Origin; never allow credentials for others.'],
  };
} // prettier-ignore

/** Flags answers that let foreign web sites read them with a visitor's credentials. */
export const corsMisconfig: Detector = {
  id: 'cors-misconfig',
  version: 1,
  title: 'Any web site may read',
  question: 'Which endpoints let foreign web sites read answers with the credentials of a visitor?',
  about: {
    catches: 'Answers that let foreign web sites read them with the credentials of a visitor.',
    inputs: ['headers of requests and answers, as captures keep them'],
    falsePositives: ['public interfaces without credentials'],
  },
  sigma: [
    {
      title: 'pages without an origin may read with credentials',
      level: 'medium',
      ask: {
        kind: 'and',
        items: [
          { kind: 'match', field: 'res.header', path: 'access-control-allow-origin', values: [['null']] },
          { kind: 'match', field: 'res.header', path: 'access-control-allow-credentials', values: [['true']] },
        ],
      },
      leavesOut: 'origins that are echoed whatever they are',
    },
  ],
  family: 'posture',
  needs: ['inventory', 'chains'],
  reads: [],
  maps: { owaspApi: ['API8:2023'], owaspLlm: [], owaspAgentic: ['MCP07'], attack: ['T1190'], atlas: [], cwe: ['CWE-942', 'CWE-346'] },
  settings: [{ name: 'minOrigins', value: MIN_ORIGINS, why: 'one foreign origin may be a partner; two that are echoed point at an echo of any' }],
  async run(db, breathe, tools) {
    const probe = db.prepare('SELECT id FROM call WHERE source_id = ? ORDER BY record LIMIT ?');
    const keeps = db.prepare('SELECT id FROM source ORDER BY name').all<{ id: number }>().some((source) => probe.all<{ id: number }>(source.id, PROBES).some(({ id }) => (tools.detail(id).responseHeaders ?? []).length > 0));
    if (!keeps) return { kind: 'not-evaluable', reason: 'no source keeps the headers of answers' };
    const candidates = db
      .prepare("SELECT DISTINCT e.id, e.key, e.host, e.sensitivity FROM endpoint_header h JOIN endpoint e ON e.id = h.endpoint_id WHERE h.name = 'access-control-allow-credentials' AND lower(trim(h.value)) = 'true' ORDER BY e.key")
      .all<Candidate>();
    const findings: FindingDraft[] = [];
    for (const endpoint of candidates) {
      for (const [fault, seen] of readEndpoint(db, tools, endpoint))
        if (fault !== 'any-origin' || seen.origins.size >= MIN_ORIGINS) findings.push(toDraft(db, endpoint, fault, seen));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
