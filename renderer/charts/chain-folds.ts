import type { CallRow } from '#shared/contract/rows.ts';
import { startOf } from './time-frame.ts';
import type { TreeNode } from './tree-node.ts';

/** From this many alike siblings on they are folded; two rows are quicker read than explained. */
const FOLD_FROM = 3;
/** A pause up to here never parts alike calls: people and schedulers pause for less. Units: ms. */
const QUIET = 60_000;
/** Alike calls part where a pause is this many times their usual one: what comes after it is another occasion. */
const PAUSE_FACTOR = 10;
/** Below this pause the same request again is a loop that runs as fast as it can, not a question asked from time to time. Units: ms. */
const POLL_PAUSE = 500;
/** Methods that only ask, so that the same address is the same request: others may say something else in their bodies. */
const ASKING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Pauses of a poll lie this close to the middle one, as a share of it: timers are exact, answers are not. */
const POLL_SPREAD = 0.25;

/**
 * What alike calls do: `pages` fetch one listing part by part, `poll` ask the same at regular times, `loop` ask the same
 * at no regular times, `alike` ask the same of different things, or say something that is not known here.
 */
type FoldKind = 'pages' | 'poll' | 'loop' | 'alike';

/** What a folded row says of its calls. */
export interface FoldFacts {
  readonly kind: FoldKind;
  /** The times of the first and of the last that has one, as their sources say them. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** How often each status stands, the most frequent first; 0 where none was seen. */
  readonly statuses: readonly (readonly [status: number, count: number])[];
  readonly slowest: CallRow | undefined;
  /** Different addresses among them: hosts, paths and queries. */
  readonly addresses: number;
  /** Middle pause from one start to the next. Units: ms. */
  readonly pause: number | undefined;
}

/** What alike siblings have in common: method, route and whether they failed. */
const foldKey = (call: CallRow): string =>
  `${call.method ?? ''} ${call.endpoint ?? `${call.host ?? ''}${call.path ?? ''}`} ${call.status !== undefined && call.status >= 400 ? 'failed' : 'ok'}`;

/** True when two calls would be folded, were they siblings and not far apart in time. */
export const isAlike = (a: CallRow, b: CallRow): boolean => foldKey(a) === foldKey(b);

/**
 * Siblings in time order, the alike ones together at the place of the first; a group of one stands for itself.
 * Where alike ones pause for over a minute and ten times as long as they usually do, a new group begins.
 */
export function groupAlike(siblings: readonly TreeNode[]): readonly (readonly TreeNode[])[] {
  const groups = new Map<string, TreeNode[]>();
  for (const node of siblings.toSorted((a, b) => a.order - b.order)) {
    const key = foldKey(node.call);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  return [...groups.values()]
    .flatMap(partAtPauses)
    .flatMap((group) => (group.length >= FOLD_FROM ? [group] : group.map((node) => [node])))
    .toSorted((a, b) => orderOf(a) - orderOf(b));
}

const orderOf = (group: readonly TreeNode[]): number => group[0]?.order ?? 0;

/** The key of a fold: the first of its calls, which no other fold has. */
export const foldKeyOf = (nodes: readonly TreeNode[]): string => `fold ${nodes[0]?.call.ref ?? ''}`;

function partAtPauses(group: readonly TreeNode[]): readonly (readonly TreeNode[])[] {
  if (group.length < FOLD_FROM) return [group];
  const starts = group.map(({ call }) => startOf(call));
  const usual = medianOf(pausesOf(starts)) ?? 0;
  const most = Math.max(QUIET, usual * PAUSE_FACTOR);
  const parts: TreeNode[][] = [];
  let before: number | undefined;
  for (const [index, node] of group.entries()) {
    const start = starts[index];
    const part = parts.at(-1);
    if (part === undefined || (start !== undefined && before !== undefined && start - before > most)) parts.push([node]);
    else part.push(node);
    before = start ?? before;
  }
  return parts;
}

/** Pauses between those starts that are known. Units: ms. */
function pausesOf(starts: readonly (number | undefined)[]): readonly number[] {
  const known = starts.filter((start) => start !== undefined).toSorted((a, b) => a - b);
  return known.slice(1).map((start, index) => start - (known[index] ?? start));
}

function medianOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Of folds that were looked at: a chain has hundreds, of which a screenful is in sight. */
const known = new WeakMap<readonly TreeNode[], FoldFacts>();

/** What a fold holds, in the figures that its row and its card show. */
export function foldFacts(nodes: readonly TreeNode[]): FoldFacts {
  const facts = known.get(nodes) ?? makeFacts(nodes);
  known.set(nodes, facts);
  return facts;
}

function makeFacts(nodes: readonly TreeNode[]): FoldFacts {
  const calls = nodes.map(({ call }) => call);
  const timed = calls.filter((call) => call.time !== undefined);
  const pauses = pausesOf(calls.map(startOf));
  const counts = new Map<number, number>();
  for (const { status = 0 } of calls) counts.set(status, (counts.get(status) ?? 0) + 1);
  const addresses = new Set(calls.map((call) => `${call.host ?? ''}${call.path ?? ''}?${call.query ?? ''}`)).size;
  return {
    kind: kindOf(nodes, addresses, pauses),
    first: timed[0]?.time,
    last: timed.at(-1)?.time,
    statuses: [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]),
    slowest: calls.reduce<CallRow | undefined>(
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
