import { isModelPath } from '../../../model/model-path.ts';
import type { PassContext } from '../pass.ts';

/** Fewer calls tell nothing of a habit. */
const MIN_CALLS = 20;
/** A longer pause ends a piece of work. Units: µs. */
const WORK_PAUSE = 60_000_000;
/** A model needs about this long to decide on its next call. Units: µs. */
const THINK_MIN = 700_000;
const THINK_MAX = 45_000_000;
/** Share of the pauses within pieces of work that are as long as a model's thought. */
const THINK_SHARE = 0.6;
/** Calls of a piece of work, on average: an agent does several things in turn, a job one or hundreds. */
const WORK_MIN = 2.5;
const WORK_MAX = 40;
/** A timer's pauses are alike; thoughts differ: standard deviation of the logarithm of the pauses. */
const MIN_SPREAD = 0.35;
/** Different targets of a piece of work, on average. */
const MIN_TARGETS = 1.8;
/** Requests of one piece of work that are remembered by their ids. */
const MAX_REQUESTS = 1_000;
/** Hosts and operations that are a model's. Source: standards.md 5.1 and the operation names of `intake/operations`. */
const MODEL_HOST =
  /(?:^|\.)(?:api\.openai\.com|api\.anthropic\.com|openai\.azure\.com|generativelanguage\.googleapis\.com|aiplatform\.googleapis\.com|bedrock-runtime\.[a-z0-9-]+\.amazonaws\.com|api\.mistral\.ai|api\.cohere\.(?:ai|com))$/;
interface Habit {
  calls: number;
  end: number;
  /** Pauses within pieces of work. */
  pauses: number;
  thoughts: number;
  logSum: number;
  logSquares: number;
  works: number;
  targets: number;
  readonly inWork: Set<number>;
  /** Ids of requests of this piece of work, with the source that showed each first. */
  readonly requests: Map<string, number>;
  modelCalls: number;
  afterModel: number;
  lastWasModel: boolean;
  assets: number;
}

const startHabit = (): Habit => ({
  calls: 0, end: -Infinity, pauses: 0, thoughts: 0, logSum: 0, logSquares: 0, works: 0, targets: 0, inWork: new Set(), requests: new Map(), modelCalls: 0, afterModel: 0,
  lastWasModel: false, assets: 0,
}); // prettier-ignore

const ASSET = /\.(?:css|js|png|jpe?g|gif|svg|ico|woff2?|map)$/i;

function add(habit: Habit, time: number, duration: number, target: number, isModel: boolean, isAsset: boolean): void {
  const pause = time - habit.end;
  if (pause > WORK_PAUSE) {
    habit.works += 1;
    habit.inWork.clear();
    habit.requests.clear();
  } else if (pause > 0) {
    habit.pauses += 1;
    if (pause >= THINK_MIN && pause <= THINK_MAX) habit.thoughts += 1;
    const log = Math.log(pause);
    habit.logSum += log;
    habit.logSquares += log * log;
  }
  if (!habit.inWork.has(target) && habit.inWork.size < WORK_MAX) {
    habit.inWork.add(target);
    habit.targets += 1;
  }
  habit.calls += 1;
  habit.end = Math.max(habit.end, time + duration);
  if (isModel) habit.modelCalls += 1;
  else if (habit.lastWasModel) habit.afterModel += 1;
  habit.lastWasModel = isModel;
  if (isAsset) habit.assets += 1;
}

/** True for another log's record of a request that is counted already; a client may well write one id on all that it asks, but in one log. */
function isSeenAgain({ requests }: Habit, { request, source }: CallRow): boolean {
  if (request === null) return false;
  const first = requests.get(request);
  return first !== undefined && first !== source;
}

/** Why a habit looks like an agent's; `undefined` when it does not. The last rung: every part of it has harmless likenesses. */
function judge(habit: Habit): string | undefined {
  const { calls, modelCalls, afterModel, pauses, works, targets, thoughts, assets } = habit;
  if (modelCalls >= 3 && afterModel / modelCalls >= 0.5 && calls > modelCalls)
    return `between its calls it asks a model, ${String(modelCalls)} times in ${String(calls)} calls, and acts on the answers`;
  if (calls < MIN_CALLS || assets > 0 || pauses < calls / 4 || works < 2) return undefined;
  const mean = habit.logSum / pauses;
  const spread = Math.sqrt(Math.max(0, habit.logSquares / pauses - mean * mean));
  const perWork = calls / works;
  const isThinking = thoughts / pauses >= THINK_SHARE && spread >= MIN_SPREAD;
  return isThinking && perWork >= WORK_MIN && perWork <= WORK_MAX && targets / works >= MIN_TARGETS
    ? `it works in pieces of ${perWork.toFixed(1)} calls on ${(targets / works).toFixed(1)} targets with uneven pauses of seconds between them, without anything that a page loads`
    : undefined;
}

interface CallRow {
  readonly principal: number;
  readonly time: number;
  readonly duration: number | null;
  readonly path: string | null;
  readonly host: string | null;
  readonly method: number;
  readonly source: number;
  readonly request: string | null;
}

/**
 * Looks at times and targets of the calls of those principals that nothing better tells of.
 * Shape:  `candidates` are numbers of principals in the temporary table `combo`, which `comboOfCall` joins as `m`; the answer gives for some of them why they look like agents.
 * Cost:   one walk over the timed calls in time order; a few numbers a candidate.
 */
export async function watchBehaviour(
  { db, breathe }: PassContext,
  candidates: ReadonlySet<number>,
  comboOfCall: string,
): Promise<ReadonlyMap<number, string>> {
  if (candidates.size === 0) return new Map();
  const habits = new Map<number, Habit>();
  const page = db.prepare(
    `SELECT c.id, m.principal, c.time, c.duration, c.path, h.value AS host, ifnull(c.method_id, 0) AS method, c.source_id AS source, c.request_id AS request
       FROM call c
       ${comboOfCall}
       LEFT JOIN term h ON h.id = c.host_id
      WHERE (c.time, c.id) > (?, ?) ORDER BY c.time, c.id LIMIT 5000`,
  );
  for (let [time, id] = [-1, 0]; ;) {
    const rows = page.all<CallRow & { readonly id: number }>(time, id);
    for (const row of rows) {
      if (!candidates.has(row.principal)) continue;
      let habit = habits.get(row.principal);
      if (habit === undefined) habits.set(row.principal, (habit = startHabit()));
      if (isSeenAgain(habit, row)) continue;
      const path = row.path ?? '';
      const isModel = MODEL_HOST.test(row.host ?? '') || isModelPath(path);
      add(habit, row.time, row.duration ?? 0, targetOf(path, row.method), isModel, ASSET.test(path));
      // Behind `add`, which forgets those of an earlier piece of work.
      if (row.request !== null && habit.requests.size < MAX_REQUESTS) habit.requests.set(row.request, row.source);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    [time, id] = [last.time, last.id];
    await breathe();
  }
  const found = new Map<number, string>();
  for (const [principal, habit] of habits) {
    const why = judge(habit);
    if (why !== undefined) found.set(principal, why);
  }
  return found;
}

/** A number for method and path without what looks like an id: the same thing done to another object is the same target. */
function targetOf(path: string, method: number): number {
  let hash = method;
  for (const segment of path.split('/')) {
    if (/\d/.test(segment) || segment.length > 24) continue;
    for (let at = 0; at < segment.length; at += 1) hash = (Math.imul(hash, 31) + segment.charCodeAt(at)) | 0;
    hash = Math.imul(hash, 17) | 0;
  }
  return hash;
}
