import type { BaselineState } from '../../../contract/baseline-methods.ts';
import { driftBetween, type BaselineDrift } from '../../../model/baseline-drift.ts';
import type { BaselineContent, BaselineFile, PortableHabit, PortablePair, PortablePlace } from '../../../model/baseline-file.ts';
import { findLearntIncidents } from '../../../model/learning.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta } from '../meta.ts';
import { listFindings } from './findings/findings.ts';
import { readGiven, readImportedFile } from './baseline-choice.ts';
import { driftWithin } from './drift-within.ts';
import { secondLookWords } from './second-look.ts';

interface Row {
  /** Of an endpoint. */
  readonly id?: number;
  readonly key: string;
  readonly kind: string;
  readonly calls: number;
  readonly objects: number;
  readonly bytes: number;
  readonly contexts: number;
  readonly statuses: string;
  readonly rates: string;
}

const toHabit = ({ calls, objects, bytes, contexts, statuses, rates }: Row): PortableHabit => ({
  calls,
  objects,
  bytes: Math.round(bytes),
  contexts,
  // Written by the signals pass.
  statuses: JSON.parse(statuses) as Readonly<Record<string, number>>,
  rates: JSON.parse(rates) as readonly number[],
});

/** Places of one caller that go into a file; who has more has none of its own. */
const MAX_PLACES = 100;
const HOURS = 24;

/** Where the credentials of each caller came from within the window, by key. */
function readPlaces(db: SqlDriver, until: string): ReadonlyMap<string, readonly PortablePlace[]> {
  const places = new Map<string, PortablePlace[]>();
  const rows = db
    .prepare(
      `SELECT DISTINCT p.key, x.network, x.family AS program FROM credential_context x JOIN credential_use u USING (credential_id)
         JOIN principal p ON p.id = u.principal_id WHERE x.network <> 'none' AND x.first_use <= ? ORDER BY p.key, x.network, x.family`,
    )
    .iterate<PortablePlace & { readonly key: string }>(Number(until));
  for (const { key, network, program } of rows) {
    const own = places.get(key) ?? [];
    places.set(key, own);
    if (own.length < MAX_PLACES) own.push({ network, program });
  }
  return places;
}

/** How endpoints answered in each hour of the day, by row id. */
function readStatusHours(db: SqlDriver): ReadonlyMap<number, Readonly<Record<string, readonly number[]>>> {
  const mixes = new Map<number, Record<string, number[]>>();
  const rows = db.prepare(
    "SELECT endpoint_id AS endpoint, kind AS hour, statuses FROM usual WHERE scope = 'hour' ORDER BY endpoint_id, kind",
  );
  for (const { endpoint, hour, statuses } of rows.iterate<{ endpoint: number; hour: string; statuses: string }>()) {
    const mix = mixes.get(endpoint) ?? {};
    mixes.set(endpoint, mix);
    // Written by the signals pass.
    for (const [name, calls] of Object.entries(JSON.parse(statuses) as Readonly<Record<string, number>>))
      (mix[name] ??= new Array<number>(HOURS).fill(0))[Number(hour)] = calls;
  }
  return mixes;
}

/** What is usual in this case, by names; undefined before its analysis or when the evidence is too short. */
export function readBaselineContent(db: SqlDriver): BaselineContent | undefined {
  const [from, to] = [getMeta(db, 'baseline_from'), getMeta(db, 'baseline_to')];
  if (from === undefined || to === undefined) return undefined;
  const columns = 'u.kind, u.calls, u.objects, u.bytes, u.contexts, u.statuses, u.rates';
  const rows = (sql: string): readonly Row[] => db.prepare(sql).all<Row>();
  const [places, statusHours] = [readPlaces(db, to), readStatusHours(db)];
  return {
    from: printTime(epochMicros(Number(from))),
    to: printTime(epochMicros(Number(to))),
    kinds: rows(`SELECT '' AS key, ${columns} FROM usual u WHERE u.scope = 'kind' ORDER BY u.kind`).map((row) => ({
      kind: row.kind,
      ...toHabit(row),
    })),
    principals: rows(
      `SELECT p.key, ${columns} FROM usual u JOIN principal p ON p.id = u.principal_id WHERE u.scope = 'principal' ORDER BY p.key`,
    ).map((row) => {
      const own = places.get(row.key);
      return { key: row.key, kind: row.kind, ...toHabit(row), ...(own === undefined ? {} : { places: own }) };
    }),
    endpoints: rows(
      `SELECT e.key, e.id, ${columns} FROM usual u JOIN endpoint e ON e.id = u.endpoint_id WHERE u.scope = 'endpoint' ORDER BY e.key`,
    ).map((row) => {
      const hours = row.id === undefined ? undefined : statusHours.get(row.id);
      return { key: row.key, ...toHabit(row), ...(hours === undefined ? {} : { statusHours: hours }) };
    }),
    pairs: db
      .prepare(
        `SELECT p.key AS principal, e.key AS endpoint, b.calls, b.active_hours AS hours FROM baseline b JOIN principal p ON p.id = b.principal_id
           JOIN endpoint e ON e.id = b.endpoint_id WHERE b.is_new = 0 AND b.calls > 0 ORDER BY p.key, e.key`,
      )
      .all<PortablePair>(),
  };
}

const timeOf = (time: number): string => printTime(epochMicros(time));

/** How many of the keys stand in a table of this case. */
function countHere(db: SqlDriver, table: 'principal' | 'endpoint', keys: readonly { readonly key: string }[]): number {
  const find = db.prepare(`SELECT 1 FROM ${table} WHERE key = ?`);
  return keys.filter(({ key }) => find.get(key) !== undefined).length;
}

/**
 * Who and what changed from the imported baseline to this case. Pairs are left out: under a baseline of another case the table of pairs
 * holds its counts, not those of this one.
 */
function driftFrom(db: SqlDriver, { content }: BaselineFile): readonly BaselineDrift[] | undefined {
  const here = readBaselineContent(db);
  const span = db.prepare('SELECT min(time) AS first, max(time) AS last FROM call').get<{ first: number | null; last: number | null }>();
  if (here === undefined || span === undefined || span.first === null || span.last === null) return undefined;
  return driftBetween({ ...content, pairs: [] }, { ...here, from: timeOf(span.first), to: timeOf(span.last), pairs: [] });
}

function summaryOf(
  db: SqlDriver,
  { sha256, content: { from, to, pairs, principals, endpoints } }: BaselineFile,
): NonNullable<BaselineState['imported']> {
  return {
    ...{ sha256, from, to, pairs: pairs.length },
    principals: principals.length,
    principalsHere: countHere(db, 'principal', principals),
    endpoints: endpoints.length,
    endpointsHere: countHere(db, 'endpoint', endpoints),
  };
}

/** What counts as usual, who chose it, and what is different since, or different here where another case said it. */
export function readBaselineState(db: SqlDriver): BaselineState {
  const says = db.prepare("SELECT detail FROM pass_state WHERE id = 'baseline'").get<{ detail: string }>()?.detail ?? '';
  const [from, to] = [getMeta(db, 'baseline_from'), getMeta(db, 'baseline_to')];
  const { until, incidentFrom } = readGiven(db);
  const file = readImportedFile(db);
  const drift = file === undefined ? driftWithin(db) : driftFrom(db, file);
  const window = from === undefined || to === undefined ? undefined : ([timeOf(Number(from)), timeOf(Number(to))] as const);
  const learnt = findLearntIncidents(listFindings(db), window);
  const look = secondLookWords(db);
  return {
    says,
    ...(window === undefined ? {} : { window }),
    ...(learnt === undefined ? {} : { learnt }),
    ...(look === undefined ? {} : { look }),
    ...(until === undefined ? {} : { until: timeOf(until) }),
    ...(incidentFrom === undefined ? {} : { incidentFrom: timeOf(incidentFrom) }),
    ...(file === undefined ? {} : { imported: summaryOf(db, file) }),
    ...(drift === undefined ? {} : { drift }),
  };
}
