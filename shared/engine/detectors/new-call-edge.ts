import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { MIN_BASELINE, missingBaseline } from './signals/novelty.ts';
import { missingCallers, whatOf } from './signals/read-signals.ts';
import { plural } from './spoken.ts';

/** Calls of a caller in the baseline before its arrows are known. */
const MIN_CALLS = 50;
/** Kinds of edges that prove an arrow; the mere order of calls does not. */
const PROVEN = "('trace', 'rpc', 'nesting', 'credential', 'value')";
const SENSITIVE = 3;

interface Arrow {
  readonly principal: number;
  readonly key: string;
  readonly label: string;
  readonly before: number;
  readonly host: string;
}

/** Pairs of a known program and a known host that had nothing to do with each other in the baseline. */
function findArrows(db: SqlDriver): readonly Arrow[] {
  return db
    .prepare(
      `SELECT p.id AS principal, p.key, p.label, own.calls AS before, e.host
       FROM baseline b JOIN endpoint e ON e.id = b.endpoint_id JOIN principal p ON p.id = b.principal_id
         JOIN baseline own ON own.principal_id = p.id AND own.endpoint_id IS NULL
       WHERE p.weak = 0 AND p.kind IN ('agent', 'service') AND own.calls >= ${String(MIN_CALLS)} AND e.host <> ''
         AND EXISTS (SELECT 1 FROM baseline seen JOIN endpoint known ON known.id = seen.endpoint_id
                     WHERE seen.principal_id IS NULL AND seen.is_new = 0 AND known.host = e.host)
       GROUP BY p.id, e.host HAVING min(b.is_new) = 1 ORDER BY p.key, e.host`,
    )
    .all<Arrow>();
}

interface Proof {
  readonly call: number;
  readonly cause: number;
  readonly sensitivity: number;
}

/** Calls along the arrow that something proves, with the sensitivity of what they came from. */
function proofsOf(db: SqlDriver, arrow: Arrow): readonly Proof[] {
  return db
    .prepare(
      `SELECT x.to_call AS call, min(x.from_call) AS cause, max(ifnull(before.sensitivity, 0)) AS sensitivity
       FROM call_fact f JOIN endpoint e ON e.id = f.endpoint_id AND e.host = ? JOIN edge x ON x.to_call = f.call_id AND x.kind IN ${PROVEN}
         JOIN call c ON c.id = f.call_id LEFT JOIN call_fact g ON g.call_id = x.from_call LEFT JOIN endpoint before ON before.id = g.endpoint_id
       WHERE f.principal_id = ? AND f.same_as IS NULL GROUP BY x.to_call ORDER BY c.time, x.to_call`,
    )
    .all<Proof>(arrow.host, arrow.principal);
}

function toDraft(db: SqlDriver, arrow: Arrow): FindingDraft | undefined {
  const proofs = proofsOf(db, arrow);
  if (proofs.length === 0) return undefined;
  const worst = proofs.reduce((most, { sensitivity }) => Math.max(most, sensitivity), 0);
  const calls = proofs.map(({ call }) => call);
  return {
    subject: `${arrow.key} ${arrow.host}`,
    title: `${arrow.label} called ${arrow.host} for the first time, ${plural(calls.length, 'proven call')}; both had been there before`,
    severity: { base: 'low', steps: [] },
    confidence: 'inferred',
    score: 0.2 + worst / 20,
    principals: [arrow.principal],
    ...whatOf(db, calls),
    crossedAt: calls[0],
    observed: { host: arrow.host, provenCalls: calls.length, cameFrom: `S${String(worst)}`, opensPathFromSensitive: worst >= SENSITIVE },
    expected: { callsOfCallerBefore: arrow.before, callsAlongThisArrowBefore: 0 },
    benignTested: [{ explanation: 'a release that connects two systems', result: 'not testable from calls alone, so it stays a note' }],
    remediation: ['Ask who connected the two, and allow or forbid the arrow where calls go out.'],
  };
}

/** Notes proven arrows between a program and a host that knew each other's estate and never met. */
export const newCallEdge: Detector = {
  id: 'new-call-edge',
  version: 1,
  title: 'An arrow that never was',
  question: 'Did two known parts of the estate call each other for the first time?',
  about: {
    catches: 'Two known parts of the estate that call each other for the first time.',
    inputs: ['a baseline, and links that are proved'],
    falsePositives: ['the window of a deployment'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'baseline'],
  reads: ['caller', 'time'],
  maps: {
    owaspApi: ['API9:2023'],
    owaspLlm: [],
    owaspAgentic: ['ASI08', 'ASI07'],
    attack: ['T1199'],
    atlas: ['AML.T0084.003'],
    cwe: ['CWE-441'],
  },
  settings: [
    { name: 'minBaseline', value: MIN_BASELINE, why: 'fewer calls do not show who calls whom' },
    { name: 'minCalls', value: MIN_CALLS, why: 'after fifty calls the partners of a program are known' },
    { name: 'proof', value: 'trace, rpc, nesting, credential, value', why: 'the order of calls alone proves no arrow' },
  ],
  async run(db, breathe) {
    const reason = missingCallers(db) ?? missingBaseline(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const findings: FindingDraft[] = [];
    for (const arrow of findArrows(db)) {
      const draft = toDraft(db, arrow);
      if (draft !== undefined) findings.push(draft);
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
