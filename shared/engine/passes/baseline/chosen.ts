import { AppError } from '../../../contract/errors.ts';
import type { BaselineFile } from '../../../model/baseline-file.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { getMeta, setMeta } from '../../store/meta.ts';
import { CHOICE, LOOKING, readGiven, readImportedFile, type GivenWindow } from '../../store/read/baseline-choice.ts';
import type { BaselineWindow } from './window.ts';

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

/** Remembers what was said, in place of what was said before; who says nothing changes nothing. */
export function setGiven(db: SqlDriver, given: GivenWindow): void {
  if (given.until === undefined && given.incidentFrom === undefined) return;
  forgetChoice(db, 'window');
  if (given.until !== undefined) setMeta(db, CHOICE.until, String(given.until));
  if (given.incidentFrom !== undefined) setMeta(db, CHOICE.from, String(given.incidentFrom));
}

/** Lets the data choose again, or takes the imported baseline out of the case. */
export function forgetChoice(db: SqlDriver, what: 'window' | 'imported'): void {
  for (const key of what === 'window' ? [CHOICE.until, CHOICE.from] : [CHOICE.imported])
    db.prepare('DELETE FROM meta WHERE key = ?').run(key);
}

/** The window that was given, from `start` on; undefined when none was. The baseline ends where the incident begins, unless told apart. */
export function givenWindow(db: SqlDriver, start: number, end: number): BaselineWindow | undefined {
  const looking = getMeta(db, LOOKING);
  if (looking !== undefined) return { from: start, to: Math.min(end, Number(looking)), why: 'a second look' };
  const { until, incidentFrom } = readGiven(db);
  const to = until ?? (incidentFrom === undefined ? undefined : incidentFrom - 1);
  if (to === undefined || to <= start) return undefined;
  return { from: start, to: Math.min(end, to), why: until === undefined ? 'the incident was said to begin after it' : 'as given' };
}

/** Keeps a checked baseline of another case; from now on this case is judged by it. */
export const keepImported = (db: SqlDriver, file: BaselineFile): void => {
  setMeta(db, CHOICE.imported, JSON.stringify(file));
};

/** A baseline of another case in the numbers of this one. Units: µs. */
export interface ImportedBaseline {
  readonly window: BaselineWindow;
  /** Calls by principal and endpoint, each 0 for all of them. */
  readonly calls: (principal: number, endpoint: number) => number | undefined;
  /** Every pair that it knows and this case, too, by row ids. */
  readonly pairs: readonly { readonly principal: number; readonly endpoint: number; readonly calls: number; readonly hours: number }[];
  /** What a principal did in all and in a day; undefined where it does not know the principal. Units: bytes in a day. */
  readonly habit: (principal: number) => { readonly objects: number; readonly bytes: number } | undefined;
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
  const file = readImportedFile(db);
  if (file === undefined) return undefined;
  const { content, sha256 } = file;
  const [principals, endpoints] = [idsByKey(db, 'principal'), idsByKey(db, 'endpoint')];
  const calls = new Map<string, number>();
  const rates = new Map<number, readonly number[]>();
  const add = (principal: number | undefined, endpoint: number | undefined, count: number): void => {
    if (principal !== undefined && endpoint !== undefined) calls.set(`${String(principal)} ${String(endpoint)}`, count);
  };
  const habits = new Map<number, { readonly objects: number; readonly bytes: number }>();
  for (const { key, calls: count, rates: ofHours, objects, bytes } of content.principals) {
    const id = principals.get(key);
    add(id, 0, count);
    if (id === undefined) continue;
    rates.set(id, ofHours);
    habits.set(id, { objects, bytes });
  }
  for (const { key, calls: count } of content.endpoints) add(0, endpoints.get(key), count);
  const pairs: { principal: number; endpoint: number; calls: number; hours: number }[] = [];
  for (const { principal: caller, endpoint: called, calls: count, hours = 1 } of content.pairs) {
    const [principal, endpoint] = [principals.get(caller), endpoints.get(called)];
    add(principal, endpoint, count);
    if (principal !== undefined && endpoint !== undefined) pairs.push({ principal, endpoint, calls: count, hours });
  }
  return {
    window: {
      from: Date.parse(content.from) * 1000,
      to: Date.parse(content.to) * 1000,
      why: `the baseline of ${content.title === undefined || content.title === '' ? 'another case' : `case “${content.title}”`}, SHA-256 ${sha256.slice(0, 12)}…`,
    },
    pairs,
    habit: (principal) => habits.get(principal),
    calls: (principal, endpoint) => calls.get(`${String(principal)} ${String(endpoint)}`),
    rates: (principal) => rates.get(principal),
  };
}
