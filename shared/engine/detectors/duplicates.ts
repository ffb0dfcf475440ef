import type { Severity } from '../../contract/report-json.ts';
import { printAlsoTold } from '../../model/also-told.ts';
import type { FindingDraft, Tells } from './detector.ts';
import { egressOf, largestEgress, withoutEgress } from './exhibits/joined-egress.ts';
import { SEVERITIES } from './severity.ts';

/** Share of its calls that another finding must hold before one joins it. */
const HELD = 0.8;
/** … or so much of it, where the same caller did both in one go: how the calls were made then joins what they were made for. */
const HELD_IN_RUN = 0.25;
/** A run is over within this: longer findings are about habits, and swallow nothing that they do not hold. Units: µs. */
const RUN = 3_600_000_000;
/** Exhibits of one finding: who reads more has forgotten the first. */
const EXHIBITS = 4;
/** Clocks of two sources may differ by this. Units: µs. */
const CLOCKS = 120_000_000;

/** A finding on its way into the list. */
export interface Counted {
  readonly detector: string;
  readonly draft: FindingDraft;
  /** See `Detector.joinsOthers`. */
  readonly joinsOthers: boolean;
  readonly isIncident: boolean;
  /** See `Detector.tells`; absent where it says what was done. */
  readonly tells: Tells | undefined;
  readonly severity: Severity;
  /** First and last call. Units: µs. */
  readonly window: readonly [number, number] | undefined;
  /** All its callers are told by their network alone. */
  readonly byNetwork: boolean;
}

interface Kept<T> {
  entry: T;
  readonly calls: Set<number>;
  readonly joined: T[];
}

const isWithin = (inner: Counted['window'], outer: Counted['window']): boolean =>
  inner !== undefined && outer !== undefined && inner[0] >= outer[0] - CLOCKS && inner[1] <= outer[1] + CLOCKS;

const sharesPrincipal = (a: Counted, b: Counted): boolean => a.draft.principals.some((id) => b.draft.principals.includes(id));

/** The one caller that both are about. */
const isOnlyCallerOf = (a: Counted, b: Counted): boolean =>
  a.draft.principals.length === 1 && b.draft.principals.length === 1 && sharesPrincipal(a, b);

/** Medium or worse; a lead stays a lead beside the incident. */
export const isAlarm = ({ severity }: Pick<Counted, 'severity'>): boolean => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf('medium');

/** How far a finding stands back behind others: what says less of its calls does, unless it is an alarm. */
function vagueness(entry: Counted): number {
  if (entry.tells === undefined || entry.tells === 'whose' || isAlarm(entry)) return 0;
  return entry.tells === 'where' ? 1 : 2;
}

const isRun = ({ window }: Counted): boolean => window !== undefined && window[1] - window[0] <= RUN;

/** Whose hands a credential was in explains what was done with it, and not the other way round. */
const explains = (entry: Counted, other: Counted): boolean =>
  entry.tells === 'whose' && other.tells !== 'whose' && other.joinsOthers && isAlarm(entry);

/** Share of some calls that are among others; 0 of none. */
function shareOf(calls: Iterable<number>, others: ReadonlySet<number>): number {
  const all = [...calls];
  return all.length === 0 ? 0 : all.filter((call) => others.has(call)).length / all.length;
}

/**
 * True when `entry` holds what `kept` tells, which says only how calls were made: it stands back behind what they were made for also where it is the
 * more urgent by a hair. The order that was obeyed and the data that went out are told as the data, and how a credential was lost with how it was used.
 */
const standsBefore = (entry: Counted, { entry: other, calls }: Kept<Counted>): boolean =>
  !entry.joinsOthers &&
  other.joinsOthers &&
  (other.tells !== 'whose' || entry.tells === 'whose') &&
  isAlarm(entry) &&
  isAlarm(other) &&
  shareOf(calls, new Set(entry.draft.calls)) >= HELD;

/** True when `entry` tells of the same deed as `kept`, which is more urgent. */
function isSameDeed(entry: Counted, { entry: other, calls }: Kept<Counted>): boolean {
  const held = shareOf(entry.draft.calls, calls);
  if (held >= HELD) return true;
  if (
    isAlarm(entry) &&
    !entry.byNetwork &&
    isOnlyCallerOf(entry, other) &&
    isWithin(entry.window, other.window) &&
    (held >= HELD_IN_RUN || isRun(other))
  )
    return true;
  // The same deed in another source: under the same name, or a step further in, where the caller is known by its network only.
  return entry.detector === other.detector && isWithin(entry.window, other.window) && (entry.byNetwork || sharesPrincipal(entry, other));
}

const union = (drafts: readonly FindingDraft[], pick: (draft: FindingDraft) => readonly number[]): readonly number[] => [
  ...new Set(drafts.flatMap((draft) => [...pick(draft)])),
];

/** Facts that explain why calls are in the evidence, and so go where the calls go. */
const CARRIED = new Set(['newPlaces', 'otherNames']);

const carriedOf = ({ observed }: FindingDraft): FindingDraft['observed'] =>
  Object.fromEntries(Object.entries(observed).filter(([name]) => CARRIED.has(name)));

/** The severity of the most urgent of them, as a step where the finding itself has less. */
function raised(entry: Counted, joined: readonly Counted[]): FindingDraft['severity'] {
  const level = SEVERITIES.indexOf(entry.severity);
  const most = joined.reduce((a, b) => (SEVERITIES.indexOf(b.severity) > SEVERITIES.indexOf(a.severity) ? b : a), entry);
  const by = SEVERITIES.indexOf(most.severity) - level;
  const { severity } = entry.draft;
  return by === 0 ? severity : { ...severity, steps: [...severity.steps, { by, why: `${most.detector} tells of the same calls` }] };
}

/**
 * The finding with what the others add: their words and exhibits in any case, their calls when they are of the same detector, of the same caller
 * alone, or of the same run and were not all in it already.
 */
function withJoined(entry: Counted, joined: readonly Counted[], timeOf: (call: number) => number): FindingDraft {
  const own = new Set(entry.draft.calls);
  // What holds the same calls of the same caller may hold more of them: the evidence against one thief is whole in one place.
  const same = [
    entry,
    ...joined.filter((each) => each.detector === entry.detector || isOnlyCallerOf(each, entry) || shareOf(each.draft.calls, own) < HELD),
  ].map(({ draft }) => draft);
  const times = new Map(union(same, ({ calls }) => calls).map((call) => [call, timeOf(call)]));
  const egress = largestEgress([entry, ...joined].map(({ draft }) => draft));
  return {
    ...entry.draft,
    severity: raised(entry, joined),
    credentials: union(same, ({ credentials }) => credentials),
    endpoints: union(same, ({ endpoints }) => endpoints),
    chains: union(same, ({ chains }) => chains),
    calls: same.length === 1 ? entry.draft.calls : [...times.keys()].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || a - b),
    exhibits: [entry, ...joined]
      .flatMap(({ draft }) => (draft === egress ? draft : withoutEgress(draft)).exhibits ?? [])
      .slice(0, EXHIBITS),
    observed: {
      ...Object.fromEntries(joined.flatMap(({ draft }) => Object.entries(carriedOf(draft)))),
      ...(egress === undefined || egress === entry.draft ? entry.draft : withoutEgress(entry.draft)).observed,
      ...(egress === undefined ? {} : egressOf(egress)),
      alsoToldBy: joined.map(({ detector, draft }) => printAlsoTold(detector, draft.title)),
    },
  };
}

/**
 * Makes one finding of those that tell of the same calls, or of the same deed seen in two sources: the most urgent stands, the others
 * join it with their words. What says less of the same calls stands back, and hands on its severity: a flood of
 * guesses at paths is a search for doors, not a flood. Who had the credential stands before what was done with it. Posture findings are left as they are.
 * Shape: `found` in order of urgency; the answer keeps that order, what stood back last. Cost: the calls of a finding for each more urgent one.
 */
export function joinDuplicates<T extends Counted>(found: readonly T[], timeOf: (call: number) => number): readonly T[] {
  const kept: Kept<T>[] = [];
  for (const entry of found.toSorted((a, b) => vagueness(a) - vagueness(b))) {
    const same = entry.isIncident
      ? kept.find((other) => other.entry.isIncident && (entry.joinsOthers ? isSameDeed(entry, other) : standsBefore(entry, other)))
      : undefined;
    if (same === undefined) {
      kept.push({ entry, calls: new Set(entry.draft.calls), joined: [] });
      continue;
    }
    for (const call of entry.draft.calls) same.calls.add(call);
    if (!entry.joinsOthers || explains(entry, same.entry)) {
      same.joined.unshift(same.entry);
      same.entry = entry;
    } else same.joined.push(entry);
  }
  return kept.map(({ entry, joined }) => (joined.length === 0 ? entry : { ...entry, draft: withJoined(entry, joined, timeOf) }));
}
