import type { BaselineContent, PortableHabit } from '../../../model/baseline-file.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta } from '../meta.ts';

interface Row {
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

/** What is usual in this case, by names; undefined before its analysis or when the evidence is too short. */
export function readBaselineContent(db: SqlDriver): BaselineContent | undefined {
  const [from, to] = [getMeta(db, 'baseline_from'), getMeta(db, 'baseline_to')];
  if (from === undefined || to === undefined) return undefined;
  const columns = 'u.kind, u.calls, u.objects, u.bytes, u.contexts, u.statuses, u.rates';
  const rows = (sql: string): readonly Row[] => db.prepare(sql).all<Row>();
  return {
    from: printTime(epochMicros(Number(from))),
    to: printTime(epochMicros(Number(to))),
    kinds: rows(`SELECT '' AS key, ${columns} FROM usual u WHERE u.scope = 'kind' ORDER BY u.kind`).map((row) => ({
      kind: row.kind,
      ...toHabit(row),
    })),
    principals: rows(
      `SELECT p.key, ${columns} FROM usual u JOIN principal p ON p.id = u.principal_id WHERE u.scope = 'principal' ORDER BY p.key`,
    ).map((row) => ({ key: row.key, kind: row.kind, ...toHabit(row) })),
    endpoints: rows(
      `SELECT e.key, ${columns} FROM usual u JOIN endpoint e ON e.id = u.endpoint_id WHERE u.scope = 'endpoint' ORDER BY e.key`,
    ).map((row) => ({ key: row.key, ...toHabit(row) })),
    pairs: db
      .prepare(
        `SELECT p.key AS principal, e.key AS endpoint, b.calls FROM baseline b JOIN principal p ON p.id = b.principal_id
           JOIN endpoint e ON e.id = b.endpoint_id WHERE b.is_new = 0 AND b.calls > 0 ORDER BY p.key, e.key`,
      )
      .all<{ principal: string; endpoint: string; calls: number }>(),
  };
}
