import type { PrincipalCalls } from './calls-of.ts';

/** Fewer answered calls of fewer than this in the baseline window teach too little of a principal's work. */
const MIN_TRAINING = 20;
/** An incident that covers more of the window than this is told by its calls alone, or nothing would be left to learn from. Ratio. */
const MAX_EXCLUDED = 0.5;

/** What a call is used for. `other` calls were refused or failed, or are inner hops of incident calls: nobody's work depends on them. */
export type Phase = 'training' | 'legitimate' | 'incident' | 'other';

/** A stretch of time, both ends included. Units: µs. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How the calls of one principal are divided before a policy is learnt from some and tried on others. */
export interface Phases {
  readonly of: readonly Phase[];
  /** First and last call that the policy is learnt from; `undefined` when there is none, or none with a time. */
  readonly observed: Stretch | undefined;
  readonly observedFrom: 'baseline' | 'all';
  /** True when the legitimate calls are others than those that the policy is learnt from. */
  readonly holdOut: boolean;
  readonly counts: Readonly<Record<Phase, number>>;
}

export interface PhaseInput {
  readonly calls: PrincipalCalls;
  /** The case's baseline window; `undefined` when the evidence is too short for one. */
  readonly baseline: Stretch | undefined;
  /** Calls of incident findings, by row id. */
  readonly incidentCalls: ReadonlySet<number>;
  /** Inner hops of these. */
  readonly incidentHops: ReadonlySet<number>;
  /** From the first to the last call of each incident finding that names the principal. */
  readonly incidents: readonly Stretch[];
}

/**
 * Divides the calls of one principal: what is learnt from, what the result is tried on, and what it should have stopped.
 * Learnt from are answered calls of the baseline window that are not evidence of an incident and do not lie within one; tried on the answered
 * calls after the window. Where the window holds too few, all calls but those of incidents are both, and `holdOut` is false.
 */
export function divideCalls(input: PhaseInput): Phases {
  const { calls, baseline } = input;
  const fromBaseline = baseline === undefined ? undefined : divide(input, baseline, true);
  if (fromBaseline !== undefined && fromBaseline.counts.training >= MIN_TRAINING) return fromBaseline;
  return divide(input, wholeSpan(calls), false);
}

/** From the first to the last call with a time; those without stand at the end. */
function wholeSpan(calls: PrincipalCalls): Stretch {
  let last = calls.count - 1;
  while (last > 0 && Number.isNaN(calls.time[last] ?? NaN)) last -= 1;
  const [from, to] = [calls.time[0] ?? NaN, calls.time[last] ?? NaN];
  return Number.isNaN(from) ? { from: -Infinity, to: Infinity } : { from, to };
}

function divide({ calls, incidentCalls, incidentHops, incidents }: PhaseInput, window: Stretch, holdOut: boolean): Phases {
  const excluded = incidents.filter((incident) => overlap(incident, window) <= MAX_EXCLUDED * (window.to - window.from));
  const counts = { training: 0, legitimate: 0, incident: 0, other: 0 };
  const of: Phase[] = [];
  let from = Infinity;
  let to = -Infinity;
  for (let index = 0; index < calls.count; index += 1) {
    const time = calls.time[index] ?? NaN;
    const phase = phaseOf(time, calls.answered[index] === 1, calls.id[index] ?? 0);
    of.push(phase);
    counts[phase] += 1;
    if (phase !== 'training' || Number.isNaN(time)) continue;
    from = Math.min(from, time);
    to = Math.max(to, time);
  }
  return { of, counts, observed: to < from ? undefined : { from, to }, observedFrom: holdOut ? 'baseline' : 'all', holdOut };

  function phaseOf(time: number, isAnswered: boolean, id: number): Phase {
    if (incidentCalls.has(id)) return 'incident';
    if (incidentHops.has(id) || !isAnswered) return 'other';
    // What happens beside an incident may be its work too: nothing is learnt from it.
    if (excluded.some((incident) => time >= incident.from && time <= incident.to)) return 'legitimate';
    if (Number.isNaN(time)) return holdOut ? 'other' : 'training';
    return time >= window.from && time <= window.to ? 'training' : 'legitimate';
  }
}

const overlap = (a: Stretch, b: Stretch): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
