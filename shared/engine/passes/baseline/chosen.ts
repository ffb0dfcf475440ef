import { AppError } from '../../../contract/errors.ts';
import type { BaselineFile } from '../../../model/baseline-file.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { getMeta, setMeta } from '../../store/meta.ts';
import type { BaselineWindow } from './window.ts';

/** Meta keys of what the analyst said about the baseline. */
const UNTIL = 'given_baseline_until';
const FROM = 'given_incident_from';
const IMPORTED = 'imported_baseline';

/** What the analyst said instead of the choice from the data. Units: µs. */
export interface GivenWindow {
  readonly until?: number | undefined;
  readonly incidentFrom?: number | undefined;
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** What was said; empty when the data choose. */
const readGiven = (db: SqlDriver): GivenWindow => ({
  until: numberOf(getMeta(db, UNTIL)),
  incidentFrom: numberOf(getMeta(db, FROM)),
});

/** Refuses moments outside the evidence, which could set nothing apart. Errors: AppError `bad-params`, with the span of the evidence. */
export function checkGiven(db: SqlDriver, { until, incidentFrom }: GivenWindow): void {
  const span = db.prepare('SELECT min(time) AS first, max(time) AS last FROM call').get<{ first: number | null; last: number | null }>();
  for (const [name, time] of [
    ['the baseline’s end', until],
    ['the incident’s begin', incidentFrom],
  ] as const) {
    if (time === undefined) continue;
    if (span === undefined || span.first === null || span.last === null)
      throw new AppError('bad-params', `${name} cannot be given: no call of the evidence has a time`);
    if (time <= span.first || time > span.last)
      throw new AppError(
        'bad-params',
        `${name}, ${printTime(epochMicros(time))}, lies outside the evidence, which goes from ${printTime(epochMicros(span.first))} to ${printTime(epochMicros(span.last))}`,
      );
  }
}

/** Remembers what was said. */
export function setGiven(db: SqlDriver, given: GivenWindow): void {
  if (given.until !== undefined) setMeta(db, UNTIL, String(given.until));
  if (given.incidentFrom !== undefined) setMeta(db, FROM, String(given.incidentFrom));
}

/** What the baseline rests on beside the evidence, as one text: another one makes it out of date. */
export function baselineInputs(db: SqlDriver): string {
  const text = getMeta(db, IMPORTED);
  // Checked when it was imported.
  const imported = text === undefined ? '' : (JSON.parse(text) as BaselineFile).sha256;
  return [getMeta(db, UNTIL) ?? '', getMeta(db, FROM) ?? '', imported].join(' ').trim();
}

/** The window that was given, from `start` on; undefined when none was. The baseline ends where the incident begins, unless told apart. */
export function givenWindow(db: SqlDriver, start: number, end: number): BaselineWindow | undefined {
  const { until, incidentFrom } = readGiven(db);
  const to = until ?? (incidentFrom === undefined ? undefined : incidentFrom - 1);
  if (to === undefined || to <= start) return undefined;
  return { from: start, to: Math.min(end, to), why: until === undefined ? 'the incident was said to begin after it' : 'as given' };
}

/** Keeps a checked baseline of another case; from now on this case is judged by it. */
export const keepImported = (db: SqlDriver, file: BaselineFile): void => {
  setMeta(db, IMPORTED, JSON.stringify(file));
};

/** A baseline of another case in the numbers of this one. Units: µs. */
export interface ImportedBaseline {
  readonly window: BaselineWindow;
  /** Calls by principal and endpoint, each 0 for all of them. */
  readonly calls: (principal: number, endpoint: number) => number | undefined;
  /** Calls of a principal in each hour of the day, UTC, the mean over its days. */
  readonly rates: (principal: number) => readonly number[] | undefined;
}

const idsByKey = (db: SqlDriver, table: 'principal' | 'endpoint'): ReadonlyMap<string, number> =>
  new Map(
    db
      .prepare(`SELECT id, key FROM ${table}`)
      .all<{ id: number; key: string }>()
      .map(({ id, key }) => [key, id]),
  );

/** The imported baseline; undefined when none was. */
export function readImported(db: SqlDriver): ImportedBaseline | undefined {
  const text = getMeta(db, IMPORTED);
  if (text === undefined) return undefined;
  // Checked when it was imported.
  const { content, sha256 } = JSON.parse(text) as BaselineFile;
  const [principals, endpoints] = [idsByKey(db, 'principal'), idsByKey(db, 'endpoint')];
  const calls = new Map<string, number>();
  const rates = new Map<number, readonly number[]>();
  const add = (principal: number | undefined, endpoint: number | undefined, count: number): void => {
    if (principal !== undefined && endpoint !== undefined) calls.set(`${String(principal)} ${String(endpoint)}`, count);
  };
  for (const { key, calls: count, rates: ofHours } of content.principals) {
    const id = principals.get(key);
    add(id, 0, count);
    if (id !== undefined) rates.set(id, ofHours);
  }
  for (const { key, calls: count } of content.endpoints) add(0, endpoints.get(key), count);
  for (const { principal, endpoint, calls: count } of content.pairs) add(principals.get(principal), endpoints.get(endpoint), count);
  return {
    window: {
      from: Date.parse(content.from) * 1000,
      to: Date.parse(content.to) * 1000,
      why: `the baseline of another case, SHA-256 ${sha256.slice(0, 12)}…`,
    },
    calls: (principal, endpoint) => calls.get(`${String(principal)} ${String(endpoint)}`),
    rates: (principal) => rates.get(principal),
  };
}
