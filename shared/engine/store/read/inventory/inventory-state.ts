import type { ComparedEndpoint, ComparedPrincipal, InventoryState } from '../../../../contract/compare.ts';
import type { Span } from '../../../../contract/report-json.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { getMeta } from '../../meta.ts';
import { readBaselineContent } from '../baseline.ts';
import { listEndpoints } from '../endpoints.ts';
import { listFindings } from '../findings/findings.ts';
import { listPrincipals } from '../principals/principals.ts';
import { createGrowth } from './growth.ts';
import { listLevelOverrides } from './level-overrides.ts';

/** Calls read between two pauses. */
const STEP = 20_000;

/** From the first moment to just before the second. Units: epoch µs. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

interface CallRow {
  readonly endpoint: number | null;
  readonly principal: number | null;
  readonly time: number | null;
}

interface Counted {
  calls: number;
  readonly principals: Set<number>;
}

/** What was counted of the calls. */
interface Counts {
  readonly endpoints: ReadonlyMap<number, Counted>;
  readonly principals: ReadonlyMap<number, number>;
  readonly calls: number;
  readonly window: Span | undefined;
  readonly weeks: InventoryState['weeks'];
}

const toSpan = (first: number, last: number): Span | undefined =>
  first > last ? undefined : [printTime(epochMicros(first)), printTime(epochMicros(last))];

/** Goes through the calls that stand for themselves. Cost: one walk over them; what is kept are counts by endpoint and caller. */
async function countCalls(db: SqlDriver, window: TimeWindow | undefined, agents: ReadonlySet<number>, breathe: () => Promise<void>): Promise<Counts> {
  const select = db.prepare(
    `SELECT f.endpoint_id AS endpoint, f.principal_id AS principal, c.time FROM call c JOIN call_fact f ON f.call_id = c.id
      WHERE c.id BETWEEN ? AND ? AND f.same_as IS NULL`,
  );
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  const endpoints = new Map<number, Counted>();
  const principals = new Map<number, number>();
  const growth = createGrowth(agents);
  let [calls, first, latest] = [0, Infinity, -Infinity];
  for (let from = 1; from <= last; from += STEP) {
    await breathe();
    for (const { endpoint, principal, time } of select.all<CallRow>(from, from + STEP - 1)) {
      if (window !== undefined && (time === null || time < window.from || time >= window.to)) continue;
      calls += 1;
      if (time !== null) {
        first = Math.min(first, time);
        latest = Math.max(latest, time);
        growth.add(time, endpoint, principal);
      }
      if (principal !== null) principals.set(principal, (principals.get(principal) ?? 0) + 1);
      if (endpoint === null) continue;
      let counted = endpoints.get(endpoint);
      if (counted === undefined) endpoints.set(endpoint, (counted = { calls: 0, principals: new Set() }));
      counted.calls += 1;
      if (principal !== null) counted.principals.add(principal);
    }
  }
  return { endpoints, principals, calls, window: toSpan(first, latest), weeks: growth.weeks() };
} // prettier-ignore

/** Fields that were seen with data in the calls of a window, by endpoint: `email response $.items[*].email`. */
function placesIn(db: SqlDriver, { from, to }: TimeWindow): ReadonlyMap<number, ReadonlySet<string>> {
  const rows = db
    .prepare(
      `SELECT DISTINCT f.endpoint_id AS endpoint, d.side || ' ' || t.value AS place
         FROM call c JOIN data_seen d ON d.call_id = c.id JOIN call_fact f ON f.call_id = c.id JOIN term t ON t.id = d.pointer_id
        WHERE c.time >= ? AND c.time < ? AND f.endpoint_id IS NOT NULL AND d.type NOT IN ('agent-signal', 'tls-fingerprint')`,
    )
    .all<{ endpoint: number; place: string }>(from, to);
  const found = new Map<number, Set<string>>();
  for (const { endpoint, place } of rows) {
    const known = found.get(endpoint);
    if (known === undefined) found.set(endpoint, new Set([place]));
    else known.add(place);
  }
  return found;
}

/**
 * What a case holds, or its calls in a window. Of a window, counts and fields with data are of its calls; what an endpoint is (state,
 * level, kinds of credential) is that of the whole case, from which it was worked out.
 */
export async function readInventoryState(db: SqlDriver, window: TimeWindow | undefined, breathe: () => Promise<void>): Promise<InventoryState> {
  const principalIds = db.prepare('SELECT id, key, kind FROM principal').all<{ id: number; key: string; kind: string }>();
  const agents = new Set(principalIds.filter(({ kind }) => kind === 'agent').map(({ id }) => id));
  const counts = await countCalls(db, window, agents, breathe);
  const rows = new Map(db.prepare('SELECT id, key FROM endpoint').all<{ id: number; key: string }>().map(({ id, key }) => [key, id]));
  const [levels, places] = [listLevelOverrides(db), window === undefined ? undefined : placesIn(db, window)];
  const endpoints = listEndpoints(db).flatMap((endpoint): ComparedEndpoint[] => {
    const id = rows.get(endpoint.id) ?? 0;
    const counted = counts.endpoints.get(id);
    if (counted === undefined) return [];
    const { spec, flags, auth, dataTypes } = endpoint;
    const seen = dataTypes.filter(({ where }) => places === undefined || places.get(id)?.has(where) === true);
    return [
      {
        id: endpoint.id, spec, flags, auth, sensitivity: levels.get(endpoint.id)?.level ?? endpoint.sensitivity,
        calls: counted.calls, principals: counted.principals.size, agents: [...counted.principals].filter((each) => agents.has(each)).length,
        dataTypes: seen.map(({ type, where }) => `${type} ${where}`).sort(),
      },
    ];
  });
  const callsOf = new Map(principalIds.map(({ id, key }) => [key, counts.principals.get(id) ?? 0]));
  const principals = listPrincipals(db).flatMap(({ id, label, kind }): ComparedPrincipal[] => {
    const calls = callsOf.get(id) ?? 0;
    return calls === 0 ? [] : [{ id, label, kind, calls }];
  });
  const baseline = window === undefined ? readBaselineContent(db) : undefined;
  return {
    title: getMeta(db, 'title') ?? '',
    ...(counts.window === undefined ? {} : { window: counts.window }),
    calls: counts.calls,
    endpoints,
    principals,
    ...(window === undefined ? { findings: listFindings(db).map(({ id, title, detector, severity, family, status, endpoints: about }) => ({ id, title, detector, severity, family, status, endpoints: about })) } : {}),
    ...(baseline === undefined ? {} : { baseline }),
    weeks: counts.weeks,
  };
} // prettier-ignore
