import { greatest } from '../../../lib/extremes.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { median } from '../../../lib/stats.ts';
import type { Try } from './login-endpoints.ts';

const MINUTE = 60_000_000;
/** Units: µs. */
const WINDOW = 10 * MINUTE;
const HOUR = 60 * MINUTE;
/** Refusals of one address within the window from which nobody is merely forgetful. */
export const MIN_REFUSED = 10;
export const MIN_SHARE = 0.8;
/** As many refusals within so short a time are typed by nobody. Source: the rate at which CrowdSec's rules for web log-ins fill. Units: µs. */
export const MIN_FAST = 5;
const FAST = 10_000_000;
/** Refusals for each time that an address of a wave got in. */
export const MIN_FAILING = 5;
/** Slack and decision line of the sum of surprises, in addresses an hour. Source: Page (1954), "Continuous inspection schemes". */
export const SLACK = 2;
export const DECISION = 10;

/** A wave takes in further addresses with so many tries in it, at least so many refused for each that got in, and pauses as long (µs). */
const MIN_TRIES = 3;
const REFUSED_FOR_EACH = 2;
const PAUSE = 10 * MINUTE;

/** Tries of one address that are too many in too short a time. */
export interface Burst {
  readonly ip: number;
  readonly refused: readonly Try[];
  readonly accepted: readonly Try[];
  /** Most refusals within one window. */
  readonly peak: number;
}

/** Addresses that were refused at least `MIN_REFUSED` times within one window, or faster than anybody types, with four of five tries refused. */
export function findBursts(tries: readonly Try[]): readonly Burst[] {
  const byIp = new Map<number, Try[]>();
  for (const one of tries) {
    if (one.ip === null) continue;
    const list = byIp.get(one.ip);
    if (list === undefined) byIp.set(one.ip, [one]);
    else list.push(one);
  }
  return [...byIp].flatMap(([ip, list]) => {
    const refused = list.filter(({ kind }) => kind === 'refused');
    const peak = mostWithin(refused, WINDOW);
    const accepted = list.filter(({ kind }) => kind === 'accepted');
    const isMany = peak >= MIN_REFUSED || mostWithin(refused, FAST) >= MIN_FAST;
    return isMany && refused.length / (refused.length + accepted.length) >= MIN_SHARE ? [{ ip, refused, accepted, peak }] : [];
  });
}

function mostWithin(tries: readonly Try[], window: number): number {
  let from = 0;
  let most = 0;
  for (const [to, one] of tries.entries()) {
    while (one.time - (tries[from]?.time ?? one.time) > window) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** A wave from many addresses, each of which tries little. */
export interface Wave {
  readonly refused: readonly Try[];
  readonly addresses: number;
  readonly hours: number;
  /** Addresses an hour that never get in, usual and at most. */
  readonly usual: number;
  readonly peak: number;
}

/**
 * Finds a wave that no single address shows: hour by hour it counts addresses that were refused and got in at most once in all the evidence for
 * every five refusals. People who mistype get in a moment later; lists of stolen passwords do not. The hourly counts are summed as far as
 * they surpass the usual hour. `except`: addresses that are told already.
 * Example: 0 1 0 7 8 0 with the usual 0: the sum is 0 0 0 5 11, past the line of 10 in the fifth hour; the wave is hours four and five.
 */
export function findWave(tries: readonly Try[], except: ReadonlySet<number>): Wave | undefined {
  const first = tries[0];
  const last = tries.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const fails = failing(tries);
  const hourOf = ({ time }: Try): number => Math.floor((time - first.time) / HOUR);
  const hours = Array.from({ length: hourOf(last) + 1 }, () => new Set<number>());
  const suspects = tries.filter(({ ip, kind }) => kind === 'refused' && ip !== null && fails.has(ip) && !except.has(ip));
  for (const one of suspects) if (one.ip !== null) hours[hourOf(one)]?.add(one.ip);
  const counts = hours.map((set) => set.size);
  const usual = median(counts);
  const span = surprising(counts, usual + SLACK);
  if (span === undefined) return undefined;
  const inside = tries.filter((one) => hourOf(one) >= span.from && hourOf(one) <= span.to);
  const alike = patient(inside.filter(({ ip }) => ip !== null && !fails.has(ip) && !except.has(ip)));
  const ofWave = new Set([...suspects.flatMap(({ ip }) => ip ?? []), ...alike]);
  const refused = inside.filter(({ ip, kind }) => kind === 'refused' && ip !== null && ofWave.has(ip));
  return {
    refused,
    addresses: new Set(refused.map(({ ip }) => ip)).size,
    hours: span.to - span.from + 1,
    usual,
    peak: greatest(counts.slice(span.from, span.to + 1)),
  };
}

/**
 * Addresses of a wave that got in oftener than a list of stolen passwords mostly does: whoever mistypes tries again at once, these wait as the
 * others of the wave do.
 */
function patient(tries: readonly Try[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [ip, own] of groupBy(tries, (one) => one.ip)) {
    const accepted = own.filter(({ kind }) => kind === 'accepted').length;
    const waits = own.every(({ time }, at) => at === 0 || time - (own[at - 1]?.time ?? 0) >= PAUSE);
    if (ip !== null && waits && own.length >= MIN_TRIES && own.length - accepted >= REFUSED_FOR_EACH * accepted) found.add(ip);
  }
  return found;
}

/** Addresses of which at most one try in six got in. */
function failing(tries: readonly Try[]): ReadonlySet<number> {
  const tallies = new Map<number, { refused: number; accepted: number }>();
  for (const { ip, kind } of tries) {
    if (ip === null || kind === 'broken') continue;
    const tally = tallies.get(ip) ?? { refused: 0, accepted: 0 };
    tallies.set(ip, tally);
    tally[kind] += 1;
  }
  return new Set([...tallies].filter(([, { refused, accepted }]) => refused >= accepted * MIN_FAILING).map(([ip]) => ip));
}

/** The stretch in which the sum of surprises passed the line: from where it last was zero to where it was highest. */
function surprising(counts: readonly number[], expected: number): { readonly from: number; readonly to: number } | undefined {
  let sum = 0;
  let from = 0;
  let best: { from: number; to: number; sum: number } | undefined;
  for (const [hour, count] of counts.entries()) {
    if (sum === 0) from = hour;
    sum = Math.max(0, sum + count - expected);
    if (sum >= DECISION && sum > (best?.sum ?? 0)) best = { from, to: hour, sum };
  }
  return best;
}
