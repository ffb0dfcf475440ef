import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { EdgeList } from './edge-list.ts';

/** A program that acts on an answer does so at once; what comes later has another reason. Units: µs. */
const AT_ONCE = 2 * 1_000_000;
/** Fewer times may be chance. */
const MIN_TIMES = 5;
/** Share of a program's calls in one log that must follow the same kind of call, and of those that must begin its work. */
const MIN_SHARE = 0.9;
/** A program that is at work for more than this share of the time does everything beside everything. */
const MAX_BUSY = 0.2;
/** Times alone never say more. */
const MOST = 0.9;
/** A client address and its program as one exact number. */
const PROGRAMS = 2 ** 26;
/** Calls looked at between two pauses. */
const STRETCH = 50_000;

/** A stretch of work: calls without a pause, the first of which the program woke up with. Shape: in time order. */
type Work = readonly number[];

/** What a call asks for: its endpoint, else its method and path. */
const askedOf = (calls: CallColumns, at: number): number =>
  numberAt(calls.endpoint, at) === NONE ? -2 - numberAt(calls.path, at) : numberAt(calls.endpoint, at);

/** Calls that nothing else explains, by client address and program, of those only that stand in more than one log. */
async function programsOf(
  calls: CallColumns,
  standing: Int32Array,
  parentOf: Int32Array,
  breathe: () => Promise<void>,
): Promise<Iterable<readonly number[]>> {
  const keyOf = (at: number): number => {
    const [address, program] = [numberAt(calls.clientIp, at), numberAt(calls.userAgent, at)];
    const isOpen = standing[at] === NONE && parentOf[at] === NONE && !Number.isNaN(numberAt(calls.start, at));
    return isOpen && address !== NONE && program !== NONE ? address * PROGRAMS + program : NONE;
  };
  const sources = new Map<number, number>();
  const programs = new Map<number, number[]>();
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const key = keyOf(at);
    if (key === NONE || programs.has(key)) continue;
    const source = sources.get(key);
    if (source === undefined) sources.set(key, numberAt(calls.source, at));
    else if (source !== numberAt(calls.source, at)) programs.set(key, []);
  }
  if (programs.size > 0)
    for (let at = 0; at < calls.count; at += 1) {
      if (at % STRETCH === 0) await breathe();
      programs.get(keyOf(at))?.push(at);
    }
  return programs.values();
}

/** Parts the calls of a program where it paused. */
function worksOf(calls: CallColumns, program: readonly number[]): readonly Work[] {
  const works: number[][] = [];
  let over = -Infinity;
  for (const at of program) {
    if (numberAt(calls.start, at) - over > AT_ONCE) works.push([]);
    works.at(-1)?.push(at);
    over = Math.max(over, numberAt(calls.end, at));
  }
  return works;
}

/** The calls of a work that went elsewhere once its first call was answered: another log, another host. */
const outwardOf = (calls: CallColumns, [first = NONE, ...rest]: Work): readonly number[] =>
  rest.filter(
    (at) =>
      numberAt(calls.source, at) !== numberAt(calls.source, first) &&
      numberAt(calls.host, at) !== numberAt(calls.host, first) &&
      numberAt(calls.start, at) >= numberAt(calls.end, first) - AT_ONCE / 1000,
  );

/** Share of the time from its first to its last call in which a program was at work. */
function busyShare(calls: CallColumns, works: readonly Work[]): number {
  const startOf = (work: Work | undefined): number => numberAt(calls.start, work?.[0] ?? NONE);
  const endOf = (work: Work): number => work.reduce((last, at) => Math.max(last, numberAt(calls.end, at)), -Infinity);
  const busy = works.reduce((sum, work) => sum + endOf(work) - startOf(work), 0);
  const last = works.at(-1);
  return last === undefined ? 1 : busy / Math.max(1, endOf(last) - startOf(works[0]));
}

/** How often each kind of call led to calls of one log, and what it led to. */
interface Habit {
  times: number;
  readonly pairs: (readonly [from: number, to: number])[];
}

/** For one other log: the works that called into it, by the kind of their first call. */
function habitsIn(calls: CallColumns, works: readonly Work[], source: number): ReadonlyMap<number, Habit> {
  const habits = new Map<number, Habit>();
  for (const work of works) {
    const first = work[0] ?? NONE;
    const outward = outwardOf(calls, work).filter((at) => numberAt(calls.source, at) === source);
    if (outward.length === 0) continue;
    const habit = habits.get(askedOf(calls, first)) ?? { times: 0, pairs: [] };
    habit.times += 1;
    for (const at of outward) habit.pairs.push([first, at]);
    habits.set(askedOf(calls, first), habit);
  }
  return habits;
}

/** Of the calls of this kind, the share that begins a work: what also stands within is a step of it, no reason for it. */
function openingShare(calls: CallColumns, program: readonly number[], works: readonly Work[], asked: number): number {
  const all = program.filter((at) => askedOf(calls, at) === asked).length;
  return works.filter(([first = NONE]) => askedOf(calls, first) === asked).length / Math.max(1, all);
}

/**
 * Edges by time alone, to what a program does because of an answer without passing on any value of it: a relay asks its own service for
 * events and then calls the hooks of others. They are drawn where a program (address and user agent) sleeps most of the time, nearly all of its
 * calls in one log follow at once on one kind of call in another, and that kind is what its work begins with.
 * Example: 40 of 41 calls of 10.0.0.7 to others began within two seconds after its GET /events, with which it wakes up every minute: an edge
 * each, at 0.9.
 * Cost: two looks at all calls, then only programs that stand in two logs.
 */
export async function addFollowUpEdges(
  calls: CallColumns,
  standing: Int32Array,
  parentOf: Int32Array,
  edges: EdgeList,
  breathe: () => Promise<void>,
): Promise<void> {
  for (const program of await programsOf(calls, standing, parentOf, breathe)) {
    await breathe();
    const works = worksOf(calls, program);
    if (works.length < MIN_TIMES) continue;
    const busy = busyShare(calls, works);
    if (busy > MAX_BUSY) continue;
    for (const source of new Set(program.map((at) => numberAt(calls.source, at)))) {
      const all = program.filter((at) => numberAt(calls.source, at) === source).length;
      for (const [asked, { times, pairs }] of habitsIn(calls, works, source)) {
        const share = pairs.length / all;
        if (times < MIN_TIMES || share < MIN_SHARE || openingShare(calls, program, works, asked) < MIN_SHARE) continue;
        const confidence = Math.min(MOST, ((pairs.length + 1) / (all + 2)) * (1 - busy));
        const why = `${String(pairs.length)} of the ${String(all)} calls that this client made there came at once after such a call, with which its work begins; it is at work ${String(Math.max(1, Math.round(busy * 100)))} % of the time`;
        for (const [from, to] of pairs) edges.add(from, to, 'initiator', confidence, { why });
      }
    }
  }
}
