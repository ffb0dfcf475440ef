import type { BaselineContent, PortableHabit } from './baseline-file.ts';

/** A rate that grew or fell by less is no drift. */
const FACTOR = 2;
/** Calls below which a rate says nothing. */
const MIN_CALLS = 50;

/** One difference between two baselines. `before` and `after` are calls a day; left out where there was none. */
export interface BaselineDrift {
  readonly what: 'principal' | 'endpoint' | 'pair';
  /** By key; a pair has both. */
  readonly principal?: string;
  readonly endpoint?: string;
  readonly change: 'new' | 'gone' | 'more' | 'less';
  readonly before?: number;
  readonly after?: number;
}

/** What a rate is of. */
type Subject = Pick<BaselineDrift, 'what' | 'principal' | 'endpoint'>;

interface Side {
  readonly days: number;
  readonly calls: ReadonlyMap<string, { readonly subject: Subject; readonly calls: number }>;
}

const daysOf = ({ from, to }: BaselineContent): number => Math.max(1, (Date.parse(to) - Date.parse(from)) / 86_400_000);
const perDay = (calls: number, { days }: Side): number => Math.round((calls / days) * 100) / 100;

function compare(before: Side, after: Side): readonly BaselineDrift[] {
  const names = [...new Set([...before.calls.keys(), ...after.calls.keys()])].sort();
  return names.flatMap((name): readonly BaselineDrift[] => {
    const [old, fresh] = [before.calls.get(name), after.calls.get(name)];
    if (fresh === undefined) return old === undefined ? [] : [{ ...old.subject, change: 'gone', before: perDay(old.calls, before) }];
    if (old === undefined) return [{ ...fresh.subject, change: 'new', after: perDay(fresh.calls, after) }];
    if (Math.max(old.calls, fresh.calls) < MIN_CALLS) return [];
    const ratio = fresh.calls / after.days / (old.calls / before.days);
    if (ratio < FACTOR && ratio > 1 / FACTOR) return [];
    const change = ratio >= FACTOR ? 'more' : 'less';
    return [{ ...fresh.subject, change, before: perDay(old.calls, before), after: perDay(fresh.calls, after) }];
  });
}

const byKey = (what: 'principal' | 'endpoint', days: number, rows: readonly (PortableHabit & { readonly key: string })[]): Side => ({
  days,
  calls: new Map(rows.map(({ key, calls }) => [key, { subject: { what, [what]: key }, calls }])),
});

const byPair = (days: number, { pairs }: BaselineContent): Side => ({
  days,
  calls: new Map(
    pairs.map(({ principal, endpoint, calls }) => [`${principal} ${endpoint}`, { subject: { what: 'pair', principal, endpoint }, calls }]),
  ),
});

/**
 * What changed from one baseline to the next: who and what came and went, and whose rate at least doubled or halved. A pair of one that
 * came or went itself is not told again.
 * Shape: principals, endpoints, pairs, each in the order of their names.
 */
export function driftBetween(before: BaselineContent, after: BaselineContent): readonly BaselineDrift[] {
  const [old, fresh] = [daysOf(before), daysOf(after)];
  const alone = [
    ...compare(byKey('principal', old, before.principals), byKey('principal', fresh, after.principals)),
    ...compare(byKey('endpoint', old, before.endpoints), byKey('endpoint', fresh, after.endpoints)),
  ];
  const told = new Set(
    alone.filter(({ change }) => change === 'new' || change === 'gone').map(({ principal, endpoint }) => principal ?? endpoint),
  );
  const pairs = compare(byPair(old, before), byPair(fresh, after));
  return [...alone, ...pairs.filter(({ principal, endpoint }) => !told.has(principal) && !told.has(endpoint))];
}
