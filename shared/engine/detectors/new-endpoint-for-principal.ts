import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { chanceOfNews, doesHarm, MIN_BASELINE, RARE_NEWS, missingBaseline } from './signals/novelty.ts';
import { missingCallers, whatOf } from './signals/read-signals.ts';
import { listOf, plural } from './spoken.ts';

/** Calls of a caller in the baseline before its repertoire is known. Source: science notes 3.3, 4. */
const MIN_CALLS = 50;
/** Share of the peers that use the endpoint; above it the caller only joins them. Source: detection 39. */
const PEER_SUPPORT = 0.05;
const SENSITIVE = 2;

interface Caller {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly calls: number;
}

interface NewEndpoint {
  readonly id: number;
  readonly key: string;
  readonly sensitivity: number;
  readonly flags: string;
}

interface TimedCall {
  readonly id: number;
  /** Units: µs. */
  readonly time: number | null;
}

/** Endpoints that a caller used for the first time after the baseline, that matter, and that hardly any peer uses. */
function newGround(db: SqlDriver, caller: Caller, peers: number): readonly NewEndpoint[] {
  const users = db.prepare(
    'SELECT count(*) AS n FROM baseline b JOIN principal p ON p.id = b.principal_id WHERE b.endpoint_id = ? AND p.kind = ? AND p.weak = 0 AND p.id <> ?',
  );
  return db
    .prepare(
      `SELECT e.id, e.key, e.sensitivity, e.flags FROM baseline b JOIN endpoint e ON e.id = b.endpoint_id
       WHERE b.principal_id = ? AND b.is_new = 1 ORDER BY e.key`,
    )
    .all<NewEndpoint>(caller.id)
    .filter(({ sensitivity, flags }) => sensitivity >= SENSITIVE || doesHarm(flags))
    .filter(({ id }) => (users.get<{ n: number }>(id, caller.kind, caller.id)?.n ?? 0) <= PEER_SUPPORT * peers);
}

/** Its successful calls to an endpoint that is new to it; an inner hop goes where its request was sent on to, which the caller did not choose. */
function callsTo(db: SqlDriver, caller: Caller): (endpoint: NewEndpoint) => readonly TimedCall[] {
  const select = db.prepare(
    'SELECT c.id, c.time FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ? AND f.endpoint_id = ? AND f.same_as IS NULL AND c.status BETWEEN 200 AND 299 AND c.id NOT IN (SELECT call_id FROM hop)',
  );
  return ({ id }) => select.all<TimedCall>(caller.id, id);
}

const inTimeOrder = (calls: readonly TimedCall[]): readonly number[] =>
  calls.toSorted((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || a.id - b.id).map(({ id }) => id);

function toDraft(db: SqlDriver, caller: Caller, peers: number): FindingDraft | undefined {
  const once = db
    .prepare('SELECT sum(calls = 1) AS n FROM baseline WHERE principal_id = ? AND endpoint_id IS NOT NULL')
    .get<{ n: number | null }>(caller.id);
  const chance = chanceOfNews(once?.n ?? 0, caller.calls);
  if (chance >= RARE_NEWS) return undefined;
  const listCalls = callsTo(db, caller);
  const used = newGround(db, caller, peers).map((endpoint) => ({ endpoint, calls: listCalls(endpoint) }));
  const endpoints = used.filter(({ calls: made }) => made.length > 0).map(({ endpoint }) => endpoint);
  const calls = inTimeOrder(used.flatMap(({ calls: made }) => made));
  if (calls.length === 0) return undefined;
  return {
    subject: caller.key,
    title: `${caller.label} used ${listOf(
      endpoints.map(({ key }) => key),
      3,
    )} for the first time after ${plural(caller.calls, 'call')} of other work`,
    claim: `${caller.label} used ${plural(endpoints.length, 'endpoint')} for the first time`,
    severity: { base: 'low', steps: [] },
    confidence: 'suspected',
    score: Math.min(0.5, 0.2 + endpoints.length / 20 + (endpoints.some(({ flags }) => doesHarm(flags)) ? 0.1 : 0)),
    principals: [caller.id],
    ...whatOf(db, calls),
    crossedAt: calls[0],
    observed: { newEndpoints: endpoints.map(({ key }) => key), calls: calls.length },
    expected: { callsBefore: caller.calls, chanceOfANewOne: Math.round(chance * 10_000) / 10_000, peers },
    benignTested: [
      {
        explanation: 'a release: the peers use it too',
        result: `not supported: at most ${String(Math.round(PEER_SUPPORT * 100))} % of ${plural(peers, 'peer')} do`,
      },
      {
        explanation: 'a principal that does new things all the time',
        result: `not supported: the chance of something new is ${String(Math.round(chance * 1000) / 10)} % a call`,
      },
    ],
    remediation: ['Compare the scopes of the principal with what it did before; take away what it does not need.'],
  };
}

/** Notes programs that leave their own and their peers' repertoire for ground that matters. */
export const newEndpointForPrincipal: Detector = {
  id: 'new-endpoint-for-principal',
  version: 2,
  title: 'Outside its repertoire',
  question: 'Did a known program do something that neither it nor its like had ever done?',
  about: {
    catches: 'A known program that does something that neither it nor its like ever did.',
    inputs: ['a baseline of calls with principals'],
    falsePositives: ['a release, with which the peers change too'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['baseline'],
  reads: ['caller', 'time'],
  maps: {
    owaspApi: ['API5:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1078'],
    atlas: ['AML.T0053'],
    cwe: ['CWE-863'],
  },
  settings: [
    { name: 'minBaseline', value: MIN_BASELINE, why: 'fewer calls do not show what is done' },
    { name: 'minCalls', value: MIN_CALLS, why: 'after fifty calls the repertoire of a program is known; that of a person never is' },
    { name: 'chanceOfNews', value: RARE_NEWS, why: 'Good–Turing: who does new things all the time does so today' },
    { name: 'peerSupport', value: PEER_SUPPORT, why: 'what the peers do is a release' },
    { name: 'sensitive', value: 'S2', why: 'new ground that holds nothing is no news' },
  ],
  async run(db, breathe) {
    const reason = missingCallers(db) ?? missingBaseline(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const callers = db
      .prepare(
        `SELECT p.id, p.key, p.label, p.kind, b.calls FROM principal p JOIN baseline b ON b.principal_id = p.id AND b.endpoint_id IS NULL
         WHERE p.weak = 0 AND p.kind IN ('agent', 'service') AND b.calls >= ${String(MIN_CALLS)} ORDER BY p.key`,
      )
      .all<Caller>();
    const findings: FindingDraft[] = [];
    for (const each of callers) {
      const draft = toDraft(db, each, callers.filter(({ kind }) => kind === each.kind).length - 1);
      if (draft !== undefined) findings.push(draft);
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
