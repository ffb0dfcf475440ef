import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import { LOGIN_PATH } from './credentials/login-endpoints.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { plural } from './spoken.ts';

/** Share of the accepted calls that carry a credential, from which the operation is taken for protected. */
const PROTECTED_SHARE = 0.95;
const MIN_ACCEPTED = 20;
/** As many different strangers as this who are all let in make an operation public. */
const PUBLIC_CALLERS = 10;
/** From this level on data is not given to anyone. */
const PERSONAL = 2;

interface Candidate {
  readonly id: number;
  readonly key: string;
  readonly sensitivity: number;
  readonly flags: string;
  readonly secured: number | null;
}

interface Count {
  readonly accepted: number;
  readonly bare: number;
  readonly bareAccepted: number;
  readonly bareRefused: number;
  readonly strangers: number;
}

const HAS = `(c.flags & ${String(callFlag.authenticated)} <> 0 OR c.credential_id IS NOT NULL OR c.consumer_id IS NOT NULL)`;
/** Calls of sources that show credentials of the operation; what stands for a call that another source saw with one has one. */
const CALLS = `
  FROM call_fact f JOIN call c ON c.id = f.call_id
 WHERE f.endpoint_id = ? AND f.same_as IS NULL
   AND c.source_id IN (SELECT DISTINCT c.source_id FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND ${HAS})`;
const OK = 'ifnull(c.status BETWEEN 200 AND 299 AND ifnull(c.res_bytes, 1) > 0, 0)';
const BARE = `NOT ${HAS} AND NOT EXISTS (SELECT 1 FROM call_fact g JOIN call d ON d.id = g.call_id WHERE g.same_as = c.id AND (d.credential_id IS NOT NULL OR d.consumer_id IS NOT NULL))`;

const count = (db: SqlDriver, endpoint: number): Count | undefined =>
  db
    .prepare(
      `SELECT ifnull(sum(ok), 0) AS accepted, ifnull(sum(bare), 0) AS bare, ifnull(sum(bare AND ok), 0) AS bareAccepted, ifnull(sum(bare AND status IN (401, 403)), 0) AS bareRefused,
              count(DISTINCT CASE WHEN bare THEN principal END) AS strangers
         FROM (SELECT ${OK} AS ok, ${BARE} AS bare, c.status, f.principal_id AS principal ${CALLS})`,
    )
    .get<Count>(endpoint, endpoint);

/** Calls read at a time, so that other work gets in between. */
const PAGE = 20_000;

/** What decides whether an operation is worth a closer look, of the sources that show its credentials. */
type Rough = Pick<Count, 'accepted' | 'bareAccepted'>;

/** Counts the calls of all operations in one walk: going through them operation by operation reads the case in no order. */
async function countRoughly(db: SqlDriver, endpoints: ReadonlySet<number>, breathe: () => Promise<void>): Promise<ReadonlyMap<number, Rough>> {
  const page = db.prepare(
    `SELECT f.endpoint_id AS endpoint, c.source_id AS source, max(${HAS}) AS shows, sum(f.same_as IS NULL AND ${OK}) AS accepted, sum(f.same_as IS NULL AND ${OK} AND ${BARE}) AS bareAccepted
       FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.call_id > ? AND f.call_id <= ? AND f.endpoint_id IS NOT NULL GROUP BY 1, 2`,
  );
  const sides = new Map<string, { endpoint: number; shows: number; accepted: number; bareAccepted: number }>();
  const last = db.prepare('SELECT max(call_id) AS id FROM call_fact').get<{ id: number | null }>()?.id ?? 0;
  for (let from = 0; from < last; from += PAGE) {
    for (const { source, ...row } of page.all<{ endpoint: number; source: number; shows: number; accepted: number; bareAccepted: number }>(from, from + PAGE)) {
      if (!endpoints.has(row.endpoint)) continue;
      const key = `${String(row.endpoint)} ${String(source)}`;
      const known = sides.get(key) ?? { endpoint: row.endpoint, shows: 0, accepted: 0, bareAccepted: 0 };
      sides.set(key, { endpoint: row.endpoint, shows: Math.max(known.shows, row.shows), accepted: known.accepted + row.accepted, bareAccepted: known.bareAccepted + row.bareAccepted });
    }
    await breathe();
  }
  const counts = new Map<number, Rough>();
  for (const { endpoint, shows, accepted, bareAccepted } of sides.values()) {
    const known = counts.get(endpoint) ?? { accepted: 0, bareAccepted: 0 };
    if (shows === 1) counts.set(endpoint, { accepted: known.accepted + accepted, bareAccepted: known.bareAccepted + bareAccepted });
  }
  return counts;
} // prettier-ignore

/** True when nearly all of so many that were let in had shown something. */
const isMostlyShown = ({ accepted, bareAccepted }: Rough): boolean =>
  accepted >= MIN_ACCEPTED && (accepted - bareAccepted) / accepted >= PROTECTED_SHARE;

/** False for an operation that {@link isProtected} will not name, whatever else is counted. */
const isWorthCounting = ({ secured }: Candidate, seen: Rough): boolean =>
  seen.bareAccepted > 0 && secured !== 0 && (secured === 1 || isMostlyShown(seen));

/** True when something says that strangers have no business here: the description, refusals of strangers, or personal data behind credentials. */
function isProtected({ secured, sensitivity }: Candidate, seen: Count): boolean {
  if (secured === 0) return false;
  if (secured === 1) return true;
  if (!isMostlyShown(seen) || seen.strangers >= PUBLIC_CALLERS) return false;
  return seen.bareRefused > 0 || sensitivity >= PERSONAL;
}

function toDraft(db: SqlDriver, endpoint: Candidate, seen: Count): FindingDraft {
  const calls = db
    .prepare(`SELECT c.id, f.principal_id AS principal, f.chain_id AS chain ${CALLS} AND c.status BETWEEN 200 AND 299 AND ifnull(c.res_bytes, 1) > 0 AND ${BARE} ORDER BY c.time IS NULL, c.time, c.source_id, c.record`)
    .all<{ id: number; principal: number | null; chain: number | null }>(endpoint.id, endpoint.id);
  const present = (values: readonly (number | null)[]): readonly number[] => [...new Set(values.filter((value) => value !== null))];
  const authenticated = seen.accepted - seen.bareAccepted;
  const isGrave = endpoint.sensitivity >= PERSONAL || /moves-money|grants-power/.test(endpoint.flags);
  return {
    subject: endpoint.key,
    title: `${endpoint.key} answered ${plural(seen.bareAccepted, 'call')} without any credential, beside ${plural(authenticated, 'call')} with one`,
    severity: { base: 'high', steps: isGrave ? [{ by: 1, why: 'it holds personal data or moves money or power' }] : [] },
    confidence: endpoint.secured === 1 || seen.bareRefused > 0 ? 'observed' : 'inferred',
    score: Math.min(1, 0.5 + Math.min(0.3, seen.bareAccepted / 100)),
    principals: present(calls.map(({ principal }) => principal)).slice(0, 200),
    credentials: [],
    endpoints: [endpoint.id],
    chains: present(calls.map(({ chain }) => chain)).slice(0, 200),
    calls: calls.map(({ id }) => id),
    crossedAt: calls[0]?.id,
    observed: { acceptedWithout: seen.bareAccepted, refusedWithout: seen.bareRefused, acceptedWith: authenticated, strangers: seen.strangers },
    expected: { acceptedWithout: 0, because: endpoint.secured === 1 ? 'the description asks for a credential' : seen.bareRefused > 0 ? 'other calls without one were refused' : 'nearly all principals show one, and the data is personal' },
    benignTested: [
      { explanation: 'the log leaves credentials out', result: 'left out: only sources count that show credentials of this very endpoint' },
      { explanation: 'a public variant', result: endpoint.secured === 1 ? 'not supported: the description asks for a credential' : `not supported: ${plural(seen.strangers, 'principal')} came without one` },
      { explanation: 'a client certificate that is not logged', result: 'cannot be told from this evidence' },
    ],
    remediation: ['Refuse the call without a credential at the service itself, not only at the gateway.', 'Find out what these answers held, and who the principals were.'],
  };
} // prettier-ignore

/** Flags protected operations that answered callers who showed nothing. */
export const unauthenticatedSuccess: Detector = {
  id: 'unauthenticated-success',
  version: 1,
  title: 'Served without a credential',
  question: 'Did a protected endpoint answer a call that came without any credential?',
  about: {
    catches: 'An endpoint that nearly always comes with a credential, or that the description protects, and that answered without one.',
    inputs: ['statuses of answers, and whether a credential came along', 'an API description, for what is protected'],
    falsePositives: ['a log that drops credentials', 'a public variant or an answer from a cache', 'client certificates that the log does not name'],
  },
  family: 'incident',
  needs: ['principals', 'endpoints', 'chains', 'inventory'],
  reads: ['status'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['MCP07'], attack: ['T1190'], atlas: ['AML.T0049'], cwe: ['CWE-306'] },
  settings: [
    { name: 'protectedShare', value: PROTECTED_SHARE, why: 'of the accepted calls carry a credential; below it the endpoint may be public' },
    { name: 'minAccepted', value: MIN_ACCEPTED, why: 'accepted calls before a share means anything, where no description decides' },
    { name: 'publicCallers', value: PUBLIC_CALLERS, why: 'different principals without a credential; so many are the public, not an intruder' },
  ],
  async run(db, breathe) {
    const candidates = db
      .prepare(
        `SELECT e.id, e.key, e.sensitivity, e.flags, o.secured FROM endpoint e JOIN endpoint_summary s ON s.endpoint_id = e.id LEFT JOIN operation o ON o.id = e.operation_id
          WHERE s.anonymous_answered > 0 AND s.anonymous < s.calls AND e.method NOT IN ('OPTIONS', 'HEAD') ORDER BY e.key`,
      )
      .all<Candidate>();
    const shows = db.prepare('SELECT 1 FROM endpoint_auth WHERE kind <> ? LIMIT 1').get('none');
    if (shows === undefined) return { kind: 'not-evaluable', reason: 'no source shows whether a call came with a credential' };
    const rough = await countRoughly(db, new Set(candidates.map(({ id }) => id)), breathe);
    const findings: FindingDraft[] = [];
    for (const endpoint of candidates) {
      if (LOGIN_PATH.test(endpoint.key)) continue;
      const counted = rough.get(endpoint.id);
      if (counted === undefined || !isWorthCounting(endpoint, counted)) continue;
      const seen = count(db, endpoint.id);
      if (seen !== undefined && seen.bareAccepted > 0 && isProtected(endpoint, seen)) findings.push(toDraft(db, endpoint, seen));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
