import { durationText } from '../../lib/duration.ts';
import { groupBy } from '../../lib/group-by.ts';
import { useLogs } from './rows/logs.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { inTimeOrder } from './rows/in-time-order.ts';
import { plural } from './spoken.ts';
import { isInnerHop } from '../store/hop-sql.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
/** Units: µs. */
const LONG = 3 * DAY;
/** A silence this much longer than any before it is not the credential's rhythm. */
const TIMES_USUAL = 5;
/** In a short bundle a silence under three days counts only when the credential wakes in a new place. Units: µs. */
const SHORT = 12 * HOUR;
/** How unlikely a shorter silence must be, measured by the rhythm before it. */
const SURPRISE = 0.01;
/** Uses before the silence that make a rhythm at all. */
const MIN_BEFORE = 5;
const MIN_BEFORE_LONG = 3;
const MIN_WORK = 5;
/** Hours with uses before a silence: fewer are one visit or two, and no rhythm that could be broken. */
const MIN_HOURS = 3;
/** Share of the credentials that came back after as long, to holders of one kind, from which on it is how they are used; so few never are. */
const MAX_SHARE = 0.1;
const MAX_ALIKE = 2;
/** Share of the credentials of holders of one kind with several networks, from which on a new network says nothing: people move about. */
const MOVING = 0.2;

interface Candidate {
  readonly credential: number;
  readonly key: string;
  readonly kind: string;
  readonly principal: number | null;
  readonly label: string | null;
  readonly holder: string | null;
  readonly from: number;
  readonly to: number;
  readonly earlier: number;
  readonly before: number;
  /** First use of all. */
  readonly since: number;
}

interface Woken {
  readonly seen: Candidate;
  readonly draft: FindingDraft;
}

const CANDIDATES = `
  SELECT l.credential_id AS credential, u.key, k.kind, u.principal_id AS principal, p.label, p.kind AS holder,
         l.gap_from AS "from", l.gap_to AS "to", l.earlier_gap AS earlier, l.uses_before AS before,
         (SELECT min(first_use) FROM credential_context x WHERE x.credential_id = l.credential_id) AS since
    FROM credential_life l JOIN credential_use u USING (credential_id) JOIN credential k ON k.id = l.credential_id LEFT JOIN principal p ON p.id = u.principal_id
   WHERE l.gap_to - l.gap_from >= ${String(SHORT)} ORDER BY u.key`;

/** Networks and programs that used the credential first after the silence. */
const NEW_CONTEXTS = `
  SELECT network, family, network NOT IN (SELECT network FROM credential_context WHERE credential_id = ? AND first_use <= ?) AS isNew
    FROM credential_context WHERE credential_id = ? AND first_use >= ? AND network <> 'none' ORDER BY first_use, network, family`;

/**
 * Chance of a silence at least as long, were the uses spread at random with the longest earlier silence as their mean, which is kind to the
 * credential. Example: after 6 uses at most 2 h apart, 19 h have a chance of (1 + 19 / (5 × 2))^-5 = 0.005.
 * Source: the predictive distribution of exponential waits with an unknown mean (Pareto; Lawless, "Statistical Models and Methods for
 * Lifetime Data", 2003, section 4.1).
 */
function chanceOf(gap: number, { earlier, before }: Pick<Candidate, 'earlier' | 'before'>): number {
  const waits = Math.max(before - 1, 1);
  return (1 + gap / (waits * Math.max(earlier, 1))) ** -waits;
}

/**
 * A first night is no silence: either a day of use before shows how the credential keeps its nights, or the silence goes on over the
 * hours of the day in which it had been at work.
 */
const isMoreThanNight = ({ since, from, to }: Candidate): boolean => from - since >= DAY || to - from >= DAY;

/** What the caller did since from the addresses of these calls, where another log names it but shows no credential. */
function callsBeside(db: SqlDriver, principal: number, since: number, calls: readonly number[]): readonly number[] {
  const address = db.prepare('SELECT client_ip_id AS ip FROM call WHERE id = ?');
  const addresses = new Set(calls.flatMap((id) => address.get<{ ip: number | null }>(id)?.ip ?? []));
  return db
    .prepare(
      `SELECT c.id, c.client_ip_id AS ip FROM call_fact f JOIN call c ON c.id = f.call_id
        WHERE f.principal_id = ? AND f.same_as IS NULL AND c.credential_id IS NULL AND +c.time >= ? AND c.client_ip_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM edge x WHERE x.to_call = c.id AND ${isInnerHop('x')})`,
    )
    .all<{ id: number; ip: number }>(principal, since)
    .filter(({ ip }) => addresses.has(ip))
    .map(({ id }) => id);
}

/** Hours of the clock in which the credential was used up to the silence. */
const hoursBefore = (db: SqlDriver, { credential, from }: Candidate): number =>
  db
    .prepare(`SELECT count(DISTINCT CAST(time / ${String(HOUR)} AS INTEGER)) AS n FROM call WHERE credential_id = ? AND +time <= ?`)
    .get<{ n: number }>(credential, from)?.n ?? 0;

/** True where the credentials of people are at home in several networks each, as one log saw them. */
function doPeopleMove(db: SqlDriver): boolean {
  useLogs(db);
  const { n = 0, moving = 0 } =
    db
      .prepare(
        `SELECT count(*) AS n, sum(EXISTS (SELECT 1 FROM temp.log_context x WHERE x.credential_id = u.credential_id AND x.network <> 'none'
                                            GROUP BY x.source_id HAVING count(DISTINCT x.network) > 1)) AS moving
           FROM credential_use u JOIN principal p ON p.id = u.principal_id WHERE p.kind = 'human' AND u.calls > 0`,
      )
      .get<{ n: number; moving: number }>() ?? {};
  return moving > MAX_ALIKE && moving > MOVING * n;
}

const isLongSilence = ({ from, to }: Candidate): boolean => to - from >= LONG;

/** Without long silences after which that kind of holder comes back as a matter of course: people look at a portal when they need it. */
function withoutUsual(candidates: readonly Candidate[], found: readonly Woken[]): readonly FindingDraft[] {
  const back = groupBy(candidates.filter(isLongSilence), ({ holder }) => holder);
  const long = groupBy(found.filter(({ seen }) => isLongSilence(seen)), ({ seen }) => seen.holder); // prettier-ignore
  const isUsual = ({ seen: { holder } }: Woken): boolean =>
    (long.get(holder)?.length ?? 0) > Math.max(MAX_ALIKE, MAX_SHARE * (back.get(holder)?.length ?? 0));
  return found.filter((woken) => !isLongSilence(woken.seen) || !isUsual(woken)).map(({ draft }) => draft);
}

function judge(db: SqlDriver, seen: Candidate, isMoving: boolean): FindingDraft | undefined {
  const gap = seen.to - seen.from;
  const contexts = db
    .prepare(NEW_CONTEXTS)
    .all<{ network: string; family: string; isNew: number }>(seen.credential, seen.from, seen.credential, seen.to);
  const unseen = contexts.filter(({ isNew }) => isNew === 1);
  // Of somebody who moves about, a new network says nothing.
  const places = isMoving ? [] : unseen;
  const isLong = gap >= Math.max(LONG, TIMES_USUAL * seen.earlier) && seen.before >= MIN_BEFORE_LONG;
  const isShort =
    chanceOf(gap, seen) <= SURPRISE && seen.before >= MIN_BEFORE && places.length > 0 && seen.holder !== 'human' && isMoreThanNight(seen);
  if ((!isLong && !isShort) || hoursBefore(db, seen) < MIN_HOURS) return undefined;
  const calls = db
    .prepare(
      'SELECT c.id FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND +c.time >= ? AND f.same_as IS NULL ORDER BY c.time, c.record',
    )
    .all<{ id: number }>(seen.credential, seen.to)
    .map(({ id }) => id);
  const beside = places.length === 0 || seen.principal === null ? [] : callsBeside(db, seen.principal, seen.to, calls);
  const reach = readReach(db, [...calls, ...beside]);
  // A long silence alone is not enough: it must go to work. A new place after a short one speaks for itself.
  if (isLong && places.length === 0 && calls.length < MIN_WORK && reach.grave === 0 && reach.writes === 0) return undefined;
  return toDraft(seen, { gap, isLong, calls: inTimeOrder(db, [...calls, ...beside]), reach, places, isElsewhere: unseen.length > 0 });
}

function toDraft(
  seen: Candidate,
  { gap, isLong, calls, reach, places, isElsewhere }: { gap: number; isLong: boolean; calls: readonly number[]; reach: ReturnType<typeof readReach>; places: readonly { network: string; family: string }[]; isElsewhere: boolean },
): FindingDraft {
  const where = places[0] === undefined ? '' : `, now from ${places[0].network} with ${places[0].family}`;
  const who = seen.label ?? 'an unknown principal';
  return {
    subject: seen.key,
    title: `${seen.key} of ${who} was silent for ${durationText(Math.round(gap / 1e6))} and then made ${plural(calls.length, 'call')}${where}`,
    severity: {
      base: 'medium',
      steps: [
        ...(isLong ? [] : [{ by: -1, why: 'the silence is shorter than three days' }]),
        ...(places.length > 0 ? [{ by: 1, why: 'it woke in a network that it had never used' }] : []),
        ...reachSteps(reach),
      ],
    },
    confidence: places.length > 0 ? 'inferred' : 'suspected',
    score: Math.min(1, 0.2 + (places.length > 0 ? 0.3 : 0) + (isLong ? 0.2 : 0) + Math.min(0.3, calls.length / 1000)),
    principals: seen.principal === null ? [] : [seen.principal],
    credentials: [seen.credential],
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls,
    crossedAt: calls[places.length > 0 || reach.grave > 0 ? 0 : Math.min(calls.length, MIN_WORK) - 1],
    observed: { silentSeconds: Math.round(gap / 1e6), usesBefore: seen.before, callsAfter: calls.length, acceptedAfter: reach.accepted, newNetworks: places.map(({ network }) => network).slice(0, 10) },
    expected: { longestEarlierSilenceSeconds: Math.round(seen.earlier / 1e6) },
    benignTested: [
      { explanation: 'a job that runs rarely', result: `not supported: the longest silence before lasted ${durationText(Math.round(seen.earlier / 1e6))}, over ${plural(seen.before, 'use')}` },
      { explanation: 'its owner, back at the same place', result: places.length > 0 ? 'not supported: the network is new' : isElsewhere ? 'possible: the network is new, but such holders use several each' : 'possible: it woke where it was used before' },
    ],
    remediation: [`Find out whether ${who} still needs ${seen.key}; revoke it if nobody answers for it.`, 'Let credentials that nobody uses expire after 30 days.'],
    story: calls[0] === undefined ? [] : [{ call: calls[0], role: 'woken', text: `${seen.key} of ${who} woke after ${durationText(Math.round(gap / 1e6))}` }],
  };
} // prettier-ignore

/** Flags credentials that go to work again after a silence that is not their rhythm. */
export const dormantCredentialWoken: Detector = {
  id: 'dormant-credential-woken',
  version: 4,
  title: 'Dormant credential woken',
  question: 'Which credentials were silent for long, or left behind, and then came back to work?',
  about: {
    catches: 'A credential that was silent for long, or that its owner left behind, and that comes back to read or change what matters.',
    inputs: ['several times as much evidence as the silence, or a list of credentials'],
    falsePositives: ['jobs of a quarter or a year', 'a drill for disasters'],
  },
  family: 'incident',
  needs: ['principals', 'chains', 'credentials'],
  reads: ['credential', 'time'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['NHI1'], attack: ['T1078'], atlas: ['AML.T0012'], cwe: ['CWE-613'] },
  settings: [
    { name: 'silence', value: '3 days', why: 'longer than a weekend, and five times the longest silence before it' },
    { name: 'shortSilence', value: '12 h', why: 'in short evidence, for machines only, and only where it wakes in a new network where it is more than one night, and the rhythm before makes such a silence unlikely (1 in 100)' },
    { name: 'minHours', value: MIN_HOURS, why: 'a silence after one visit or two breaks no rhythm' },
    { name: 'maxShare', value: MAX_SHARE, why: 'where more than one in ten of what came back after as long does so, and more than two, it is how such holders use it' },
    { name: 'moving', value: MOVING, why: 'where one in five credentials of such holders is used from several networks, a new one says nothing' },
    { name: 'minBefore', value: MIN_BEFORE, why: 'fewer uses than this show no rhythm that a short silence could break' },
  ],
  async run(db, breathe) {
    const span = db.prepare('SELECT max(last_use) - min(first_use) AS n FROM credential_use').get<{ n: number | null }>()?.n ?? 0;
    if (span < SHORT) return { kind: 'not-evaluable', reason: 'credentials are seen for less than 12 hours, too short for a silence to stand out' };
    const peopleMove = doPeopleMove(db);
    const candidates = db.prepare(CANDIDATES).all<Candidate>();
    const found: Woken[] = [];
    for (const seen of candidates) {
      const draft = judge(db, seen, peopleMove && seen.holder === 'human');
      if (draft !== undefined) found.push({ seen, draft });
      await breathe();
    }
    return { kind: 'evaluated', findings: withoutUsual(candidates, found) };
  },
}; // prettier-ignore
