import { greatest } from '../../lib/extremes.ts';
import type { PrincipalKind } from '../../contract/report-json.ts';
import { addTo } from '../../lib/group-values.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { whatOf } from './signals/read-signals.ts';
import { isAdministrative, likeness, repertoireReader } from './signals/same-work.ts';
import { listOf, plural } from './spoken.ts';
import { isInnerHop } from '../store/hop-sql.ts';

/** Calls of the caller in the baseline window: fewer do not say what its work is. */
const MIN_KNOWN = 20;
/** Callers whose work is as alike do the same. See `likeness`. */
const SAME_ROLE = 0.6;
/** … and so much is enough where those who may are hardly known: half of the calls so far, or more, came from somebody who called once. */
const SAME_ROLE_OF_FEW = 0.3;
const HARDLY_KNOWN = 0.5;
/** Callers of an operation up to which a first use inside the baseline window counts as well: the incident may lie in it. */
const FEW_CALLERS = 2;
/** As many callers that begin with an operation in the same evidence are a release, not an abuse. */
const MANY_NEW = 3;
/** Refusals before a program was let in: by them it is known to have had no right, whoever else had one. */
const MIN_REFUSED = 2;

interface Candidate {
  readonly principal: number;
  readonly endpoint: number;
  readonly principalKey: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly endpointKey: string;
  readonly method: string;
  readonly template: string;
  readonly sensitivity: number;
  readonly flags: string;
  readonly words: string;
  readonly isNew: number;
  /** Units: µs. */
  readonly first: number;
}

/** First uses after the baseline window by callers who were at work in it; and those inside of it, of what hardly anybody uses. */
const CANDIDATES = `
  SELECT b.principal_id AS principal, b.endpoint_id AS endpoint, p.key AS principalKey, p.label, p.kind, e.key AS endpointKey, e.method, e.template, e.sensitivity, e.flags,
         ifnull(o.tags, '') || ' ' || ifnull(o.security, '') AS words, b.is_new AS isNew, b.first_seen AS first
  FROM baseline b JOIN principal p ON p.id = b.principal_id AND p.weak = 0 JOIN endpoint e ON e.id = b.endpoint_id
  JOIN baseline own ON own.principal_id = b.principal_id AND own.endpoint_id IS NULL AND own.calls >= ${String(MIN_KNOWN)}
  LEFT JOIN operation o ON o.id = e.operation_id
  WHERE b.is_new = 1 OR (e.principals <= ${String(FEW_CALLERS)} AND b.first_seen > own.first_seen) ORDER BY p.key, e.key`;

const isPrivileged = ({ template, words, flags }: Candidate): boolean =>
  isAdministrative(template) || isAdministrative(words) || flags.includes('grants-power');

interface User {
  readonly id: number;
  readonly calls: number;
}

/** Callers of an endpoint in the baseline window, and before this one. */
const usersBefore = (db: SqlDriver, { endpoint, principal, first }: Candidate): readonly User[] =>
  db
    .prepare(
      'SELECT principal_id AS id, calls FROM baseline WHERE endpoint_id = ? AND principal_id IS NOT NULL AND principal_id <> ? AND is_new = 0 AND calls > 0 AND first_seen < ?',
    )
    .all<User>(endpoint, principal, first);

/**
 * How alike the work of a caller and of a former one must be before both have the same right. Where each call so far came from another person, the
 * next one will, too: the chance that the next caller is new is the share of calls by those who called once.
 * Source: I. J. Good (1953), "The population frequencies of species".
 */
function neededLikeness(users: readonly User[]): number {
  const once = users.filter(({ calls }) => calls === 1).length;
  const calls = users.reduce((sum, user) => sum + user.calls, 0);
  return users.length > 1 && once >= HARDLY_KNOWN * calls ? SAME_ROLE_OF_FEW : SAME_ROLE;
}

/** True when the caller's work had shown before its first use. */
function hadShown(db: SqlDriver, { principal, isNew, first }: Candidate): boolean {
  if (isNew === 1) return true;
  const calls = db
    .prepare(
      'SELECT count(*) AS n FROM (SELECT 1 FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ? AND f.same_as IS NULL AND +c.time < ? LIMIT ?)',
    )
    .get<{ n: number }>(principal, first, MIN_KNOWN);
  return (calls?.n ?? 0) >= MIN_KNOWN;
}

interface Uses {
  readonly succeeded: readonly number[];
  readonly refused: readonly number[];
  /** Of the refused, those before the first that was answered; 0 where none was answered. */
  readonly refusedFirst: number;
}

/**
 * Calls of the pair: those that got an answer, and those that were refused for want of a right. What a service did to answer another call
 * of the caller is the service's doing, and left out: what lies within that call, and what names nobody itself and has its caller from its trace.
 */
function usesOf(db: SqlDriver, { principal, endpoint }: Candidate): Uses {
  const rows = db
    .prepare(
      `SELECT c.id, c.status FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ? AND +f.endpoint_id = ? AND f.same_as IS NULL
       AND (+c.status BETWEEN 200 AND 299 OR +c.status IN (401, 403))
       AND NOT EXISTS (SELECT 1 FROM edge x WHERE x.to_call = c.id AND ${isInnerHop('x')})
       AND NOT (c.credential_id IS NULL AND c.consumer_id IS NULL AND EXISTS (
         SELECT 1 FROM edge x JOIN call_fact o ON o.call_id = x.from_call WHERE x.to_call = c.id AND x.kind = 'trace' AND o.principal_id = f.principal_id))
       ORDER BY c.time, c.id`,
    )
    .all<{ id: number; status: number }>(principal, endpoint);
  const letIn = rows.findIndex(({ status }) => status < 300);
  return {
    refusedFirst: Math.max(0, letIn),
    succeeded: rows.filter(({ status }) => status < 300).map(({ id }) => id),
    refused: rows.filter(({ status }) => status >= 400).map(({ id }) => id),
  };
}

interface Abuse {
  readonly candidate: Candidate;
  readonly uses: Uses;
  /** Who used the operation before; the closest of them and how close. */
  readonly users: readonly number[];
  readonly closest: number;
}

/** A program that was turned away and came back until it was let in. Of a person it may be the right that he then asked for. */
const wasTurnedAway = ({ candidate, uses }: Abuse): boolean => candidate.kind !== 'human' && uses.refusedFirst >= MIN_REFUSED;

/** Reads that gave nothing about people and no power. */
const isHarmless = (abuses: readonly Abuse[]): boolean =>
  abuses.every(({ candidate }) => candidate.method === 'GET' && candidate.sensitivity < 2 && !candidate.flags.includes('grants-power'));

function toDraft(db: SqlDriver, abuses: readonly Abuse[]): FindingDraft | undefined {
  const first = abuses[0];
  if (first === undefined) return undefined;
  const { label, principal, principalKey } = first.candidate;
  const succeeded = abuses.flatMap(({ uses }) => uses.succeeded);
  const calls = inOrder(
    db,
    abuses.flatMap(({ uses }) => [...uses.succeeded, ...uses.refused]),
  );
  const keys = abuses.map(({ candidate }) => candidate.endpointKey);
  const sensitive = abuses.some(({ candidate, uses }) => uses.succeeded.length > 0 && candidate.sensitivity >= 3);
  const name = db.prepare('SELECT label FROM principal WHERE id = ?');
  const users = [...new Set(abuses.flatMap((abuse) => abuse.users))].map((id) => name.get<{ label: string }>(id)?.label ?? '').sort();
  return {
    subject: principalKey,
    title: `${label} ${succeeded.length > 0 ? 'used' : 'tried'} ${keys.length === 1 ? (keys[0] ?? '') : plural(keys.length, 'privileged endpoint')} ${users.length === 0 ? 'that nobody had used before, after it had been refused' : 'that only principals of other work had used'}`,
    severity:
      succeeded.length > 0
        ? {
            base: 'high',
            steps: [
              ...(sensitive ? [{ by: 1, why: 'it got data of the most sensitive kind' }] : []),
              ...(isHarmless(abuses) ? [{ by: -2, why: 'it only read, and nothing sensitive' }] : []),
            ],
          }
        : { base: 'high', steps: [{ by: -1, why: 'every attempt was refused' }] },
    confidence: 'inferred',
    // The same again adds nothing: one function called a thousand times is one function.
    score: Math.min(1, 0.4 + abuses.length / 20 + (sensitive ? 0.2 : 0)),
    principals: [principal],
    ...whatOf(db, calls),
    crossedAt: succeeded[0] ?? calls[0],
    observed: {
      operations: keys,
      succeeded: succeeded.length,
      refused: calls.length - succeeded.length,
      formerCallers: users.slice(0, 20),
      closestLikeness: Math.round(greatest(abuses.map(({ closest }) => closest)) * 100) / 100,
    },
    expected: { likenessOfTheSameWork: `at least ${String(SAME_ROLE)}` },
    benignTested: [
      {
        explanation: 'a release that many principals take up',
        result: `tested: endpoints that ${String(MANY_NEW)} or more principals begin with do not count`,
      },
      {
        explanation: 'a principal of the same work',
        result:
          users.length === 0
            ? `tested: nobody else had called them, and it was refused ${plural(calls.length - succeeded.length, 'time')} itself`
            : `tested: none of ${listOf(users, 3)} does work that is ${String(SAME_ROLE * 100)} % like its own`,
      },
      { explanation: 'a right that was given meanwhile, or a new role', result: 'not testable: no list of roles is in the evidence' },
    ],
    remediation: [
      `Check at the server that the principal’s role may use ${listOf(keys, 3)}.`,
      `Ask the owner of ${label} whether it was given a new task; else take the right away.`,
    ],
  };
}

function inOrder(db: SqlDriver, calls: readonly number[]): readonly number[] {
  const time = db.prepare('SELECT time FROM call WHERE id = ?');
  const times = new Map(calls.map((id) => [id, time.get<{ time: number | null }>(id)?.time ?? Infinity]));
  return calls.toSorted((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || a - b);
}

/** Flags callers that take up functions of administrators. */
export const bflaPrivilegedFunction: Detector = {
  id: 'bfla-privileged-function',
  version: 5,
  title: 'Function above the principal’s role',
  question: 'Did anyone use an administrator’s function without being one?',
  about: {
    catches: 'A principal of an ordinary role on a function of administrators, or one that only read until now and begins to write.',
    inputs: ['calls with a known principal', 'an API description sharpens what counts as privileged'],
    falsePositives: ['a release that changes what everybody calls', 'a change of role within the window', 'an emergency account'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['baseline'],
  reads: ['caller', 'status'],
  maps: {
    owaspApi: ['API5:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI03'],
    attack: ['T1078.004', 'T1059.009'],
    atlas: ['AML.T0053'],
    cwe: ['CWE-285', 'CWE-862'],
  },
  settings: [
    { name: 'minKnown', value: MIN_KNOWN, why: 'fewer calls in the baseline window do not say what a principal’s work is' },
    {
      name: 'sameRole',
      value: SAME_ROLE,
      why: 'principals that share most of what they do, as far as their calls have shown it, do the same work',
    },
    {
      name: 'sameRoleOfFew',
      value: SAME_ROLE_OF_FEW,
      why: 'where each former call came from another principal, hardly anything is known of who may: half as alike is enough',
    },
    {
      name: 'minRefused',
      value: MIN_REFUSED,
      why: 'refusals before a program was let in: of endpoints that nobody used before, they alone say that it had no right',
    },
    { name: 'manyNew', value: MANY_NEW, why: 'what several principals take up at once is a release' },
  ],
  async run(db, breathe) {
    if (getMeta(db, 'baseline_to') === undefined)
      return { kind: 'not-evaluable', reason: 'the evidence is too short to know what each principal usually does' };
    const candidates = db
      .prepare(CANDIDATES)
      .all<Candidate>()
      .filter((candidate) => isPrivileged(candidate) && hadShown(db, candidate));
    const beginners = new Map<number, number>();
    for (const { endpoint } of candidates) beginners.set(endpoint, (beginners.get(endpoint) ?? 0) + 1);
    const workOf = repertoireReader(db);
    const byPrincipal = new Map<number, Abuse[]>();
    const unknown = new Map<number, Abuse[]>();
    for (const candidate of candidates) {
      if ((beginners.get(candidate.endpoint) ?? 0) >= MANY_NEW) continue;
      const former = usersBefore(db, candidate);
      const users = former.map(({ id }) => id);
      const own = workOf(candidate.principal);
      const closest = greatest(
        users.map((user) => likeness(own, workOf(user))),
        0,
      );
      const uses = usesOf(db, candidate);
      await breathe();
      if (closest >= neededLikeness(former) || uses.succeeded.length + uses.refused.length === 0) continue;
      const abuse = { candidate, uses, users, closest };
      // An operation that nobody used before is new, and whose it is nobody knows: alone it accuses no one who was served at once.
      addTo(users.length === 0 && !wasTurnedAway(abuse) ? unknown : byPrincipal, candidate.principal, abuse);
    }
    const found = [...byPrincipal].map(([principal, abuses]) => [...abuses, ...(unknown.get(principal) ?? [])]);
    return { kind: 'evaluated', findings: found.flatMap((abuses) => toDraft(db, abuses) ?? []) };
  },
};
