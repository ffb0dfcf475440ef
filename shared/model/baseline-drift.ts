/** A rate that grew or fell by less is no drift. */
const FACTOR = 2;
/** Calls below which a rate says nothing. */
const MIN_CALLS = 50;
/** Calls that would have been due: with fewer, none at all is chance more often than once in twenty times (Poisson, e^-3). */
const MIN_DUE = 3;
/** What is shorter says nothing about a day. Units: days. */
const MIN_DAYS = 1 / 24;

/** One difference between two baselines. `before` and `after` are calls a day; left out where there was none or they were not counted. */
export interface BaselineDrift {
  readonly what: 'host' | 'principal' | 'endpoint' | 'pair';
  readonly host?: string;
  /** By key; a pair has both. */
  readonly principal?: string;
  readonly endpoint?: string;
  /** Of the principal, where it is not told as a pair. */
  readonly kind?: string;
  readonly change: 'new' | 'gone' | 'more' | 'less';
  readonly before?: number;
  readonly after?: number;
  /** All calls of either time; left out where there was none or they were not counted. */
  readonly callsBefore?: number;
  readonly callsAfter?: number;
}

/** One of two times that are held against each other. Shape: a baseline file's content is one. */
export interface DriftSide {
  readonly from: string;
  readonly to: string;
  readonly principals: readonly { readonly key: string; readonly kind: string; readonly calls: number }[];
  readonly endpoints: readonly { readonly key: string; readonly calls: number }[];
  readonly pairs: readonly { readonly principal: string; readonly endpoint: string; readonly calls: number }[];
}

/** What a rate is of. */
type Subject = Pick<BaselineDrift, 'what' | 'host' | 'principal' | 'endpoint' | 'kind'>;

interface Rates {
  readonly days: number;
  readonly calls: ReadonlyMap<string, { readonly subject: Subject; readonly calls: number }>;
}

const daysOf = ({ from, to }: DriftSide): number => Math.max(MIN_DAYS, (Date.parse(to) - Date.parse(from)) / 86_400_000);
const perDay = (calls: number, { days }: Rates): number => Math.round((calls / days) * 100) / 100;

function compare(before: Rates, after: Rates): readonly BaselineDrift[] {
  const names = [...new Set([...before.calls.keys(), ...after.calls.keys()])].sort();
  return names.flatMap((name): readonly BaselineDrift[] => {
    const [old, fresh] = [before.calls.get(name), after.calls.get(name)];
    if (fresh === undefined) {
      const isDue = old !== undefined && (old.calls / before.days) * after.days >= MIN_DUE;
      return isDue ? [{ ...old.subject, change: 'gone', before: perDay(old.calls, before), callsBefore: old.calls }] : [];
    }
    if (old === undefined) return [{ ...fresh.subject, change: 'new', after: perDay(fresh.calls, after), callsAfter: fresh.calls }];
    if (Math.max(old.calls, fresh.calls) < MIN_CALLS) return [];
    const ratio = fresh.calls / after.days / (old.calls / before.days);
    if (ratio < FACTOR && ratio > 1 / FACTOR) return [];
    const change = ratio >= FACTOR ? 'more' : 'less';
    const rates = { before: perDay(old.calls, before), after: perDay(fresh.calls, after) };
    return [{ ...fresh.subject, change, ...rates, callsBefore: old.calls, callsAfter: fresh.calls }];
  });
}

/** `api.acme.test` of `GET api.acme.test/orders`; empty where no record named one. */
const hostOf = (endpoint: string): string => /^\S+ ([^/\s]*)/.exec(endpoint)?.[1] ?? '';

function byHost(days: number, { endpoints }: DriftSide): Rates {
  const sums = new Map<string, number>();
  for (const { key, calls } of endpoints) {
    const host = hostOf(key);
    if (host !== '') sums.set(host, (sums.get(host) ?? 0) + calls);
  }
  return { days, calls: new Map([...sums].map(([host, calls]) => [host, { subject: { what: 'host', host }, calls }])) };
}

const byPrincipal = (days: number, { principals }: DriftSide): Rates => ({
  days,
  calls: new Map(principals.map(({ key, kind, calls }) => [key, { subject: { what: 'principal', principal: key, kind }, calls }])),
});

const byEndpoint = (days: number, { endpoints }: DriftSide): Rates => ({
  days,
  calls: new Map(endpoints.map(({ key, calls }) => [key, { subject: { what: 'endpoint', endpoint: key }, calls }])),
});

const byPair = (days: number, { pairs }: DriftSide): Rates => ({
  days,
  calls: new Map(
    pairs.map(({ principal, endpoint, calls }) => [`${principal} ${endpoint}`, { subject: { what: 'pair', principal, endpoint }, calls }]),
  ),
});

/**
 * What changed from one time to the next: who and what came, who and what stayed away though calls were due, and whose rate at least
 * doubled or halved. A pair of one that came or went itself is not told again.
 * Shape: hosts, principals, endpoints, pairs, each in the order of their names.
 */
export function driftBetween(before: DriftSide, after: DriftSide): readonly BaselineDrift[] {
  const [old, fresh] = [daysOf(before), daysOf(after)];
  const alone = [byHost, byPrincipal, byEndpoint].flatMap((by) => compare(by(old, before), by(fresh, after)));
  const told = new Set(
    alone.filter(({ change }) => change === 'new' || change === 'gone').map(({ principal, endpoint }) => principal ?? endpoint),
  );
  const pairs = compare(byPair(old, before), byPair(fresh, after));
  return [...alone, ...pairs.filter(({ principal, endpoint }) => !told.has(principal) && !told.has(endpoint))];
}
