import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { splitRounds } from '#shared/lib/rounds.ts';
import { toOutcome } from '#shared/model/call-outcome.ts';
import { alikeKey } from '#shared/model/chain-folds.ts';
import { stepOf } from '../../../charts/graph/fold-facts.ts';
import { startOf } from '../../../charts/time/frame.ts';
import { senderOf, type Sender } from './senders.ts';

/** More columns cannot be read side by side. Source: ux.md 2.10, rule 8. */
export const MAX_PARTICIPANTS = 12;
/** More messages are split into phases. Source: the same. */
export const MAX_MESSAGES = 200;

/** A column of the diagram: a caller or a host. */
export interface Participant {
  readonly id: string;
  readonly label: string;
  readonly kind: NonNullable<DrawnCall['kind']> | 'host' | 'other';
  /** How many callers or hosts it stands for. */
  readonly members: number;
}

/** An arrow of the diagram: a call, or a run of alike calls one after the other. */
export interface SequenceMessage {
  readonly id: string;
  /** Numbers of participants. */
  readonly from: number;
  readonly to: number;
  /** In order of time; several when folded. */
  readonly calls: readonly DrawnCall[];
  /** The strongest link into the first of them. */
  readonly edge: EdgeJson | undefined;
}

/** A stretch of the chain that fits a page. */
export interface Phase {
  readonly messages: readonly SequenceMessage[];
  readonly participants: readonly Participant[];
}

export interface SequenceModel {
  readonly phases: readonly Phase[];
  readonly calls: number;
  /** Messages of all phases. */
  readonly messages: number;
  /** Alike calls in a row are one message. */
  readonly isFolded: boolean;
}

/** A call with both its ends. */
interface Step {
  readonly call: DrawnCall;
  readonly from: Sender;
  readonly to: Sender;
  readonly edge: EdgeJson | undefined;
}

const receiverOf = (call: DrawnCall): Sender => {
  const host = call.host ?? call.service ?? call.upstream;
  return host === undefined ? { id: 'host:', label: 'host not named', kind: 'host' } : { id: `host:${host}`, label: host, kind: 'host' };
};

/** Order alone proves nothing; a link that names the parent says who sent the call; then the surer one. */
const rankOf = ({ kind, confidence }: EdgeJson): number =>
  kind === 'adjacent' ? 0 : kind === 'trace' || kind === 'rpc' || kind === 'nesting' ? 2 + confidence : 1 + confidence;

/** The strongest link into each call. */
function strongestInto(edges: readonly EdgeJson[]): ReadonlyMap<string, EdgeJson> {
  const best = new Map<string, EdgeJson>();
  for (const edge of edges) {
    const old = best.get(edge.to);
    if (old === undefined || rankOf(edge) > rankOf(old)) best.set(edge.to, edge);
  }
  return best;
}

/**
 * A chain as messages between those who called and those who answered, in order of time.
 * Shape: every call is in exactly one message of one phase. Above `MAX_MESSAGES` calls runs and loops of alike calls are one message each,
 * and what is still more is split where the chain pauses longest.
 */
export function toSequence(calls: readonly DrawnCall[], edges: readonly EdgeJson[]): SequenceModel {
  const byRef = new Map(calls.map((call) => [call.ref, call]));
  const best = strongestInto(edges);
  const steps = calls.map((call): Step => {
    const edge = best.get(call.ref);
    const cause = edge === undefined ? undefined : byRef.get(edge.from);
    const from = senderOf(call, edge, cause, cause === undefined ? undefined : receiverOf(cause));
    return { call, from, to: receiverOf(call), edge };
  });
  const isFolded = steps.length > MAX_MESSAGES;
  const runs = isFolded ? foldRuns(steps) : steps.map((step) => [step]);
  const phases = splitByPause(runs).map(toPhase);
  return { phases, calls: calls.length, messages: runs.length, isFolded };
}

const foldKey = ({ call, from, to }: Step): string => JSON.stringify([from.id, to.id, alikeKey(stepOf(call), toOutcome(call))]);

/** The longest loop that is looked for: a call with its upstream calls. Units: messages. */
const LONGEST_LOOP = 6;

/**
 * Runs of alike calls, and loops of a few calls that come again one after the other: same ends, same operation, same outcome.
 * Shape: a loop of `a b` that ran three times gives two runs, of three `a` and of three `b`, in the place of the first.
 */
function foldRuns(steps: readonly Step[]): readonly (readonly Step[])[] {
  return splitRounds(steps.map(foldKey), { shortest: 1, longest: LONGEST_LOOP, least: 2 }).flatMap(({ from, length, times }) =>
    Array.from({ length }, (_, place) =>
      Array.from({ length: times }, (_each, time) => steps[from + time * length + place]).filter((step) => step !== undefined),
    ),
  );
}

const beginOf = ([first]: readonly Step[]): number => (first === undefined ? NaN : (startOf(first.call) ?? NaN));

/** Stretches of at most `MAX_MESSAGES`: as few as it takes, each cut at the longest pause within the last half of its room. */
function splitByPause(runs: readonly (readonly Step[])[]): readonly (readonly (readonly Step[])[])[] {
  const parts: (readonly (readonly Step[])[])[] = [];
  let from = 0;
  while (runs.length - from > MAX_MESSAGES) {
    let cut = from + MAX_MESSAGES;
    let longest = -Infinity;
    for (let at = from + MAX_MESSAGES / 2; at <= from + MAX_MESSAGES; at += 1) {
      const pause = beginOf(runs[at] ?? []) - beginOf(runs[at - 1] ?? []);
      if (pause > longest) {
        longest = pause;
        cut = at;
      }
    }
    parts.push(runs.slice(from, cut));
    from = cut;
  }
  parts.push(runs.slice(from));
  return parts;
}

/** One phase with its columns, in order of first appearance; the least busy ones beyond `MAX_PARTICIPANTS` share the last. */
function toPhase(runs: readonly (readonly Step[])[]): Phase {
  const seen = new Map<string, { readonly sender: Sender; calls: number }>();
  for (const run of runs)
    for (const { from, to } of run)
      for (const sender of [from, to]) {
        const old = seen.get(sender.id);
        if (old === undefined) seen.set(sender.id, { sender, calls: 1 });
        else old.calls += 1;
      }
  const all = [...seen.values()];
  const room = all.length > MAX_PARTICIPANTS ? MAX_PARTICIPANTS - 1 : MAX_PARTICIPANTS;
  const kept = new Set(
    [...all]
      .sort((a, b) => b.calls - a.calls)
      .slice(0, room)
      .map(({ sender }) => sender.id),
  );
  const shown = all.filter(({ sender }) => kept.has(sender.id)).map(({ sender }): Participant => ({ ...sender, members: 1 }));
  const left = all.length - shown.length;
  const participants: readonly Participant[] =
    left === 0 ? shown : [...shown, { id: 'other', label: `${String(left)} others`, kind: 'other', members: left }];
  const places = new Map(participants.map((participant, index) => [participant.id, index]));
  const placeOf = (sender: Sender): number => places.get(sender.id) ?? participants.length - 1;
  const messages = runs.flatMap((run): readonly SequenceMessage[] => {
    const [first] = run;
    if (first === undefined) return [];
    return [
      { id: first.call.ref, from: placeOf(first.from), to: placeOf(first.to), calls: run.map((step) => step.call), edge: first.edge },
    ];
  });
  return { messages, participants };
}
