import { addTo } from '../../lib/group-values.ts';
import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { answeredCalls, inTimeOrder, whoMade } from './inventory/evidence.ts';
import { plural } from './spoken.ts';

interface Zombie {
  readonly id: number;
  readonly key: string;
  readonly why: string;
  readonly by: string | null;
  readonly sensitivity: number;
  readonly open: number;
  readonly newer: number | null;
  readonly newerKey: string | null;
  readonly newerOpen: number | null;
}

const readZombies = (db: SqlDriver): readonly Zombie[] =>
  db
    .prepare(
      `SELECT e.id, e.key, s.spec_why AS why, s.deprecated_by AS "by", e.sensitivity, s.anonymous_answered AS open, n.id AS newer, n.key AS newerKey, t.anonymous_answered AS newerOpen
         FROM endpoint e JOIN endpoint_summary s ON s.endpoint_id = e.id LEFT JOIN endpoint n ON n.id = s.newer_endpoint_id LEFT JOIN endpoint_summary t ON t.endpoint_id = n.id
        WHERE e.spec = 'zombie' AND s.answered > 0 ORDER BY e.key`,
    )
    .all<Zombie>();

function zombieDraft(db: SqlDriver, zombie: Zombie): FindingDraft {
  const calls = inTimeOrder(answeredCalls(db, zombie.id));
  const who = whoMade(db, calls);
  const lacksControl = zombie.newer !== null && zombie.open > 0 && zombie.newerOpen === 0;
  return {
    subject: zombie.key,
    title: `${zombie.key} is deprecated and still answered ${plural(calls.length, 'call')} of ${plural(who.principals.length, 'principal')}`,
    severity: { base: 'low', steps: lacksControl ? [{ by: 1, why: 'it answers without a credential, its newer version does not' }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.2 + zombie.sensitivity * 0.15 + Math.min(0.2, who.principals.length / 50)),
    principals: who.principals,
    credentials: [],
    endpoints: [zombie.id],
    chains: who.chains,
    calls,
    crossedAt: calls[0],
    observed: { answeredCalls: calls.length, callers: who.labels.slice(0, 20), why: zombie.why, ...(zombie.newerKey === null ? {} : { newerVersion: zombie.newerKey }) },
    expected: { answeredCalls: 0 },
    benignTested: [
      { explanation: 'announced, and its principals have time left to move', result: zombie.by === 'header' ? 'possible: its answers announce the end; compare the date' : 'not known: its answers announce no date' },
    ],
    remediation: ['Tell its principals and set a date, announced with the Sunset header (RFC 8594); then switch it off.', 'Until then, give it the controls of its successor.'],
  };
} // prettier-ignore

interface Orphan {
  readonly id: number;
  readonly key: string;
  readonly host: string;
  readonly name: string;
}

/** Calls to a host for which a description speaks, and the seconds between the first and the last; undefined where the evidence has none. */
function callsTo(db: SqlDriver, host: string): { readonly calls: number; readonly seconds: number } | undefined {
  const row = db
    .prepare(
      `SELECT min(first_seen) AS first, max(last_seen) AS last, sum(calls) AS calls, max(spec IN ('documented', 'shadow', 'zombie')) AS described
         FROM endpoint WHERE host = ? AND calls > 0`,
    )
    .get<{ first: number | null; last: number | null; calls: number | null; described: number | null }>(host);
  if (row?.described !== 1) return undefined;
  return { calls: row.calls ?? 0, seconds: ((row.last ?? 0) - (row.first ?? 0)) / 1e6 };
}

function orphanDraft(db: SqlDriver, host: string, orphans: readonly Orphan[]): FindingDraft | undefined {
  const seen = callsTo(db, host);
  if (seen === undefined) return undefined;
  const covered = `${plural(seen.calls, 'call')} to it${seen.seconds === 0 ? '' : ` in ${durationText(seen.seconds)}`}`;
  return {
    subject: `${host} silent operations`,
    title: `${plural(orphans.length, 'described operation')} of ${host === '' ? 'a host without a name' : host} ${orphans.length === 1 ? 'was' : 'were'} never called, of ${covered}${orphans.length === 1 ? `: ${orphans[0]?.name ?? ''}` : ''}`,
    severity: { base: 'info', steps: [] },
    confidence: 'observed',
    score: 0.1,
    principals: [],
    credentials: [],
    endpoints: orphans.map(({ id }) => id),
    chains: [],
    calls: [],
    observed: { operations: orphans.map(({ key }) => key).slice(0, 50), callsToHost: seen.calls, days: Math.round(seen.seconds / 8_640) / 10 },
    expected: { calls: 1 },
    benignTested: [{ explanation: 'rare or seasonal endpoints', result: `possible: the evidence holds ${covered}` }],
    remediation: ['Ask the owner whether it is needed; what nobody calls need not be reachable.'],
  };
} // prettier-ignore

/** Described operations that nothing called, one finding a host; and those of hosts to which the evidence has no call. */
function findOrphans(db: SqlDriver): { readonly drafts: readonly FindingDraft[]; readonly unseen: number } {
  const byHost = new Map<string, Orphan[]>();
  for (const row of db
    .prepare("SELECT id, key, host, method || ' ' || template AS name FROM endpoint WHERE spec = 'orphan' ORDER BY key")
    .all<Orphan & Record<string, string | number>>())
    addTo(byHost, row.host, row);
  const drafts = [...byHost].flatMap(([host, orphans]) => orphanDraft(db, host, orphans) ?? []);
  const told = drafts.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
  return { drafts, unseen: [...byHost.values()].reduce((sum, { length }) => sum + length, 0) - told };
}

/** Flags operations that are deprecated and still answer, and described ones that nothing calls. */
export const zombieOrOrphan: Detector = {
  id: 'zombie-or-orphan',
  version: 2,
  title: 'Deprecated but alive, or described but silent',
  question: 'Which endpoints should be gone and still answer, and which does nobody use?',
  about: {
    catches: 'Endpoints that are deprecated or replaced and still answer, and endpoints that the description promises and nobody calls.',
    inputs: ['an API description, or versions in paths'],
    falsePositives: ['endpoints of a season', 'evidence that is too short for rare use'],
  },
  family: 'posture',
  needs: ['inventory', 'chains'],
  reads: ['status'],
  maps: { owaspApi: ['API9:2023'], owaspLlm: [], owaspAgentic: [], attack: ['T1190'], atlas: [], cwe: ['CWE-1059'] },
  settings: [
    {
      name: 'movedOn',
      value: 0.9,
      why: 'an older version counts as left behind once nine in ten principals of both versions use the newer one',
    },
  ],
  async run(db, breathe) {
    const described = db.prepare('SELECT 1 FROM specification LIMIT 1').get() !== undefined;
    const zombies = readZombies(db);
    if (!described && zombies.length === 0 && db.prepare('SELECT 1 FROM endpoint_header LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no API description, no header that says deprecated and no path in two versions' };
    const { drafts, unseen } = findOrphans(db);
    const missing = `nothing can be said of ${plural(unseen, 'described operation')}: no call of the evidence goes to their hosts`;
    if (unseen > 0 && drafts.length === 0 && zombies.length === 0) return { kind: 'not-evaluable', reason: missing };
    const findings = [...drafts];
    for (const zombie of zombies) {
      findings.push(zombieDraft(db, zombie));
      await breathe();
    }
    return { kind: 'evaluated', findings, ...(unseen === 0 ? {} : { partly: missing }) };
  },
};
