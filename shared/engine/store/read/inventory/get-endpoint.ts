import type { DescribedOperation, EndpointCaller, EndpointDetail, SampleReason } from '../../../../contract/inventory.ts';
import type { PrincipalKind } from '../../../../contract/report-json.ts';
import type { CallSearch } from '../../columns/call-search.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from '../calls/calls.ts';
import { findSightedEndpoint } from '../endpoints.ts';
import { readEndpointCalls, spreadOf, type EndpointCalls } from './endpoint-calls.ts';
import { listLevelOverrides } from './level-overrides.ts';
import { readParameters } from './parameters.ts';

/** Callers listed of an endpoint; the Calls screen has them all. */
const SHOWN_CALLERS = 10;
const SHOWN_FINDINGS = 20;

/** Keeps those keys of a part that have a value. */
const given = <T extends object>(part: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as T;

/** An endpoint with everything that its page shows, or `undefined` when the case has none of that id. */
export async function getEndpoint(search: CallSearch, id: string, breathe: () => Promise<void>): Promise<EndpointDetail | undefined> {
  const { db } = search;
  const row = db.prepare('SELECT id, host, template, calls FROM endpoint WHERE key = ?').get<{ id: number; host: string; template: string; calls: number }>(id); // prettier-ignore
  const sighted = findSightedEndpoint(db, id);
  if (row === undefined || sighted === undefined) return undefined;
  const calls = await readEndpointCalls(search, row.id, row.calls, breathe);
  return {
    endpoint: calls.isAll ? { ...sighted, calls: calls.ids.length, statuses: countStatuses(calls.statuses) } : sighted,
    ...given<Pick<EndpointDetail, 'override' | 'operation' | 'service' | 'latency' | 'requestSize' | 'responseSize'>>({
      override: listLevelOverrides(db).get(id),
      operation: operationOf(db, row.id),
      service: serviceOf(db, row.id),
      latency: spreadOf(calls.durations, 1 / 1000),
      requestSize: spreadOf(calls.requestBytes),
      responseSize: spreadOf(calls.responseBytes),
    }),
    siblings: db
      .prepare('SELECT key AS id, method FROM endpoint WHERE host = ? AND template = ? AND id <> ? ORDER BY method')
      .all<{ id: string; method: string }>(row.host, row.template, row.id),
    counted: calls.ids.length,
    failed: Array.from(calls.failed).reduce((sum, one) => sum + one, 0),
    ...callersOf(db, calls),
    ...readParameters(db, calls.ids, row.template),
    findings: findingsAbout(db, id),
    samples: samplesOf(db, calls),
  };
}

/** How often each status stands, by code, as `endpoints.list` has them. */
function countStatuses(statuses: ArrayLike<number>): Readonly<Record<string, number>> {
  const counts = new Map<number, number>();
  for (const status of Array.from(statuses)) if (!Number.isNaN(status)) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => a - b));
}

function operationOf(db: SqlDriver, endpoint: number): DescribedOperation | undefined {
  const row = db
    .prepare(
      `SELECT ifnull(o.operation_id, o.method || ' ' || o.path) AS name, o.summary, o.deprecated, o.secured, p.title, p.version, s.name AS source
         FROM endpoint e JOIN operation o ON o.id = e.operation_id JOIN specification p ON p.id = o.specification_id
         JOIN source s ON s.id = p.source_id WHERE e.id = ?`,
    )
    .get<{ name: string; summary: string | null; deprecated: number; secured: number; title: string; version: string; source: string }>(endpoint); // prettier-ignore
  if (row === undefined) return undefined;
  const { name, summary, deprecated, secured, title, version, source } = row;
  const facts = { name, deprecated: deprecated === 1, secured: secured === 1, specification: title, version, source };
  return summary === null ? facts : { ...facts, summary };
}

const serviceOf = (db: SqlDriver, endpoint: number): string | undefined =>
  db
    .prepare('SELECT t.value AS service FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term t ON t.id = c.service_id WHERE f.endpoint_id = ? LIMIT 1')
    .get<{ service: string }>(endpoint)?.service; // prettier-ignore

function callersOf(db: SqlDriver, { principals, failed }: EndpointCalls): Pick<EndpointDetail, 'callers' | 'callersInAll'> {
  const counts = new Map<number, { calls: number; failed: number }>();
  for (let at = 0; at < principals.length; at += 1) {
    const principal = principals[at] ?? 0;
    let count = counts.get(principal);
    if (count === undefined) counts.set(principal, (count = { calls: 0, failed: 0 }));
    count.calls += 1;
    if (failed[at] === 1) count.failed += 1;
  }
  counts.delete(0);
  const one = db.prepare('SELECT key AS id, label, kind FROM principal WHERE id = ?');
  const callers = [...counts]
    .sort((a, b) => b[1].calls - a[1].calls || a[0] - b[0])
    .slice(0, SHOWN_CALLERS)
    .flatMap(([principal, count]): EndpointCaller[] => {
      const found = one.get<{ id: string; label: string; kind: PrincipalKind }>(principal);
      return found === undefined ? [] : [{ ...found, ...count }];
    });
  return { callers, callersInAll: counts.size };
}

// `data` is written by `detectors/run.ts` and by nothing else.
const findingsAbout = (db: SqlDriver, id: string): EndpointDetail['findings'] =>
  db
    .prepare(
      `SELECT f.key AS id, json_extract(f.data, '$.title') AS title, f.severity, f.family FROM finding f
        WHERE EXISTS (SELECT 1 FROM json_each(f.data, '$.endpoints') e WHERE e.value = ?) ORDER BY f.rank LIMIT ?`,
    )
    .all<EndpointDetail['findings'][number]>(id, SHOWN_FINDINGS);

/** Where the largest value stands; `undefined` when there is none. */
function placeOfMost(values: ArrayLike<number>, isBetter: (value: number, best: number) => boolean): number | undefined {
  let best: number | undefined;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? NaN;
    if (Number.isNaN(value)) continue;
    if (best === undefined || isBetter(value, values[best] ?? NaN)) best = at;
  }
  return best;
}

/** Up to five calls worth a look: the ends in time, a failure, the slowest, the largest answer, and more where these coincide. */
function samplesOf(db: SqlDriver, { ids, times, failed, durations, responseBytes }: EndpointCalls): EndpointDetail['samples'] {
  const [least, most] = [(value: number, best: number) => value < best, (value: number, best: number) => value > best];
  const failure = Array.from(failed).indexOf(1);
  const wanted: (readonly [SampleReason, number | undefined])[] = [
    ['first', placeOfMost(times, least)],
    ['latest', placeOfMost(times, most)],
    ['failed', failure < 0 ? undefined : failure],
    ['slowest', placeOfMost(durations, most)],
    ['largest', placeOfMost(responseBytes, most)],
    ...[0, 1, 2, 3, 4].map((at) => ['one more', at < ids.length ? at : undefined] as const),
  ];
  const picked = new Map<number, SampleReason>();
  for (const [why, at] of wanted) {
    const id = at === undefined ? undefined : ids[at];
    if (id !== undefined && !picked.has(id) && picked.size < 5) picked.set(id, why);
  }
  return callReader(db)
    .byIds([...picked.keys()])
    .map((call) => ({ why: picked.get(call.id) ?? 'one more', call }));
}
