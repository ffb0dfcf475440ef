import { changesThings } from '../../model/endpoint-words.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { loneUsers } from './inventory/lone-users.ts';
import { dataName } from '../../model/data-words.ts';
import { countOf, listOf, plural } from './spoken.ts';

/** From here on a shadow endpoint hands out data about people. */
const SENSITIVE = 2;
/** Below this share of documented calls the description of a host is probably a part of a larger one. */
const PARTIAL_SPEC = 0.5;
/** Files of web pages are not operations. */
const STATIC =
  /\.(?:css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|otf|txt|xml|webmanifest|mp4|pdf)$|\/(?:favicon|robots|static|assets)\b/i;

interface Shadow {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly sensitivity: number;
  readonly flags: readonly string[];
  readonly dataTypes: readonly string[];
  readonly calls: number;
  readonly callers: number;
  readonly answered: number;
}

interface Row {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly sensitivity: number;
  readonly flags: string;
  readonly data_types: string;
  readonly calls: number;
  readonly principals: number;
  readonly statuses: string;
}

function readShadows(db: SqlDriver): readonly Shadow[] {
  const rows = db
    .prepare(
      "SELECT id, key, method, host, template, sensitivity, flags, data_types, calls, principals, statuses FROM endpoint WHERE spec = 'shadow' ORDER BY key",
    )
    .all<Row>();
  return rows.flatMap((row) => {
    // JSON columns are written by the endpoints pass.
    const statuses = JSON.parse(row.statuses) as Readonly<Record<string, number>>;
    const answered = Object.entries(statuses).reduce((sum, [status, calls]) => (/^[23]/.test(status) ? sum + calls : sum), 0);
    if (answered === 0 || STATIC.test(row.template) || row.method === 'OPTIONS' || row.method === 'HEAD') return [];
    const types = JSON.parse(row.data_types) as readonly { readonly type: string }[];
    return [
      {
        id: row.id,
        key: row.key,
        method: row.method,
        host: row.host,
        template: row.template,
        sensitivity: row.sensitivity,
        flags: JSON.parse(row.flags) as readonly string[],
        dataTypes: [...new Set(types.map((type) => type.type))],
        calls: row.calls,
        callers: row.principals,
        answered,
      },
    ];
  });
}

/** Share of a host's calls that some description knows. */
const documentedShare = (db: SqlDriver, host: string): number => {
  const row = db
    .prepare(
      "SELECT coalesce(sum(calls), 0) AS total, coalesce(sum(CASE WHEN spec IN ('documented', 'zombie') THEN calls END), 0) AS known FROM endpoint WHERE host = ?",
    )
    .get<{ total: number; known: number }>(host);
  return row === undefined || row.total === 0 ? 0 : row.known / row.total;
};

/** Equal, or both parameters: their names are given by whoever wrote them down. */
const isSameSegment = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a?.startsWith('{') === true && b?.startsWith('{') === true);

/** The operation of the same host that shares most leading segments. */
function nearestOperation(db: SqlDriver, shadow: Shadow): string | undefined {
  const segments = shadow.template.split('/');
  let best: { text: string; shared: number } | undefined;
  for (const row of db
    .prepare("SELECT method, template FROM endpoint WHERE host = ? AND spec IN ('documented', 'zombie') ORDER BY key")
    .all<{ method: string; template: string }>(shadow.host)) {
    const other = row.template.split('/');
    let shared = 0;
    while (shared < segments.length && isSameSegment(segments[shared], other[shared])) shared += 1;
    if (shared > (best?.shared ?? 1)) best = { text: `${row.method} ${row.template}`, shared };
  }
  return best?.text;
}

/** Calls of these endpoints that were answered, in time order. */
const callsOf = (db: SqlDriver, endpoints: readonly number[]): readonly number[] =>
  endpoints
    .flatMap((endpoint) =>
      db
        .prepare(
          'SELECT c.id, c.time FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND f.same_as IS NULL AND (c.status BETWEEN 200 AND 399 OR c.status IS NULL) ORDER BY c.time IS NULL, c.time, c.id',
        )
        .all<{ id: number; time: number | null }>(endpoint),
    )
    .sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity))
    .map((row) => row.id);

const callersOf = (db: SqlDriver, endpoints: readonly number[]): readonly { readonly id: number; readonly label: string }[] => {
  const found = new Map<number, string>();
  for (const endpoint of endpoints) {
    for (const row of db
      .prepare(
        'SELECT DISTINCT p.id, p.label, p.key FROM call_fact f JOIN principal p ON p.id = f.principal_id WHERE f.endpoint_id = ? AND f.same_as IS NULL ORDER BY p.key',
      )
      .all<{ id: number; label: string }>(endpoint))
      found.set(row.id, row.label);
  }
  return [...found].map(([id, label]) => ({ id, label }));
};

const chainsOf = (db: SqlDriver, endpoint: number): readonly number[] =>
  db
    .prepare('SELECT DISTINCT chain_id AS id FROM call_fact WHERE endpoint_id = ? AND chain_id IS NOT NULL ORDER BY chain_id LIMIT 200')
    .all<{ id: number }>(endpoint)
    .map((row) => row.id);

function severityOf(shadows: readonly Shadow[], share: number): SeverityDraft {
  const worst = shadows.reduce((most, shadow) => Math.max(most, shadow.sensitivity), 0);
  const writes = shadows.some((shadow) => changesThings(shadow.key));
  const steps = [
    ...(worst >= SENSITIVE ? [{ by: 1, why: 'it handles data about people or worse' }] : []),
    ...(writes ? [{ by: 1, why: 'it changes something' }] : []),
  ];
  return {
    base: 'low',
    steps,
    cap:
      share < PARTIAL_SPEC
        ? {
            at: 'low',
            why: `only ${String(Math.round(share * 100))} % of the host's calls are in a description, which is probably partial`,
          }
        : undefined,
  };
}

function toDraft(db: SqlDriver, subject: string, title: string, shadows: readonly Shadow[], share: number): FindingDraft {
  const [first] = shadows;
  const ids = shadows.map((shadow) => shadow.id);
  const callers = callersOf(db, ids);
  const answered = shadows.reduce((sum, shadow) => sum + shadow.answered, 0);
  const worst = shadows.reduce((most, shadow) => Math.max(most, shadow.sensitivity), 0);
  const nearest = first === undefined ? undefined : nearestOperation(db, first);
  const calls = callsOf(db, ids);
  return {
    subject,
    title,
    severity: severityOf(shadows, share),
    confidence: 'observed',
    score: Math.min(1, worst * 0.2 + Math.min(0.2, callers.length / 50) + (shadows.some((shadow) => changesThings(shadow.key)) ? 0.2 : 0)),
    principals: callers.map((caller) => caller.id),
    credentials: [],
    endpoints: ids,
    chains: ids.flatMap((id) => chainsOf(db, id)).slice(0, 200),
    calls,
    crossedAt: calls[0],
    observed: {
      endpoints: shadows.map((shadow) => shadow.key),
      answeredCalls: answered,
      callers: callers.map((caller) => caller.label).slice(0, 20),
      dataTypes: [...new Set(shadows.flatMap((shadow) => shadow.dataTypes))].sort(),
      ...(nearest === undefined ? {} : { nearestDocumented: nearest }),
    },
    expected: { undocumentedEndpoints: 0, documentedShareOfHost: Math.round(share * 1000) / 1000 },
    benignTested: [
      {
        explanation: 'the description of this host is partial',
        result:
          share < PARTIAL_SPEC
            ? `likely: it covers ${String(Math.round(share * 100))} % of the host's calls`
            : `not supported: it covers ${String(Math.round(share * 100))} % of the host's calls; ask whether it is complete`,
      },
      { explanation: 'a probe that found nothing', result: `not supported: ${plural(answered, 'call')} got an answer below 400` },
      { explanation: 'a file of a web page', result: 'not supported: the path is none of a file' },
    ],
    remediation: [
      'Ask the owner of the host what it is for; document it or switch it off.',
      'Until then, require the same authentication and limits as for its documented neighbours.',
    ],
  };
}

/** Tools and queries behind one path are one thing that nobody described. */
function byPath(shadows: readonly Shadow[]): ReadonlyMap<string, readonly Shadow[]> {
  const found = new Map<string, Shadow[]>();
  for (const shadow of shadows) {
    const path = `${shadow.method} ${shadow.host}${shadow.template}`;
    found.set(path, [...(found.get(path) ?? []), shadow]);
  }
  return found;
}

function titleOf(db: SqlDriver, path: string, shadows: readonly Shadow[]): string {
  const [only] = shadows;
  const ids = shadows.map((shadow) => shadow.id);
  const answered = shadows.reduce((sum, shadow) => sum + shadow.answered, 0);
  const callers = only !== undefined && shadows.length === 1 ? only.callers : callersOf(db, ids).length;
  const types = [...new Set(shadows.flatMap((shadow) => shadow.dataTypes))];
  const data = types.length > 0 ? `, with ${listOf(types.map(dataName), 3)}` : '';
  const what = shadows.length === 1 ? (only?.key ?? path) : `${path}, with ${plural(shadows.length, 'endpoint')},`;
  return `${what} is in no description, yet answered ${plural(answered, 'call')} of ${plural(callers, 'principal')}${data}`;
}

/** Flags operations that answer but stand in no API description of their host. */
export const shadowEndpoint: Detector = {
  id: 'shadow-endpoint',
  version: 4,
  title: 'Endpoint in no description',
  question: 'Which endpoints answered that no API description knows?',
  about: {
    catches: 'Endpoints that answered and that no API description of the host names.',
    inputs: ['an API description of the host', 'calls with statuses'],
    falsePositives: ['a description that is not complete', 'static files', 'probes that found nothing'],
  },
  family: 'posture',
  needs: ['endpoints', 'chains', 'principals'],
  reads: ['status'],
  maps: { owaspApi: ['API9:2023'], owaspLlm: [], owaspAgentic: ['ASI04'], attack: ['T1190', 'T1595'], atlas: [], cwe: ['CWE-1059'] },
  settings: [
    { name: 'sensitivity', value: SENSITIVE, why: 'from S2 on a shadow endpoint is a finding of its own; others are one finding a host' },
    { name: 'partialSpec', value: PARTIAL_SPEC, why: 'a description that covers less than half of a host says little about the rest' },
  ],
  async run(db, breathe) {
    if (db.prepare('SELECT 1 FROM specification LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no API description (OpenAPI) in the evidence' };
    const byHost = new Map<string, Shadow[]>();
    for (const shadow of readShadows(db)) byHost.set(shadow.host, [...(byHost.get(shadow.host) ?? []), shadow]);
    const findings: FindingDraft[] = [];
    for (const [host, shadows] of byHost) {
      const share = documentedShare(db, host);
      const own = shadows.filter((shadow) => shadow.sensitivity >= SENSITIVE || changesThings(shadow.key));
      const rest = shadows.filter((shadow) => !own.includes(shadow));
      for (const [path, operations] of byPath(own)) {
        findings.push(toDraft(db, path, titleOf(db, path, operations), operations, share));
        await breathe();
      }
      if (rest.length > 0)
        findings.push(
          toDraft(
            db,
            `${host} others`,
            `${host} answers ${plural(rest.length, 'endpoint')} that ${rest.length === 1 ? 'is' : 'are'} in no description (${countOf(rest.reduce((sum, shadow) => sum + shadow.answered, 0))} calls)`,
            rest,
            share,
          ),
        );
    }
    return { kind: 'evaluated', findings: [...findings, ...loneUsers(db)] };
  },
};
