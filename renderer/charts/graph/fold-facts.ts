import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { hostPath } from '#shared/lib/host-path.ts';
import { placeOf } from '#shared/model/call-place.ts';
import { answerWord, hasFailed, toOutcome } from '#shared/model/call-outcome.ts';
import { alikeKey, foldSiblings, type FoldGroup, type FoldRules } from '#shared/model/chain-folds.ts';
import { commonTime } from '#shared/model/common-time.ts';
import { startOf } from '../time/frame.ts';
import type { TreeNode } from './tree-node.ts';

/** Siblings that are one in a picture. */
export type NodeFold = FoldGroup<TreeNode>;

/** Below this pause the same request again is a loop that runs as fast as it can, not a question asked from time to time. Units: ms. */
const POLL_PAUSE = 500;
/** Methods that only ask, so that the same address is the same request: others may say something else in their bodies. */
const ASKING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Pauses of a poll lie this close to the middle one, as a share of it: timers are exact, answers are not. */
const POLL_SPREAD = 0.25;

/**
 * What folded calls do: `pages` fetch one listing part by part, `poll` ask the same at regular times, `loop` ask the same
 * at no regular times, `alike` ask the same of different things, or say something that is not known here; `rounds` are
 * several different calls that come again and again in one order.
 */
type FoldKind = 'pages' | 'poll' | 'loop' | 'alike' | 'rounds';

/** What a folded row says of its calls. */
export interface FoldFacts {
  readonly kind: FoldKind;
  readonly calls: number;
  /** Calls of one round; 1 where all are alike. */
  readonly round: number;
  /** The times of the first and of the last that has one, on the clock of the chain. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** How often each answer stands, as `answerWord` has it, the most frequent first; empty where nothing is known of it. */
  readonly answers: readonly (readonly [answer: string, count: number])[];
  /** Calls that came to nothing. */
  readonly failed: number;
  readonly slowest: DrawnCall | undefined;
  /** Different addresses among them: hosts, paths and queries. */
  readonly addresses: number;
  /** Middle pause from one start to the next, of rounds from one round to the next. Units: ms. */
  readonly pause: number | undefined;
}

/** Method and route, or where it went as sent. */
export const stepOf = (call: DrawnCall): string => call.endpoint ?? `${call.method ?? ''} ${hostPath(call.host ?? '', placeOf(call))}`;

/** Where a call went, without the object that it was of; `otherwise` where no template is known. */
export const templateOf = ({ endpoint }: DrawnCall, otherwise: string): string =>
  endpoint === undefined ? otherwise : endpoint.slice(Math.max(0, endpoint.indexOf('/')));

/** What a fold is of, as its row names it behind the first method: `/items/{id}`, of rounds `/list → GET /items/{id}`. */
export const foldTemplate = ({ members, round = 1 }: NodeFold, otherwise: (call: DrawnCall) => string): string =>
  members
    .slice(0, round)
    .map(({ call }, place) => `${place === 0 ? '' : `${call.method ?? ''} `}${templateOf(call, otherwise(call))}`)
    .join(' → ');

const rules: FoldRules<TreeNode> = {
  keyOf: ({ call }) => alikeKey(stepOf(call), toOutcome(call)),
  startOf: ({ call }) => startOf(call),
};

/** Siblings in time order, as they are folded in every picture; a group of one stands for itself. */
export const foldNodes = (siblings: readonly TreeNode[]): readonly NodeFold[] =>
  foldSiblings(siblings.length < 2 ? siblings : siblings.toSorted((a, b) => a.order - b.order), rules);

/** The key of a fold: the first of its calls, which no other fold has. */
export const foldKeyOf = ({ members }: NodeFold): string => `fold ${members[0]?.call.ref ?? ''}`;

/** Pauses between those starts that are known. Units: ms. */
function pausesOf(starts: readonly (number | undefined)[]): readonly number[] {
  const known = starts.filter((start) => start !== undefined).toSorted((a, b) => a - b);
  return known.slice(1).map((start, index) => start - (known[index] ?? start));
}

function medianOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Of folds that were looked at: a chain has hundreds, of which a screenful is in sight. */
const known = new WeakMap<NodeFold, FoldFacts>();

/** What a fold holds, in the figures that its row and its card show. */
export function foldFacts(fold: NodeFold): FoldFacts {
  const facts = known.get(fold) ?? makeFacts(fold);
  known.set(fold, facts);
  return facts;
}

function makeFacts({ members, round = 1 }: NodeFold): FoldFacts {
  const calls = members.map(({ call }) => call);
  const timed = calls.filter((call) => call.time !== undefined);
  const pauses = pausesOf(calls.filter((_, place) => place % round === 0).map(startOf));
  const counts = new Map<string, number>();
  for (const call of calls) {
    const answer = answerWord(call) ?? '';
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const addresses = new Set(calls.map((call) => `${call.host ?? ''}${call.path ?? ''}?${call.query ?? ''}`)).size;
  return {
    kind: round > 1 ? 'rounds' : kindOf(members, addresses, pauses),
    calls: calls.length,
    round,
    first: commonTime(timed[0] ?? {}),
    last: commonTime(timed.at(-1) ?? {}),
    answers: [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    failed: calls.filter(hasFailed).length,
    slowest: calls.reduce<DrawnCall | undefined>(
      (slowest, call) => (call.durationMs !== undefined && call.durationMs > (slowest?.durationMs ?? -1) ? call : slowest),
      undefined,
    ),
    addresses,
    pause: medianOf(pauses),
  };
}

function kindOf(nodes: readonly TreeNode[], addresses: number, pauses: readonly number[]): FoldKind {
  // The first page has no page before it, and one may be missing from the evidence.
  if (nodes.filter(({ edge }) => edge?.kinds.includes('pagination') === true).length * 2 > nodes.length) return 'pages';
  if (addresses > 1 || !nodes.every(({ call }) => ASKING.has(call.method ?? ''))) return 'alike';
  return isRegular(pauses) ? 'poll' : 'loop';
}

/** True when most pauses are like the middle one. */
function isRegular(pauses: readonly number[]): boolean {
  const middle = medianOf(pauses);
  if (middle === undefined || middle < POLL_PAUSE) return false;
  return pauses.filter((pause) => Math.abs(pause - middle) <= middle * POLL_SPREAD).length * 4 >= pauses.length * 3;
}
