import type { Exhibit, ExhibitCall, ExhibitJson } from '../../../model/exhibit.ts';
import { assertNever } from '../../../lib/assert.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** An exhibit with row ids of calls, as detectors make it. */
export type ExhibitDraft = Exhibit<number>;

/** Puts references and times in the place of row ids. */
export function nameCalls(db: SqlDriver, exhibits: readonly ExhibitDraft[]): readonly ExhibitJson[] {
  const select = db.prepare('SELECT s.name, c.record, c.time FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?');
  const nameOf = (id: number): ExhibitCall => {
    const row = select.get<{ name: string; record: number; time: number | null }>(id);
    const call = `${row?.name ?? '?'}#${String(row?.record ?? 0)}`;
    return row === undefined || row.time === null ? { call } : { call, time: printTime(epochMicros(row.time)) };
  };
  const named = <T extends { readonly at: number }>(item: T): Omit<T, 'at'> & { readonly at: ExhibitCall } => ({
    ...item,
    at: nameOf(item.at),
  });
  return exhibits.map((exhibit): ExhibitJson => {
    switch (exhibit.kind) {
      case 'strip':
        return { ...exhibit, marks: exhibit.marks.map(named) };
      case 'ledger':
        return { ...exhibit, rows: exhibit.rows.map(named) };
      case 'steps':
        return {
          ...exhibit,
          steps: exhibit.steps.map(({ at, ...step }) => (at === undefined ? step : { ...step, at: nameOf(at) })),
        };
      case 'bipartite':
        return { ...exhibit, links: exhibit.links.map(named) };
      case 'curve':
        return exhibit;
      case 'texts':
        return { ...exhibit, parts: exhibit.parts.map(named) };
      default:
        return assertNever(exhibit, 'exhibit');
    }
  });
}
