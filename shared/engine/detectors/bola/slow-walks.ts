import { durationText } from '../../../lib/duration.ts';
import { addTo } from '../../../lib/group-values.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { coverageCurve } from '../exhibits/of-calls.ts';
import { rareness, readSignals, whatOf, type ReadSignal } from '../signals/read-signals.ts';
import { plural } from '../spoken.ts';

/** Different objects over the whole evidence. */
const MIN_OBJECTS = 20;
/** Robust deviations, in logarithms, above everybody else at the same collection. */
const MIN_Z = 6;
/** In a collection where most callers ask for so few objects, each has its own. */
const OWN_EACH = 2;
/** Share of the caller's calls that go to the collection: who works with the objects does other things too. */
const MIN_SHARE = 0.7;
/** Different objects for each call: who works with objects comes back to them. */
const MIN_FRESH = 0.5;
/** R² of objects over time: work comes in shifts, a walk goes on. */
const MIN_STRAIGHT = 0.95;
/** Share of 401, 403 and 404: who has real ids seldom meets one. */
const MIN_MISSES = 0.02;
/** What was there from the beginning cannot be told from a habit. */
const MIN_ONSET = 0.1;
/** The same for one who has things of its own there, as customers do: it came for its own before, and pauses as people do. */
const MIN_STRAIGHT_OWN = 0.75;
/** Share of the calls that a list came before; from here on the caller works with what it is given. */
const LISTED = 0.5;
/** A list is worked through within this time. Units: µs. Source: detections.md, 6.0, the look-back of values. */
const LIST_LIFE = 30 * 60_000_000;
/** Shorter walks are found by the ten minutes. Units: hours. */
const MIN_SPAN = 2;

/** It comes back to as few objects as others have: those are its own. Who comes back to dozens works with them. */
const hasOwn = (signal: ReadSignal): boolean => signal.number('returnedTo') > 0 && signal.number('returnedTo') <= OWN_EACH;

/** A caller with things of its own, or with wrong guesses, that leaves its own and goes on and on. */
const isSlowWalk = (signal: ReadSignal): boolean =>
  !signal.is('byNetwork') &&
  signal.principal.kind !== 'service' &&
  signal.number('distinctIds') >= MIN_OBJECTS &&
  signal.number('deviation') >= MIN_Z &&
  signal.number('peersUsual') <= OWN_EACH &&
  signal.number('shareOfCaller') >= MIN_SHARE &&
  signal.number('freshShare') >= MIN_FRESH &&
  signal.number('straightness') >= (hasOwn(signal) ? MIN_STRAIGHT_OWN : MIN_STRAIGHT) &&
  signal.number('spanHours') >= MIN_SPAN &&
  signal.number('onsetShare') >= MIN_ONSET &&
  (signal.number('refusedOrMissingShare') >= MIN_MISSES || hasOwn(signal));

/** Share of the calls before which the same caller was answered with the list that their object stands in: the path up to it. */
function listedShare(db: SqlDriver, { principal, calls }: ReadSignal): number {
  const call = db.prepare('SELECT path, time FROM call WHERE id = ?');
  const answered = db
    .prepare(
      `SELECT c.path, c.time FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term m ON m.id = c.method_id AND m.value = 'GET'
       WHERE f.principal_id = ? AND +c.status BETWEEN 200 AND 299 AND c.time IS NOT NULL AND c.path IS NOT NULL`,
    )
    .all<{ path: string; time: number }>(principal.id);
  const times = new Map<string, number[]>();
  for (const { path, time } of answered) addTo(times, path, time);
  const listed = calls.filter((id) => {
    const { path, time } = call.get<{ path: string | null; time: number }>(id) ?? { path: null, time: 0 };
    const list = path === null ? undefined : times.get(path.slice(0, path.lastIndexOf('/')));
    return list?.some((at) => at <= time && time - at <= LIST_LIFE) === true;
  });
  return listed.length / Math.max(1, calls.length);
}

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

function toDraft(db: SqlDriver, signal: ReadSignal): FindingDraft {
  const { principal, endpoint } = signal;
  const objects = signal.number('distinctIds');
  const successes = signal.number('successes');
  const isWorst = endpoint.sensitivity >= 3 && successes > 0;
  return {
    subject: `${principal.key} ${endpoint.key}`,
    title: `${principal.label} went through ${plural(objects, 'different object')} of ${endpoint.method} ${endpoint.template}, a few at a time over ${durationText((signal.end - signal.start) / 1e6)}, where others have ${String(Math.round(signal.number('peersUsual')))}`,
    severity: {
      base: 'medium',
      steps: [
        ...(successes > 0
          ? [{ by: 1, why: `${plural(successes, 'call')} were answered with an object` }]
          : [{ by: -1, why: 'every attempt failed' }]),
        ...(isWorst ? [{ by: 1, why: 'the objects hold data of the most sensitive class' }] : []),
      ],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.4 + objects / 1000),
    principals: [principal.id],
    ...whatOf(db, signal.calls),
    crossedAt: signal.calls[Math.min(signal.calls.length, MIN_OBJECTS) - 1],
    observed: {
      distinctIds: objects,
      calls: signal.number('calls'),
      seconds: Math.round((signal.end - signal.start) / 1e6),
      refusedOrMissingShare: signal.number('refusedOrMissingShare'),
      successes,
      coverage: signal.number('coverage'),
      objectsComeBackTo: signal.number('returnedTo'),
      shareOfCallersCalls: signal.number('shareOfCaller'),
    },
    expected: {
      distinctIds: Math.round(signal.number('peersUsual')),
      otherCallers: signal.number('peers'),
      deviation: signal.number('deviation'),
      rarityAmongPeers: rareness(signal.p),
    },
    benignTested: [
      {
        explanation: 'somebody whose work are these objects',
        result: `not supported: ${percent(signal.number('shareOfCaller'))} of its calls go here, and it ${signal.number('returnedTo') > 0 ? `comes back to ${plural(signal.number('returnedTo'), 'object')} only` : 'comes back to none'}`,
      },
      {
        explanation: 'a list that named the objects',
        result: 'not supported: before fewer than half of them the principal had asked for the list that they stand in',
      },
      {
        explanation: 'a job that does this regularly',
        result: `not supported: it begins after ${percent(signal.number('onsetShare'))} of the evidence`,
      },
      { explanation: 'many people behind one address', result: 'not supported: the principal is known by a login of its own' },
    ],
    remediation: [
      `Check on every ${endpoint.method} ${endpoint.template} that the principal may see this very object, not only that it is logged in.`,
      'Count distinct objects for each principal and day, not only in a minute.',
    ],
    exhibits: [coverageCurve(db, 'Different objects over time', signal.calls)],
  };
}

/** Walks that stay below every limit of minutes, told by how much they come to over the whole evidence. */
export const findSlowWalks = (db: SqlDriver): readonly { readonly draft: FindingDraft; readonly collection: string }[] =>
  readSignals(db, 'breadth')
    .filter((signal) => isSlowWalk(signal) && listedShare(db, signal) < LISTED)
    .map((signal) => ({ draft: toDraft(db, signal), collection: signal.text('collection') }));
