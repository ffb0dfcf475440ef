import type { SqlDriver } from '../../store/driver.ts';
import { fewOf, STRIP_MARKS } from './few.ts';
import type { ExhibitDraft } from './name-calls.ts';

interface Row {
  readonly id: number;
  readonly time: number | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly status: number | null;
  readonly bytes: number | null;
}

const rowsOf = (db: SqlDriver, calls: readonly number[]): readonly Row[] => {
  const select = db.prepare(
    'SELECT c.id, c.time, m.value AS method, c.path, c.query, c.status, c.res_bytes AS bytes FROM call c LEFT JOIN term m ON m.id = c.method_id WHERE c.id = ?',
  );
  return calls.flatMap((id) => select.get<Row>(id) ?? []);
};

const labelOf = ({ method, path, status }: Row): string => `${method ?? ''} ${path ?? ''} ${status === null ? '' : String(status)}`.trim();

/** Calls over time, those that were answered above those that were refused or led nowhere. */
export function outcomeStrip(db: SqlDriver, title: string, calls: readonly number[]): ExhibitDraft {
  const rows = rowsOf(db, fewOf(calls, STRIP_MARKS));
  const isRefused = ({ status }: Row): boolean => status !== null && status >= 400;
  return {
    kind: 'strip',
    title,
    lanes: ['answered', 'refused or not there'],
    marks: rows.map((row) => ({
      at: row.id,
      lane: isRefused(row) ? 1 : 0,
      tone: isRefused(row) ? 'refused' : 'seen',
      label: labelOf(row),
    })),
    omitted: calls.length - rows.length,
  };
}

/** Operations that have a lane of their own. */
const MOST_LANES = 6;

/** Calls over time, a lane for each kind of request: the pace shows in the distances. */
export function tempoStrip(db: SqlDriver, title: string, calls: readonly number[]): ExhibitDraft {
  const rows = rowsOf(db, fewOf(calls, STRIP_MARKS));
  const kindOf = ({ method, path }: Row): string => `${method ?? ''} ${(path ?? '').replaceAll(/\/[^/]*\d[^/]*/g, '/{}')}`;
  const kinds = [...new Set(rows.map(kindOf))];
  const lanes = kinds.length <= MOST_LANES ? kinds : [...kinds.slice(0, MOST_LANES - 1), 'others'];
  const laneOf = (row: Row): number => Math.min(lanes.length - 1, kinds.indexOf(kindOf(row)));
  return {
    kind: 'strip',
    title,
    lanes,
    marks: rows.map((row) => ({ at: row.id, lane: laneOf(row), tone: 'seen', label: labelOf(row) })),
    omitted: calls.length - rows.length,
  };
}

/** Points of a curve: more cannot be told apart. */
const POINTS = 200;
const HOUR = 3_600_000_000;

/** Different paths asked for by each time since the first: a straight line is a program that goes on and on. */
export function coverageCurve(db: SqlDriver, title: string, calls: readonly number[]): ExhibitDraft {
  const seen = new Set<string>();
  const rows = rowsOf(db, calls).filter(({ time }) => time !== null);
  const start = rows[0]?.time ?? 0;
  const points = rows.map(({ time, path }): readonly [number, number] => [
    Math.round((((time ?? 0) - start) / HOUR) * 100) / 100,
    seen.add(path ?? '').size,
  ]);
  return { kind: 'curve', title, x: 'hours since the first call', y: 'different objects', points: fewOf(points, POINTS) };
}
