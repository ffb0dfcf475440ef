import type { BaselineContent, PortableHabit } from './baseline-file.ts';

/** A rate that grew or fell by less is no drift. */
const FACTOR = 2;
/** Calls below which a rate says nothing. */
const MIN_CALLS = 50;

/** One difference between two baselines. `before` and `after` are calls a day; left out where there was none. */
export interface BaselineDrift {
  readonly what: 'principal' | 'endpoint' | 'pair';
  readonly name: string;
  readonly change: 'new' | 'gone' | 'more' | 'less';
  readonly before?: number;
  readonly after?: number;
}

interface Side {
  readonly days: number;
  readonly calls: ReadonlyMap<string, number>;
}

const daysOf = ({ from, to }: BaselineContent): number => Math.max(1, (Date.parse(to) - Date.parse(from)) / 86_400_000);
const perDay = (calls: number, { days }: Side): number => Math.round((calls / days) * 100) / 100;

function compare(what: BaselineDrift['what'], before: Side, after: Side): readonly BaselineDrift[] {
  const names = [...new Set([...before.calls.keys(), ...after.calls.keys()])].sort();
  return names.flatMap((name): readonly BaselineDrift[] => {
    const [old, fresh] = [before.calls.get(name), after.calls.get(name)];
    if (old === undefined && fresh !== undefined) return [{ what, name, change: 'new', after: perDay(fresh, after) }];
    if (fresh === undefined && old !== undefined) return [{ what, name, change: 'gone', before: perDay(old, before) }];
    if (old === undefined || fresh === undefined || Math.max(old, fresh) < MIN_CALLS) return [];
    const ratio = fresh / after.days / (old / before.days);
    if (ratio < FACTOR && ratio > 1 / FACTOR) return [];
    return [{ what, name, change: ratio >= FACTOR ? 'more' : 'less', before: perDay(old, before), after: perDay(fresh, after) }];
  });
}

const byKey = (days: number, rows: readonly (PortableHabit & { readonly key: string })[]): Side => ({
  days,
  calls: new Map(rows.map(({ key, calls }) => [key, calls])),
});

/**
 * What changed from one baseline to the next: who and what came and went, and whose rate at least doubled or halved.
 * Shape: principals, endpoints, pairs, each in the order of their names.
 */
export function driftBetween(before: BaselineContent, after: BaselineContent): readonly BaselineDrift[] {
  const [old, fresh] = [daysOf(before), daysOf(after)];
  const pairs = (days: number, content: BaselineContent): Side => ({
    days,
    calls: new Map(content.pairs.map(({ principal, endpoint, calls }) => [`${principal} → ${endpoint}`, calls])),
  });
  return [
    ...compare('principal', byKey(old, before.principals), byKey(fresh, after.principals)),
    ...compare('endpoint', byKey(old, before.endpoints), byKey(fresh, after.endpoints)),
    ...compare('pair', pairs(old, before), pairs(fresh, after)),
  ];
}
