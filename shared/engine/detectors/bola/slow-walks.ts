import { durationText } from '../../../lib/duration.ts';
import { greatest, least } from '../../../lib/extremes.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { coverageCurve } from '../exhibits/of-calls.ts';
import { rareness, readSignals, whatOf, type ReadSignal } from '../signals/read-signals.ts';
import { inTimeOrder } from '../rows/in-time-order.ts';
import { listOf, plural } from '../spoken.ts';
import { listedBefore } from './listed-before.ts';

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
/** Ids counted up; fewer in a row are the things that a caller made one after the other. */
const MIN_COUNTED = 100;
/** Share of ids that follow the one before. */
const MIN_CONSECUTIVE = 0.9;
/** Share of the shorter of two walks during which both went on. */
const MIN_TOGETHER = 0.5;
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

/**
 * A caller that counts up, over whatever time and with whatever pauses: nearly all of its ids follow one another, and some are not
 * there or not its own. Neither a list nor a habit gives such ids; how much others have there, and what they are, does not matter.
 */
const isCountingUp = (signal: ReadSignal): boolean =>
  !signal.is('byNetwork') &&
  signal.number('distinctIds') >= MIN_COUNTED &&
  signal.number('consecutiveShare') >= MIN_CONSECUTIVE &&
  signal.number('refusedOrMissingShare') >= MIN_MISSES &&
  signal.number('deviation') >= MIN_Z &&
  signal.number('shareOfCaller') >= MIN_SHARE &&
  signal.number('freshShare') >= MIN_FRESH &&
  signal.number('spanHours') >= MIN_SPAN &&
  signal.number('onsetShare') >= MIN_ONSET;

/** Walks through one collection that go on at the same time are one: whoever holds several accounts shares the ids out among them. */
function joinWalks(signals: readonly ReadSignal[]): readonly (readonly ReadSignal[])[] {
  const joined: ReadSignal[][] = [];
  for (const signal of [...signals].sort((a, b) => b.number('distinctIds') - a.number('distinctIds'))) {
    const same = joined.find((group) => group.some((other) => isTogether(signal, other)));
    if (same === undefined) joined.push([signal]);
    else same.push(signal);
  }
  return joined;
}

function isTogether(a: ReadSignal, b: ReadSignal): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return a.text('collection') === b.text('collection') && shared >= MIN_TOGETHER * Math.min(a.end - a.start, b.end - b.start);
}

/** Different requests, whoever made them: accounts may ask for the same object. */
function objectsOf(db: SqlDriver, calls: readonly number[]): number {
  const path = db.prepare('SELECT path FROM call WHERE id = ?');
  return new Set(calls.map((id) => path.get<{ path: string | null }>(id)?.path)).size;
}

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

function toDraft(db: SqlDriver, signals: readonly ReadSignal[], signal: ReadSignal): FindingDraft {
  const { endpoint } = signal;
  const calls = inTimeOrder(db, signals.flatMap((each) => [...each.calls]));
  // Of accounts that share a walk each has its own past: a number of one of them would pass for that of all.
  const each = (name: string): number | readonly number[] => (signals.length === 1 ? signal.number(name) : signals.map((one) => one.number(name)));
  const [lowestShare, earliestOnset] = [least(signals.map((one) => one.number('shareOfCaller'))), least(signals.map((one) => one.number('onsetShare')))];
  const returnedTo = greatest(signals.map((one) => one.number('returnedTo')));
  const peersUsual = greatest(signals.map((one) => one.number('peersUsual')));
  const people = [...new Map(signals.map(({ principal }) => [principal.id, principal])).values()];
  const total = (name: string): number => signals.reduce((sum, each) => sum + each.number(name), 0);
  const objects = signals.length === 1 ? signal.number('distinctIds') : objectsOf(db, calls);
  const successes = total('successes');
  const [start, end] = [least(signals.map((each) => each.start)), greatest(signals.map((each) => each.end))];
  const isWorst = endpoint.sensitivity >= 3 && successes > 0;
  const missing = signals.reduce((sum, each) => sum + each.number('refusedOrMissingShare') * each.number('calls'), 0) / Math.max(1, total('calls'));
  return {
    subject: `${people.map(({ key }) => key).join(' ')} ${endpoint.key}`,
    title: `${listOf(people.map(({ label }) => label), 3)} went through ${plural(objects, 'different object')} of ${endpoint.method} ${endpoint.template}, a few at a time over ${durationText((end - start) / 1e6)}, where others have ${String(Math.round(peersUsual))}`,
    severity: {
      base: 'medium',
      steps: [
        ...(successes > 0
          ? [{ by: 1, why: `${plural(successes, 'call')} were answered with an object` }]
          : [{ by: -1, why: 'every attempt failed' }]),
        ...(people.length > 1 ? [{ by: 1, why: `${plural(people.length, 'account')} shared the walk` }] : []),
        ...(isWorst ? [{ by: 1, why: 'the objects hold data of the most sensitive class' }] : []),
      ],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.4 + objects / 1000),
    principals: people.map(({ id }) => id),
    ...whatOf(db, calls),
    crossedAt: calls[Math.min(calls.length, MIN_OBJECTS) - 1],
    observed: {
      distinctIds: objects,
      calls: total('calls'),
      seconds: Math.round((end - start) / 1e6),
      refusedOrMissingShare: Math.round(missing * 1000) / 1000,
      consecutiveShare: each('consecutiveShare'),
      successes,
      coverage: each('coverage'),
      objectsComeBackTo: each('returnedTo'),
      shareOfCallersCalls: each('shareOfCaller'),
      ...(people.length > 1 ? { distinctIdsOfEach: each('distinctIds') } : {}),
    },
    expected: {
      distinctIds: Math.round(peersUsual),
      otherCallers: least(signals.map((one) => one.number('peers'))),
      deviation: each('deviation'),
      rarityAmongPeers: rareness(greatest(signals.map(({ p }) => p))),
    },
    benignTested: [
      {
        explanation: 'somebody whose work are these objects',
        result: `not supported: ${signals.length === 1 ? `${percent(lowestShare)} of its calls go here, and it comes` : `${percent(lowestShare)} and more of the calls of each go here, and each comes`} back to ${returnedTo > 0 ? `${plural(returnedTo, 'object')} ${signals.length === 1 ? 'only' : 'at most'}` : 'none'}`,
      },
      {
        explanation: 'a list that named the objects',
        result: 'not supported: before fewer than half of them the principal had asked for the list that they stand in',
      },
      {
        explanation: 'a job that does this regularly',
        result: `not supported: ${signals.length === 1 ? 'it begins' : 'the first of them begins'} after ${percent(earliestOnset)} of the evidence`,
      },
      { explanation: 'many people behind one address', result: 'not supported: the principal is known by a login of its own' },
    ],
    remediation: [
      `Check on every ${endpoint.method} ${endpoint.template} that the principal may see this very object, not only that it is logged in.`,
      'Count distinct objects for each principal and day, not only in a minute.',
    ],
    exhibits: [coverageCurve(db, 'Different objects over time', calls)],
  };
} // prettier-ignore

/**
 * Walks that stay below every limit of minutes, told by how much they come to over the whole evidence.
 * `isTold`: walks of a caller through a collection that a shorter window has told already.
 */
export const findSlowWalks = (
  db: SqlDriver,
  isTold: (principal: number, collection: string) => boolean,
): readonly { readonly draft: FindingDraft; readonly collection: string }[] =>
  joinWalks(
    readSignals(db, 'breadth').filter(
      (signal) =>
        (isSlowWalk(signal) || isCountingUp(signal)) &&
        !isTold(signal.principal.id, signal.text('collection')) &&
        listedBefore(db, signal.principal.id, signal.endpoint.template, signal.calls).share < LISTED,
    ),
  ).flatMap((signals) => {
    const [first] = signals;
    return first === undefined ? [] : [{ draft: toDraft(db, signals, first), collection: first.text('collection') }];
  });
