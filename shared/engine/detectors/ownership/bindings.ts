import { parameterOf, valueIn } from '../../../model/segment-value.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { queryTexts } from '../probes/request-texts.ts';
import type { HolderClaims } from './claims-of-callers.ts';

/** Callers and calls from which a parameter can be known to name the caller itself. Source: detection 2. */
const MIN_CALLERS = 5;
const MIN_CALLS = 50;
/** Share of calls, the worst caller's left out, in which claim and parameter are equal. */
const MIN_EQUAL = 0.98;
/** Share of its calls in which somebody keeps to a rule that holds across programs; who mostly does not has another task. */
const OWN_SHARE = 0.5;
/** Unequal calls kept of one parameter while it is not known whether it is bound. */
const MAX_KEPT = 2_000;
const PAGE = 5_000;

/** A call in which the parameter does not name the caller. */
export interface Unequal {
  readonly call: number;
  readonly time: number;
  readonly principal: number;
  readonly status: number;
  /** Program, scopes and roles of the token. */
  readonly cluster: string;
  readonly claim: string;
  readonly parameter: string;
}

/** A parameter that names the caller itself. */
export interface Binding {
  readonly endpoint: number;
  readonly claimName: string;
  readonly parameterName: string;
  readonly callers: number;
  readonly calls: number;
  readonly equalShare: number;
  readonly unequal: readonly Unequal[];
}

interface Tally {
  readonly endpoint: number;
  readonly claimName: string;
  readonly parameterName: string;
  /** Program, scopes and roles of the tokens; undefined for those of all programs together. */
  readonly cluster: string | undefined;
  readonly byCaller: Map<number, { equal: number; all: number }>;
  readonly unequal: Unequal[];
}

interface Row {
  readonly id: number;
  readonly time: number;
  readonly path: string;
  readonly query: string | null;
  readonly status: number | null;
  readonly principal: number;
  readonly endpoint: number;
  readonly credential: number;
  readonly template: string;
}

/** Values of a call's path and query by their names. */
function parametersOf({ path, query, template }: Row): readonly (readonly [name: string, value: string])[] {
  const segments = path.split('/');
  const inPath = template.split('/').flatMap((segment, place): (readonly [string, string])[] => {
    const name = parameterOf(segment);
    const value = segments[place];
    return name === undefined || value === undefined ? [] : [[`{${name}} at ${String(place)}`, valueIn(segment, value)]];
  });
  return [...inPath, ...(query === null ? [] : queryTexts(query).map(({ name, text }) => [`query ${name}`, text] as const))];
}

const keyOf = ({
  endpoint,
  claimName,
  parameterName,
  cluster,
}: Pick<Tally, 'endpoint' | 'claimName' | 'parameterName' | 'cluster'>): string =>
  `${String(endpoint)} ${claimName} ${parameterName} ${cluster ?? ''}`;

function count(tallies: Map<string, Tally>, row: Row, holder: HolderClaims, cluster: string | undefined): void {
  for (const [parameterName, parameter] of parametersOf(row))
    for (const [claimName, claim] of holder.identity) {
      const place = { endpoint: row.endpoint, claimName, parameterName, cluster };
      let tally = tallies.get(keyOf(place));
      // Most pairs are never equal: only those that once were can be bound.
      if (tally === undefined && claim !== parameter) continue;
      if (tally === undefined) tallies.set(keyOf(place), (tally = { ...place, byCaller: new Map(), unequal: [] }));
      const own = tally.byCaller.get(row.principal) ?? { equal: 0, all: 0 };
      tally.byCaller.set(row.principal, own);
      own.all += 1;
      if (claim === parameter) own.equal += 1;
      else if (tally.unequal.length < MAX_KEPT)
        tally.unequal.push({ call: row.id, time: row.time, principal: row.principal, status: row.status ?? 0, cluster: holder.cluster, claim, parameter });
    }
} // prettier-ignore

/** A binding, when enough callers keep to it without the one who keeps to it least. */
function toBinding({ byCaller, ...tally }: Tally): Binding | undefined {
  const callers = [...byCaller.values()].sort((a, b) => b.all - b.equal - (a.all - a.equal));
  const rest = callers.slice(1);
  const [equal, all] = [rest.reduce((sum, each) => sum + each.equal, 0), rest.reduce((sum, each) => sum + each.all, 0)];
  if (rest.length < MIN_CALLERS || all < MIN_CALLS || equal < MIN_EQUAL * all || tally.unequal.length >= MAX_KEPT) return undefined;
  return { ...tally, callers: callers.length, calls: all, equalShare: equal / all };
}

/**
 * Bindings within each cluster, and those that hold across all of them for the clusters that are too small to show one: partners, each with a program
 * of its own.
 */
function toBindings(tallies: ReadonlyMap<string, Tally>): readonly Binding[] {
  const bound = new Map<string, Binding>();
  for (const [key, tally] of tallies) {
    const binding = toBinding(tally);
    if (binding !== undefined) bound.set(key, binding);
  }
  return [...bound].flatMap(([key, binding]): Binding[] => {
    const tally = tallies.get(key);
    if (tally === undefined || tally.cluster !== undefined) return [binding];
    const isKept = ({ principal }: Unequal): boolean => {
      const own = tally.byCaller.get(principal);
      return own !== undefined && own.equal >= OWN_SHARE * own.all;
    };
    return [
      { ...binding, unequal: binding.unequal.filter((each) => isKept(each) && !bound.has(keyOf({ ...tally, cluster: each.cluster }))) },
    ];
  });
}

/**
 * Learns which parameters name the caller itself, within each cluster of tokens and across all, and keeps the calls in which they do not. One walk along the calls with
 * readable tokens; a pair is watched from its first equal call on, since nearly none ever is.
 */
export async function findBindings(
  db: SqlDriver,
  holders: ReadonlyMap<number, HolderClaims>,
  breathe: () => Promise<void>,
): Promise<{ readonly bindings: readonly Binding[]; readonly seen: number }> {
  const tallies = new Map<string, Tally>();
  const page = db.prepare(
    `SELECT c.id, c.time, c.path, c.query, c.status, f.principal_id AS principal, f.endpoint_id AS endpoint, c.credential_id AS credential, e.template
     FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id JOIN credential k ON k.id = c.credential_id
     WHERE c.id > ? AND c.time IS NOT NULL AND c.path IS NOT NULL AND f.same_as IS NULL AND f.principal_id IS NOT NULL AND k.jwt_claims IS NOT NULL
       AND (c.query IS NOT NULL OR e.template LIKE '%{%') ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  let seen = 0;
  for (let after = 0; ;) {
    const rows = page.all<Row>(after);
    if (rows.length === 0) break;
    for (const row of rows) {
      after = row.id;
      const holder = holders.get(row.credential);
      if (holder === undefined || holder.isDelegated) continue;
      seen += 1;
      count(tallies, row, holder, holder.cluster);
      count(tallies, row, holder, undefined);
    }
    await breathe();
  }
  return { bindings: toBindings(tallies), seen };
}
