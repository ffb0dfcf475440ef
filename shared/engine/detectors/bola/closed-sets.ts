import { numberAt } from '../../../lib/numbers.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { coverageCurve } from '../exhibits/of-calls.ts';
import type { Caller } from '../rows/callers.ts';
import { whatOf } from '../signals/read-signals.ts';
import { listOf, plural } from '../spoken.ts';
import type { IdCalls } from './id-walk.ts';
import type { ObjectEndpoint } from './read-ids.ts';
import { readListTimes, unlistedOf } from './unlisted.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';

/** Hours of work on a collection that show which objects are the caller's. */
export const MIN_HOURS = 20;
/** So many strangers need no long history, but hours of work nonetheless. */
const MANY_STRANGERS = 20;
const FEW_HOURS = 5;
/** In this share of its hours an object of its own comes up. */
const OWN_SHARE = 0.5;
/** Hours in which it asks for others; from here on they are part of its work. Share. */
const MAX_STRANGE = 0.1;
/** Objects that came up in one hour only: one or two are new ones of its own. */
export const MIN_STRANGERS = 3;
/** A hop behind a gateway repeats what came in in front of it; it is told once. */
const PASSED_ON = 0.8;
const MANY_SUCCESSES = 5;
const HOUR = 3_600_000_000;

/** Others among the objects that a program always works on, and why they are none of its own. */
interface Strangers {
  /** A call to each object of its own. */
  readonly own: readonly number[];
  readonly objects: number;
  readonly calls: readonly number[];
  /** In words: that they are no new ones of its own, and that it has some. */
  readonly notNew: string;
  readonly hasOwn: string;
  readonly expected: FindingDraft['expected'];
}

/**
 * Objects that came up in one hour only, beside those that come up in most hours of a caller's work; undefined where its work is not of that kind.
 * Example: orders A and B in each of 39 hours, F in nine, and C, D and E once each, are three strangers.
 */
function strangersOf(calls: IdCalls): Strangers | undefined {
  const objects = new Map<number, { readonly hours: Set<number>; readonly calls: number[] }>();
  const hours = new Set<number>();
  for (let at = 0; at < calls.call.length; at += 1) {
    const status = numberAt(calls.status, at);
    if (status < 200 || status > 299) continue;
    const object = objects.get(numberAt(calls.id, at)) ?? { hours: new Set<number>(), calls: [] };
    objects.set(numberAt(calls.id, at), object);
    const hour = Math.floor(numberAt(calls.time, at) / HOUR);
    object.hours.add(hour);
    object.calls.push(numberAt(calls.call, at));
    hours.add(hour);
  }
  const own = [...objects.values()].filter((object) => object.hours.size >= OWN_SHARE * hours.size);
  const strange = [...objects.values()].filter((object) => object.hours.size === 1);
  const strangeHours = new Set(strange.flatMap((object) => [...object.hours]));
  if (hours.size < (strange.length >= MANY_STRANGERS ? FEW_HOURS : MIN_HOURS) || own.length === 0) return undefined;
  if (strange.length < MIN_STRANGERS || strangeHours.size > MAX_STRANGE * hours.size) return undefined;
  const wanted = new Set(strange.flatMap((object) => object.calls));
  return {
    own: own.flatMap((object) => object.calls[0] ?? []),
    objects: strange.length,
    calls: calls.call.filter((call) => wanted.has(call)),
    notNew: 'each came up once and never again, as its own do hour after hour',
    hasOwn: `came up in most of ${plural(hours.size, 'hour')}`,
    expected: { hoursOfWork: hours.size },
  };
}

/** Objects asked for without the list that the program otherwise asks for first: so a few of them tell after a few runs. See `unlistedOf`. */
function unlistedStrangers(db: SqlDriver, caller: Caller, endpoint: ObjectEndpoint, calls: IdCalls): Strangers | undefined {
  const found = unlistedOf(calls, readListTimes(db, caller.id, endpoint));
  if (found === undefined) return undefined;
  const { strange, own, listedRuns, runs } = found;
  return {
    own: own.map((at) => numberAt(calls.call, at)),
    objects: new Set(strange.map((at) => numberAt(calls.id, at))).size,
    calls: strange.map((at) => numberAt(calls.call, at)),
    notNew: `it learns of new ones by its list, for which it had asked in ${String(listedRuns)} of ${plural(runs, 'run')}, but in none of these`,
    hasOwn: 'came up again and again, and beside each of the others',
    expected: { runsWithItsList: listedRuns, runs },
  };
}

/** Without calls whose id an earlier answer gave to the caller, and none at all where other calls led to them on their way. */
function ungiven(db: SqlDriver, calls: readonly number[], parameter: string): readonly number[] {
  const outer = db.prepare(`SELECT 1 FROM edge WHERE to_call = ? AND kind IN ${CALLED_KINDS} LIMIT 1`);
  if (calls.filter((call) => outer.get(call) !== undefined).length >= PASSED_ON * calls.length) return [];
  const given = db.prepare('SELECT 1 FROM edge WHERE to_call = ? AND to_at = ? AND kinds LIKE \'%"value"%\' LIMIT 1');
  return calls.filter((call) => given.get(call, `path {${parameter}}`) === undefined);
}

function toDraft(db: SqlDriver, caller: Caller, endpoint: ObjectEndpoint, strangers: Strangers): FindingDraft {
  const { own, objects, calls } = strangers;
  const path = db.prepare('SELECT path FROM call WHERE id = ?');
  const paths = own.map((call) => path.get<{ path: string | null }>(call)?.path ?? '');
  return {
    subject: `${caller.key} ${endpoint.key} strangers`,
    title: `${caller.label} always works on ${plural(own.length, 'object')} of ${endpoint.method} ${endpoint.template}, and asked for ${plural(objects, 'other')} that no answer had given it`,
    severity: {
      base: 'medium',
      steps: [
        ...(calls.length >= MANY_SUCCESSES ? [{ by: 1, why: `${plural(calls.length, 'call')} were answered with an object` }] : []),
        ...(endpoint.sensitivity >= 3 ? [{ by: 1, why: 'the objects hold data of the most sensitive class' }] : []),
      ],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.4 + objects / 200),
    principals: [caller.id],
    ...whatOf(db, calls),
    crossedAt: calls[Math.min(calls.length, MIN_STRANGERS) - 1],
    observed: { otherObjects: objects, calls: calls.length, ownObjects: paths.slice(0, 10) },
    expected: { otherObjects: 0, ...strangers.expected },
    benignTested: [
      { explanation: 'new objects of its own', result: `not supported: ${strangers.notNew}` },
      { explanation: 'a program that works with whatever comes', result: `not supported: ${listOf(paths, 3)} ${strangers.hasOwn}` },
    ],
    remediation: [
      `Check on every ${endpoint.method} ${endpoint.template} that the one whom ${caller.label} acts for may see this very object.`,
      'Ask its owner what it was told to do.',
    ],
    exhibits: [coverageCurve(db, 'Different objects over time', calls)],
  };
} // prettier-ignore

/**
 * A program that always works on the same few objects and that asked for others, once each: all at once, or one by one over days. Undefined for people,
 * who look at whatever they like, and for callers told by their network.
 */
export function findStrangers(db: SqlDriver, caller: Caller, endpoint: ObjectEndpoint, calls: IdCalls): FindingDraft | undefined {
  if (caller.weak || (caller.kind !== 'agent' && caller.kind !== 'service')) return undefined;
  const strangers = strangersOf(calls) ?? unlistedStrangers(db, caller, endpoint, calls);
  if (strangers === undefined) return undefined;
  const strange = ungiven(db, strangers.calls, endpoint.parameter);
  return strange.length < MIN_STRANGERS ? undefined : toDraft(db, caller, endpoint, { ...strangers, calls: strange });
}
