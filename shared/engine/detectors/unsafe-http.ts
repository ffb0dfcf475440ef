import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { inTimeOrder, whoMade } from './inventory/evidence.ts';
import { listOf, plural } from './spoken.ts';

/** Hosts inside of a network, where TLS ends before or sits in a mesh: named so, of no domain, or of private addresses (RFC 1918, 4193, 6761). */
const INSIDE =
  /^(?:localhost|[^.:]+|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[?(?:::1|f[cd].*)\]?)$|\.(?:local|localhost|internal|lan|svc|cluster\.local|consul)$|(?:^|\.)(?:mesh|svc|internal|sidecar)\./i;
/** Methods that a service on the web has no use for. Source: RFC 9110 section 9.3.6 and 9.3.8. */
const DANGEROUS = ['TRACE', 'TRACK', 'CONNECT', 'DEBUG'];
/** A last segment that says it changes something. */
const CHANGES = /\/(?:delete|remove|destroy|disable|revoke|approve|transfer|reset|deactivate)$/i;
const OVERRIDE = /(?:^|&)(?:_method|x-http-method-override)=(?:put|patch|delete)(?:&|$)/i;

interface Row {
  readonly id: number;
  readonly time: number | null;
  readonly endpoint: number;
  readonly host: string;
  readonly method: string;
  readonly template: string;
  readonly scheme: string | null;
  readonly query: string | null;
  readonly flags: number;
  readonly credential: number | null;
  readonly sensitivity: number;
}

type Kind = 'cleartext' | 'dangerous-method' | 'change-by-get' | 'method-override';

const TITLES: Readonly<Record<Kind, (host: string, calls: string, list: string) => string>> = {
  cleartext: (host, calls, list) => `${host} took ${calls} without encryption, with credentials or personal data (${list})`,
  'dangerous-method': (host, calls, list) => `${host} answered ${calls} with methods that no API needs (${list})`,
  'change-by-get': (host, calls, list) => `${host} seems to change things by GET: ${calls} (${list})`,
  'method-override': (host, calls, list) => `${host} lets the query replace the method: ${calls} (${list})`,
};

const isInside = (host: string): boolean => INSIDE.test(host);

function kindOf(row: Row): Kind | undefined {
  if (DANGEROUS.includes(row.method)) return 'dangerous-method';
  if (row.method === 'GET' && CHANGES.test(row.template)) return 'change-by-get';
  if (row.query !== null && OVERRIDE.test(row.query)) return 'method-override';
  const hasCredential = (row.flags & callFlag.authenticated) !== 0 || row.credential !== null;
  return row.scheme === 'http' && !isInside(row.host) && (hasCredential || row.sensitivity >= 1) ? 'cleartext' : undefined;
}

function toDraft(db: SqlDriver, host: string, kind: Kind, rows: readonly Row[]): FindingDraft {
  const calls = inTimeOrder(rows);
  const who = whoMade(db, calls);
  const names = [...new Set(rows.map((row) => (kind === 'dangerous-method' ? row.method : `${row.method} ${row.template}`)))].sort();
  const hasCredential = rows.some((row) => (row.flags & callFlag.authenticated) !== 0 || row.credential !== null);
  const worst = rows.reduce((most, row) => Math.max(most, row.sensitivity), 0);
  return {
    subject: `${host} ${kind}`,
    title: TITLES[kind](host, plural(calls.length, 'call'), listOf(names, 3)),
    severity: {
      base: 'low',
      steps: [
        ...(kind === 'cleartext' && hasCredential ? [{ by: 1, why: 'credentials went over the wire in clear' }] : []),
        ...(worst >= 2 ? [{ by: 1, why: 'it handles data about people or worse' }] : []),
      ],
    },
    confidence: kind === 'change-by-get' ? 'suspected' : 'observed',
    score: Math.min(1, 0.2 + worst * 0.15 + Math.min(0.2, calls.length / 500)),
    principals: who.principals, credentials: kind === 'cleartext' ? who.credentials.slice(0, 200) : [], endpoints: [...new Set(rows.map((row) => row.endpoint))], chains: who.chains, calls, crossedAt: calls[0],
    observed: { kind, operations: names.slice(0, 30), calls: calls.length, callers: who.labels.slice(0, 20) },
    expected: { calls: 0 },
    benignTested: [{ explanation: 'a hop inside the network, behind the place where TLS ends', result: kind === 'cleartext' ? 'not supported by its name: the host is none of an inner network; ask where TLS ends' : 'not applicable' }],
    remediation: [kind === 'cleartext' ? 'Serve it over TLS only, redirect nothing that carries a credential, and replace the credentials that went over it.' : 'Refuse these methods and parameters at the gateway; change state by POST, PUT, PATCH and DELETE only.'],
  };
} // prettier-ignore

/** Flags clear text with something to lose, methods that no API needs, and changes by GET. */
export const unsafeHttp: Detector = {
  id: 'unsafe-http',
  version: 1,
  title: 'Unsafe use of HTTP',
  question: 'Which calls went in clear with something to lose, or used HTTP in ways that get round controls?',
  about: {
    catches: 'Calls in clear text that carry something to lose, methods that open tunnels, and headers that turn one method into another.',
    inputs: ['schemes, methods and headers'],
    falsePositives: ['hops inside of a mesh behind the end of TLS', 'a developer’s own machine'],
  },
  sigma: [
    {
      title: 'methods that no API needs',
      level: 'low',
      ask: { kind: 'match', field: 'method', values: DANGEROUS.map((method) => [method]) },
      leavesOut: 'whether the call was answered',
    },
    {
      title: 'the query replaces the method',
      level: 'low',
      ask: { kind: 'regex', field: 'query', source: `(?i)${OVERRIDE.source}` },
      leavesOut: 'whether the call was answered',
    },
  ],
  family: 'posture',
  needs: ['endpoints', 'chains'],
  reads: ['scheme'],
  maps: { owaspApi: ['API8:2023'], owaspLlm: [], owaspAgentic: ['ASI07'], attack: ['T1190'], atlas: [], cwe: ['CWE-319', 'CWE-650', 'CWE-444'] },
  settings: [{ name: 'innerHosts', value: 'by name', why: 'hosts of private addresses and inner names are hops behind the place where TLS ends' }],
  async run(db, breathe) {
    if (db.prepare('SELECT 1 FROM call WHERE scheme_id IS NOT NULL LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no record says whether it was http or https' };
    const groups = new Map<string, { readonly host: string; readonly kind: Kind; readonly rows: Row[] }>();
    const rows = db.prepare(
      `SELECT c.id, c.time, e.id AS endpoint, e.host, e.method, e.template, t.value AS scheme, c.query, c.flags, c.credential_id AS credential, e.sensitivity
         FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id LEFT JOIN term t ON t.id = c.scheme_id
        WHERE f.same_as IS NULL AND c.status BETWEEN 200 AND 299
          AND (t.value = 'http' OR e.method IN (${DANGEROUS.map((method) => `'${method}'`).join(', ')}) OR (e.method = 'GET' AND (e.template LIKE '%/re%' OR e.template LIKE '%/d%' OR e.template LIKE '%/approve' OR e.template LIKE '%/transfer')) OR c.query LIKE '%method%')`,
    );
    for (const row of rows.iterate<Row & Record<string, string | number | null>>()) {
      const kind = kindOf(row);
      if (kind === undefined) continue;
      const key = `${row.host} ${kind}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { host: row.host, kind, rows: [{ ...row }] });
      else group.rows.push({ ...row });
    }
    await breathe();
    return { kind: 'evaluated', findings: [...groups.values()].map(({ host, kind, rows: found }) => toDraft(db, host, kind, found)) };
  },
}; // prettier-ignore
