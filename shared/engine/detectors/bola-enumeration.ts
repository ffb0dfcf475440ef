import { durationText } from '../../lib/duration.ts';
import { numberAt } from '../../lib/numbers.ts';
import { medianAndMad } from '../../lib/stats.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import { busiestStretch, distinctPerWindow, shapeOf, widen, type IdCalls, type Stretch, type WalkShape } from './bola/id-walk.ts';
import { findStrangers, MIN_HOURS, MIN_STRANGERS } from './bola/closed-sets.ts';
import { othersMissShare, ownHabit } from './bola/habits.ts';
import { readIdCalls, readObjectEndpoints, type ObjectEndpoint } from './bola/read-ids.ts';
import { handedOverBy } from './bola/handed-over.ts';
import { foreignObjects, MIN_FOREIGN, MIN_WALKED, type ForeignObjects } from './bola/private-objects.ts';
import { MIN_LISTED, MIN_UNLISTED } from './bola/unlisted.ts';
import { listedBefore } from './bola/listed-before.ts';
import { readsByRight } from './bola/own-right.ts';
import { findSlowWalks } from './bola/slow-walks.ts';
import { collectionOf, mergeSiblings, type WalkDraft } from './bola/merge-siblings.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { outcomeStrip } from './exhibits/of-calls.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { countOf, plural } from './spoken.ts';
import { CALLED_KINDS } from '../store/hop-sql.ts';

/** Length of the window. Units: µs. */
const WINDOW = 10 * 60 * 1_000_000;
/** A walk goes on over pauses up to this. Units: µs. */
const WALK_GAP = 2 * 60 * 1_000_000;
const MIN_DISTINCT = 20;
const MAD_FACTOR = 6;
const MAD_FLOOR = 2;
const MIN_STEP_SHARE = 0.6;
const MIN_MISS_SHARE = 0.3;
const MIN_UNLISTED_SHARE = 0.7;
/** Share of the calls that a list came before; where no body tells, the caller is then taken to work with what it was given. */
const MIN_LISTED_SHARE = 0.5;
const MANY_SUCCESSES = 5;
/** What a caller does every day at half the size is its work. */
const USUAL_SHARE = 0.5;
/** A hop behind a gateway repeats the walk in front of it; it is told once. */
const PASSED_ON = 0.8;
/** On this many other days, that is; once before may have been the rehearsal. */
const HABIT_DAYS = 2;
/** Misses against those of the other callers of the endpoint. */
const MISSES_TIMES = 2;
/** Ids of a walk whose origin is looked up; the share is steady long before. */
export const MAX_LOOKED_UP = 2_000;

/** Share of the stretch's calls whose id came in no answer to this caller before; undefined when no bodies tell. */
function unlistedShare(db: SqlDriver, principal: number, calls: IdCalls, stretch: Stretch, parameter: string): number | undefined {
  const has = db
    .prepare('SELECT 1 FROM call_fact f JOIN value v ON v.call_id = f.call_id AND v.answered > 0 WHERE f.principal_id = ? LIMIT 1')
    .get(principal);
  if (has === undefined) return undefined;
  const given = db.prepare('SELECT 1 FROM edge WHERE to_call = ? AND to_at = ? AND kinds LIKE \'%"value"%\' LIMIT 1');
  const seen = new Set<number>();
  let unlisted = 0;
  for (let at = stretch.from; at < stretch.to && seen.size < MAX_LOOKED_UP; at += 1) {
    const id = numberAt(calls.id, at);
    if (seen.has(id)) continue;
    seen.add(id);
    if (given.get(numberAt(calls.call, at), `path {${parameter}}`) === undefined) unlisted += 1;
  }
  return seen.size === 0 ? undefined : unlisted / seen.size;
}

/** True where bodies of answers of that host to this caller tell what it was given: those of other hosts, such as its model, do not. */
const isListKnown = (db: SqlDriver, { principal, calls, stretch }: Walk): boolean =>
  db
    .prepare(
      `SELECT 1 FROM call_fact f JOIN call c ON c.id = f.call_id JOIN value v ON v.call_id = f.call_id AND v.answered > 0
       WHERE f.principal_id = ? AND c.host_id IS (SELECT host_id FROM call WHERE id = ?) LIMIT 1`,
    )
    .get(principal, numberAt(calls.call, stretch.from)) !== undefined;

/** Share of a stretch's calls that other calls led to on their way: the walk then belongs to whoever made those. */
function passedOnShare(db: SqlDriver, calls: IdCalls, { from, to }: Stretch): number {
  const outer = db.prepare(`SELECT 1 FROM edge WHERE to_call = ? AND kind IN ${CALLED_KINDS} LIMIT 1`);
  let passedOn = 0;
  for (let at = from; at < to; at += 1) if (outer.get(numberAt(calls.call, at)) !== undefined) passedOn += 1;
  return passedOn / Math.max(1, to - from);
}

/** True where lists came before the walk that can have named its ids: one page does not excuse thousands. */
function isFromList(
  db: SqlDriver,
  { principal, calls, stretch, shape }: Pick<Walk, 'principal' | 'calls' | 'stretch' | 'shape'>,
  template: string,
): boolean {
  const { share, room } = listedBefore(db, principal, template, calls.call.slice(stretch.from, stretch.to));
  return share >= MIN_LISTED_SHARE && room >= shape.distinct;
}

interface Walk {
  readonly principal: number;
  readonly calls: IdCalls;
  readonly stretch: Stretch;
  readonly shape: WalkShape;
  readonly unlisted: number | undefined;
  /** Other people's objects among them, where each has one user alone. */
  readonly others: ForeignObjects | undefined;
  /** Why it looks like a run that its service has the right to make; undefined where it does not. */
  readonly right: string | undefined;
  /** What the other callers do in a window; undefined when there is no other. */
  readonly usual: { readonly median: number; readonly mad: number } | undefined;
  /** Most distinct ids in a window by this caller on any other day; undefined without a baseline. */
  readonly ownUsual: number | undefined;
}

async function findWalks(
  db: SqlDriver,
  endpoint: ObjectEndpoint,
  byPrincipal: ReadonlyMap<number, IdCalls>,
  hasBaseline: boolean,
  callers: ReadonlyMap<number, Caller>,
  breathe: () => Promise<void>,
): Promise<readonly Walk[]> {
  const perCaller = new Map<number, readonly number[]>();
  for (const [principal, calls] of byPrincipal) {
    perCaller.set(principal, distinctPerWindow(calls, WINDOW));
    await breathe();
  }
  const walks: Walk[] = [];
  for (const [principal, calls] of byPrincipal) {
    if (calls.time.length < MIN_DISTINCT) continue;
    await breathe();
    const busiest = busiestStretch(calls, WINDOW);
    if (busiest.distinct < MIN_DISTINCT) continue;
    // The caller is measured against the others: alone on an endpoint it would be its own excuse.
    const usual = medianAndMad([...perCaller].flatMap(([other, windows]) => (other === principal ? [] : windows)));
    if (busiest.distinct < (perCaller.size < 2 ? 0 : usual.median) + MAD_FACTOR * Math.max(MAD_FLOOR, perCaller.size < 2 ? 0 : usual.mad))
      continue;
    const stretch = widen(calls, busiest, WALK_GAP);
    const shape = shapeOf(calls, stretch);
    const unlisted = unlistedShare(db, principal, calls, stretch, endpoint.parameter);
    const isGuessing = shape.missShare >= Math.max(MIN_MISS_SHARE, MISSES_TIMES * othersMissShare(byPrincipal, principal));
    const others = foreignObjects(byPrincipal, callerOf(callers, principal), callers, stretch);
    if (shape.stepShare < MIN_STEP_SHARE && !isGuessing && (unlisted ?? 0) < MIN_UNLISTED_SHARE && others === undefined) continue;
    if (passedOnShare(db, calls, stretch) >= PASSED_ON) continue;
    if (
      !isGuessing &&
      unlisted === undefined &&
      others === undefined &&
      isFromList(db, { principal, calls, stretch, shape }, endpoint.template)
    )
      continue;
    const habit = hasBaseline ? ownHabit(calls, stretch, WINDOW) : undefined;
    const ownUsual = habit?.most;
    // The walk's own day is left out: an incident inside the baseline must not excuse itself.
    if (habit !== undefined && habit.days.filter((most) => most >= busiest.distinct * USUAL_SHARE).length >= HABIT_DAYS) continue;
    const right = readsByRight(db, callerOf(callers, principal), calls, stretch);
    walks.push({ principal, calls, stretch, shape, unlisted, others, right, usual: perCaller.size < 2 ? undefined : usual, ownUsual });
  }
  return walks;
}

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

function toDraft(db: SqlDriver, endpoint: ObjectEndpoint, walk: Walk): FindingDraft {
  const { calls, stretch, shape, others, right, usual, ownUsual } = walk;
  const unlisted = isListKnown(db, walk) ? walk.unlisted : undefined;
  const who = db
    .prepare('SELECT key, label, weak FROM principal WHERE id = ?')
    .get<{ key: string; label: string; weak: number }>(walk.principal) ?? {
    key: 'unknown',
    label: 'An unknown principal',
    weak: 1,
  };
  const ids = calls.call.slice(stretch.from, stretch.to);
  const seconds = (numberAt(calls.time, stretch.to - 1) - numberAt(calls.time, stretch.from)) / 1e6;
  const isWorst = endpoint.sensitivity >= 3;
  const handed = handedOverBy(db, {
    principal: walk.principal,
    calls: ids,
    template: endpoint.template,
    parameter: endpoint.parameter,
    from: numberAt(calls.time, stretch.from),
    to: numberAt(calls.time, stretch.to - 1),
  });
  const steps = [
    ...(shape.successes >= MANY_SUCCESSES ? [{ by: 1, why: `${countOf(shape.successes)} calls were answered with the object` }] : []),
    ...(isWorst && shape.successes > 0 ? [{ by: 1, why: 'the objects hold data of the most sensitive class' }] : []),
    ...(shape.successes === 0 ? [{ by: -1, why: 'every attempt failed' }] : []),
    ...(handed === undefined
      ? []
      : [
          {
            by: -2,
            why: `${handed.label} changed ${percent(handed.share)} of these objects in the two hours before, as one who hands work over does`,
          },
        ]),
  ];
  const fact = db.prepare(
    'SELECT f.chain_id AS chain, c.credential_id AS credential FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.id = ?',
  );
  const facts = ids.flatMap((id) => fact.get<{ chain: number | null; credential: number | null }>(id) ?? []);
  const distinct = (values: readonly (number | null)[]): readonly number[] => [...new Set(values.filter((value) => value !== null))];
  const numbers = calls.number.slice(stretch.from, stretch.to).filter((value) => !Number.isNaN(value));
  // Reading a value per argument would overflow the stack on a long walk.
  const lowest = numbers.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = numbers.reduce((most, value) => Math.max(most, value), -Infinity);
  return {
    subject: `${who.key} ${endpoint.key}`,
    title: `${who.label} went through ${plural(shape.distinct, `different {${endpoint.parameter}}`, `different {${endpoint.parameter}}`)} of ${endpoint.method} ${endpoint.template} in ${durationText(Math.max(1, Math.round(seconds)))}${usual === undefined ? '' : `, where others open ${String(Math.round(usual.median * 10) / 10)} in ten minutes`}`,
    severity: right === undefined ? { base: 'medium', steps } : { base: 'low', steps: [] },
    confidence: right !== undefined ? 'suspected' : unlisted !== undefined && unlisted >= MIN_UNLISTED_SHARE ? 'observed' : 'inferred',
    score: Math.min(
      1,
      // Of two that tell of one walk, the one that names its caller comes first.
      0.3 +
        (who.weak === 1 ? 0 : 0.05) +
        shape.distinct / 1000 +
        (isWorst ? 0.2 : 0) +
        (shape.stepShare >= MIN_STEP_SHARE ? 0.1 : 0) +
        (shape.missShare >= MIN_MISS_SHARE ? 0.1 : 0),
    ),
    principals: [walk.principal],
    credentials: distinct(facts.map((row) => row.credential)),
    endpoints: [endpoint.id],
    chains: distinct(facts.map((row) => row.chain)),
    calls: ids,
    crossedAt: ids[Math.min(ids.length, MIN_DISTINCT) - 1],
    observed: {
      distinctIds: shape.distinct,
      calls: ids.length,
      seconds: Math.round(seconds),
      consecutiveShare: Math.round(shape.stepShare * 1000) / 1000,
      refusedOrMissingShare: Math.round(shape.missShare * 1000) / 1000,
      successes: shape.successes,
      ...(unlisted === undefined ? {} : { neverListedShare: Math.round(unlisted * 1000) / 1000 }),
      ...(others === undefined ? {} : { objectsOfOthers: others.foreign, ownersReached: others.owners }),
      ...(numbers.length === 0 ? {} : { firstId: lowest, lastId: highest }),
      dataTypes: endpoint.dataTypes,
    },
    expected: {
      ...(usual === undefined
        ? { otherCallers: 0 }
        : { distinctIdsIn10Minutes: Math.round(usual.median * 10) / 10, mad: Math.round(usual.mad * 10) / 10 }),
      ...(ownUsual === undefined ? {} : { callersOwnMost: ownUsual }),
      ...(others === undefined ? {} : { objectsWithOneUser: `${countOf(others.single)} of ${countOf(others.known)}` }),
    },
    benignTested: [
      {
        explanation: 'a batch job that does this regularly',
        result:
          ownUsual === undefined
            ? 'not testable: the evidence is too short for a baseline'
            : `not supported: the principal's own most on any other day is ${plural(ownUsual, 'id')} in ten minutes`,
      },
      {
        explanation: 'the ids came from a list that the principal had been given',
        result:
          unlisted === undefined
            ? 'not testable: no body of an answer of this host to it; provenance unknown'
            : `${unlisted >= MIN_UNLISTED_SHARE ? 'not supported' : 'partly'}: ${percent(unlisted)} of the ids stood in no earlier answer to it`,
      },
      {
        explanation: 'work that was handed over',
        result:
          handed === undefined
            ? 'not supported: nobody else changed most of these objects in the two hours before'
            : `possible: ${handed.label} changed ${percent(handed.share)} of them in the two hours before`,
      },
      {
        explanation: 'a planned run of a service over everything, such as a migration',
        result:
          right === undefined
            ? 'not supported: it is no service, it came with a program, credential or network that it had not before, or it met refusals'
            : `likely: ${right}; ask its owner whether it was planned, and where the data went`,
      },
      { explanation: 'a page counter misread as an id', result: `not supported: the parameter is {${endpoint.parameter}}` },
    ],
    remediation: [
      `Check on every ${endpoint.method} ${endpoint.template} that the principal may see this very object, not only that it is logged in.`,
      'Replace guessable ids by random ones where the interface allows it.',
      'Limit distinct objects per principal and ten minutes to what its task needs.',
      `List what the ${countOf(shape.successes)} answers held, and whom it belongs to.`,
    ],
    exhibits: [
      outcomeStrip(
        db,
        `Ids over time; ${unlisted === undefined ? 'where they came from is unknown' : `${percent(unlisted)} stood in no earlier answer`}`,
        ids,
      ),
    ],
  };
}

/** Flags a caller that goes through object after object which nobody gave it. */
export const bolaEnumeration: Detector = {
  id: 'bola-enumeration',
  version: 11,
  title: 'Object-id enumeration',
  question: 'Did anyone walk through ids of objects that it was never given?',
  about: {
    catches:
      'One principal that walks through ids of objects that no answer ever gave it: counting up, guessing, or meeting refusal after refusal, at once or slowly over days.',
    inputs: [
      'calls with a known principal and a path template',
      'answers with bodies, to tell ids that were handed out from ids that were guessed',
    ],
    falsePositives: [
      'a batch job that was given its list outside of the evidence',
      'an administrator’s role that may read everything',
      'page numbers that look like ids',
    ],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'baseline', 'signals'],
  reads: ['caller', 'status'],
  maps: {
    owaspApi: ['API1:2023'],
    owaspLlm: [],
    owaspAgentic: ['ASI02', 'ASI03'],
    attack: ['T1190', 'T1119'],
    atlas: ['AML.T0053'],
    cwe: ['CWE-639'],
  },
  settings: [
    { name: 'window', value: '10 min', why: 'long enough for a slow walk, short enough that a day at work does not add up to one' },
    {
      name: 'minDistinct',
      value: MIN_DISTINCT,
      why: 'people and support tools rarely open twenty different objects of one kind in ten minutes',
    },
    {
      name: 'madFactor',
      value: MAD_FACTOR,
      why: 'median + 6 MAD of all principals of the endpoint, so that a busy endpoint has its own measure',
    },
    { name: 'missesTimes', value: MISSES_TIMES, why: 'where everybody misses as often, as at a cache, misses are no guesses' },
    { name: 'habitDays', value: HABIT_DAYS, why: 'a principal that does half as much on two other days does its work' },
    { name: 'slowDeviation', value: 6, why: 'over the whole evidence: robust deviations of the logarithm above all others there' },
    { name: 'passedOn', value: PASSED_ON, why: 'calls that a gateway or service only passed on are reported where they came in' },
    {
      name: 'madFloor',
      value: MAD_FLOOR,
      why: 'where everybody opens one object, the spread would be nothing and any two would stand out',
    },
    { name: 'minConsecutiveShare', value: MIN_STEP_SHARE, why: 'steps of one to three, or all alike: counting, not looking things up' },
    { name: 'minMissShare', value: MIN_MISS_SHARE, why: 'who has real ids is seldom told that they do not exist or are not his' },
    { name: 'minWalked', value: MIN_WALKED, why: 'objects at once, of a collection in which each has one user …' },
    { name: 'minForeign', value: MIN_FOREIGN, why: '… and so many of them are others’: then it needs no guessing to be a walk' },
    { name: 'minHours', value: MIN_HOURS, why: 'hours of a program’s work that show which objects are its own' },
    {
      name: 'minListed',
      value: MIN_LISTED,
      why: 'runs that began with the list of a program’s objects: then what no list gave it is nothing new of its own',
    },
    { name: 'minUnlisted', value: MIN_UNLISTED, why: 'runs without the list, each with its own objects and another one' },
    { name: 'minStrangers', value: MIN_STRANGERS, why: 'one or two others may be new objects of its own' },
    {
      name: 'minUnlistedShare',
      value: MIN_UNLISTED_SHARE,
      why: 'ids that stood in no earlier answer to the principal were guessed or came from elsewhere',
    },
  ],
  async run(db, breathe) {
    if (db.prepare('SELECT 1 FROM call_fact WHERE principal_id IS NOT NULL LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no call names its principal: no consumer, credential or client address in the evidence' };
    const endpoints = readObjectEndpoints(db, MIN_DISTINCT);
    const hasBaseline = getMeta(db, 'baseline_to') !== undefined;
    const callers = readCallers(db);
    const walks: WalkDraft[] = [];
    for (const endpoint of endpoints) {
      const byPrincipal = await readIdCalls(db, endpoint, breathe);
      for (const [principal, calls] of byPrincipal) {
        const draft = findStrangers(db, callerOf(callers, principal), endpoint, calls);
        if (draft !== undefined) walks.push({ draft, collection: collectionOf(endpoint.key) });
      }
      for (const walk of await findWalks(db, endpoint, byPrincipal, hasBaseline, callers, breathe))
        walks.push({ draft: toDraft(db, endpoint, walk), collection: collectionOf(endpoint.key) });
      await breathe();
    }
    const quick = new Set(walks.map(({ draft, collection }) => `${draft.principals.join()} ${collection}`));
    // A walk that is told by its ten minutes is not told again by its days.
    const slow = findSlowWalks(db, (principal, collection) => quick.has(`${String(principal)} ${collection}`));
    return { kind: 'evaluated', findings: mergeSiblings(db, [...walks, ...slow]) };
  },
};
