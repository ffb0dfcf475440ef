import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { missingTimes, whatOf } from './signals/read-signals.ts';
import { plural } from './spoken.ts';

/** Units: µs. */
const MINUTE = 60_000_000;
/** Failing calls of a minute, their share, and times the usual share, from which a service is down. */
const MIN_FAILED = 5;
const MIN_SHARE = 0.3;
const TIMES_USUAL = 5;
/** Callers that meet it: one caller that fails has its own trouble. */
const MIN_CALLERS = 3;
/** The next service falls within this. Units: minutes. */
const NEXT = 5;
/** Services that make a cascade. */
const MIN_SERVICES = 2;
const FAILED = '(c.status = 429 OR c.status >= 500)';

interface Minute {
  readonly host: string;
  readonly minute: number;
  readonly calls: number;
  readonly failed: number;
  readonly callers: number;
  readonly total: number;
  readonly total_failed: number;
}

/** A service that was down from one minute to another. */
interface Outage {
  readonly host: string;
  readonly from: number;
  to: number;
  failed: number;
  calls: number;
}

/** Minutes in which services were down. One walk along the calls in SQL; only failing minutes come out of it. */
function readMinutes(db: SqlDriver): readonly Minute[] {
  return db
    .prepare(
      `WITH minutes AS (
         SELECT c.host_id AS host, c.time / ${String(MINUTE)} AS minute, count(*) AS calls, sum(${FAILED}) AS failed,
           count(DISTINCT CASE WHEN ${FAILED} THEN f.principal_id END) AS callers
         FROM call c JOIN call_fact f ON f.call_id = c.id
         WHERE c.time IS NOT NULL AND c.host_id IS NOT NULL AND c.status IS NOT NULL AND f.same_as IS NULL GROUP BY 1, 2),
       hosts AS (SELECT host, sum(calls) AS total, sum(failed) AS total_failed FROM minutes GROUP BY 1)
       SELECT t.value AS host, m.minute, m.calls, m.failed, m.callers, h.total, h.total_failed
       FROM minutes m JOIN hosts h ON h.host = m.host JOIN term t ON t.id = m.host
       WHERE m.failed >= ? AND m.callers >= ? ORDER BY m.minute, t.value`,
    )
    .all<Minute>(MIN_FAILED, MIN_CALLERS);
}

const isDown = ({ calls, failed, total, total_failed }: Minute): boolean => {
  // The minute itself is no part of what is usual.
  const usual = (total_failed - failed) / Math.max(1, total - calls);
  return failed >= MIN_SHARE * calls && failed / calls >= TIMES_USUAL * usual;
};

function outagesOf(minutes: readonly Minute[]): readonly Outage[] {
  const open = new Map<string, Outage>();
  const outages: Outage[] = [];
  for (const { host, minute, failed, calls } of minutes) {
    const last = open.get(host);
    if (last !== undefined && minute - last.to <= NEXT) {
      last.to = minute;
      last.failed += failed;
      last.calls += calls;
    } else {
      const outage = { host, from: minute, to: minute, failed, calls };
      open.set(host, outage);
      outages.push(outage);
    }
  }
  return outages;
}

/** Outages that began while another was there, or soon after: one group each. */
function cascadesOf(outages: readonly Outage[]): readonly (readonly Outage[])[] {
  const groups: Outage[][] = [];
  for (const outage of outages) {
    const group = groups.at(-1);
    if (group !== undefined && outage.from <= Math.max(...group.map(({ to }) => to)) + NEXT) group.push(outage);
    else groups.push([outage]);
  }
  return groups.filter((group) => new Set(group.map(({ host }) => host)).size >= MIN_SERVICES);
}

/** Failing calls of an outage, in time order. */
const callsOf = (db: SqlDriver, { host, from, to }: Outage): readonly number[] =>
  db
    .prepare(
      `SELECT c.id FROM call c JOIN call_fact f ON f.call_id = c.id JOIN term t ON t.id = c.host_id
       WHERE t.value = ? AND c.time >= ? AND c.time < ? AND ${FAILED} AND f.same_as IS NULL ORDER BY c.time, c.path`,
    )
    .all<{ id: number }>(host, from * MINUTE, (to + 1) * MINUTE)
    .map(({ id }) => id);

function toDraft(db: SqlDriver, group: readonly Outage[]): FindingDraft {
  const byOutage = group.map((outage) => ({ outage, calls: callsOf(db, outage) }));
  const calls = byOutage.flatMap((each) => each.calls);
  const hosts = [...new Set(group.map(({ host }) => host))];
  const [first] = byOutage;
  const begin = group[0]?.from ?? 0;
  const minutes = Math.max(...group.map(({ to }) => to)) - begin + 1;
  const limits = db.prepare('SELECT status FROM call WHERE id = ?').get<{ status: number }>(first?.calls[0] ?? 0)?.status === 429;
  return {
    subject: `cascade ${String(begin)}`,
    title: `${plural(hosts.length, 'service')} failed one after the other within ${durationText(minutes * 60)}, ${first?.outage.host ?? ''} first: ${plural(calls.length, 'failed call')}`,
    severity: { base: 'low', steps: hosts.length >= 3 ? [{ by: 1, why: `${plural(hosts.length, 'service')} were down at the same time` }] : [] },
    confidence: 'inferred',
    score: Math.min(1, 0.2 + hosts.length / 20),
    principals: [],
    ...whatOf(db, calls),
    // One service down is an outage; the second makes it a cascade.
    crossedAt: byOutage[1]?.calls[0] ?? first?.calls[0],
    observed: { services: hosts.slice(0, 12), minutes, failedCalls: calls.length, beganWith: limits ? '429, a limit that was reached' : 'errors of the server' },
    expected: { failedShareOfAMinute: `below ${String(MIN_SHARE)}`, servicesDownAtOnce: 'fewer than 2' },
    benignTested: [
      { explanation: 'one client with wrong requests', result: `not supported: ${String(MIN_CALLERS)} principals or more met it at each service` },
      { explanation: 'a release', result: 'not testable from the evidence: compare with the list of changes' },
    ],
    remediation: [`Begin with ${first?.outage.host ?? 'the first service'}: the others fell after it.`, 'Let clients wait longer after each failure, and stop asking a service that is down.'],
    exhibits: [
      {
        kind: 'steps',
        title: 'What fell, in order',
        steps: byOutage.slice(0, 12).map(({ outage, calls: own }) => ({
          ...(own[0] === undefined ? {} : { at: own[0] }),
          state: 'crossed' as const,
          text: `${outage.host}: ${plural(outage.failed, 'call')} of ${String(outage.calls)} failed, for ${durationText((outage.to - outage.from + 1) * 60)}${outage.from === begin ? '' : `, ${durationText((outage.from - begin) * 60)} after the first`}`,
        })),
      },
    ],
  };
} // prettier-ignore

/** Flags services that fail one after the other. */
export const errorCascade: Detector = {
  id: 'error-cascade',
  version: 1,
  title: 'Failures that spread',
  question: 'Did services fail one after the other, and which was the first?',
  about: {
    catches: 'Failures that begin at one service and spread to those that call it, with the order in which they began.',
    inputs: ['calls with status and time to two hosts or more', 'links between calls, to tell spread from coincidence'],
    falsePositives: ['a release or planned work on several services', 'one client that sends wrong requests everywhere'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains'],
  reads: ['time', 'status'],
  maps: { owaspApi: ['API4:2023'], owaspLlm: ['LLM10:2025'], owaspAgentic: ['ASI08'], attack: ['T1499'], atlas: ['AML.T0029'], cwe: ['CWE-770'] },
  settings: [
    { name: 'minFailed', value: MIN_FAILED, why: 'answers of 429 or 5xx in one minute; fewer happen every day' },
    { name: 'minShare', value: MIN_SHARE, why: 'share of the minute’s calls: below it the service still works' },
    { name: 'timesUsual', value: TIMES_USUAL, why: 'times the service’s own share at other times' },
    { name: 'minCallers', value: MIN_CALLERS, why: 'one principal that fails has its own trouble' },
    { name: 'next', value: '5 min', why: 'queues and retries carry a failure on within minutes' },
  ],
  async run(db, breathe) {
    const missing = missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const hosts = db.prepare('SELECT count(DISTINCT host_id) AS n FROM call WHERE status IS NOT NULL').get<{ n: number }>()?.n ?? 0;
    if (hosts < MIN_SERVICES) return { kind: 'not-evaluable', reason: 'fewer than two services with a status: nothing can spread' };
    await breathe();
    const groups = cascadesOf(outagesOf(readMinutes(db).filter(isDown)));
    return { kind: 'evaluated', findings: groups.map((group) => toDraft(db, group)) };
  },
}; // prettier-ignore
