import { expect, test } from 'vitest';
import { NAMED_CALLER, pageCalls, pageFlaggedCalls } from '#shared/engine/detectors/rows/page-calls.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const made = caseFromText(`
00:01 service:sync GET    api.acme.test/a 200
00:02 human:ann    DELETE api.acme.test/b 200
00:03 service:sync DELETE api.acme.test/b 200`);

/** What SQLite does for a page, by the statistics that stand in the case. */
function planOf(where: string, ...values: readonly number[]): string {
  const texts: string[] = [];
  const spy: SqlDriver = {
    ...made.db,
    prepare: (sql) => {
      texts.push(sql);
      return made.db.prepare(sql);
    },
  };
  Array.from(pageCalls(spy, where, ...values));
  return texts.flatMap((sql) => made.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all<{ detail: string }>(0, ...values)).map(({ detail }) => detail).join('\n'); // prettier-ignore
}

const pathsOf = (pages: Iterable<readonly { readonly path: string }[]>): readonly string[] => [...pages].flat().map(({ path }) => path);

test('calls come in the order of the evidence, those of one principal too', () => {
  const sync = made.db.prepare("SELECT id FROM principal WHERE label = 'sync'").get<{ id: number }>()?.id ?? 0;
  expect(pathsOf(pageCalls(made.db, 'true'))).toEqual(['/a', '/b', '/b']);
  expect(pathsOf(pageCalls(made.db, 'f.principal_id = ?', sync))).toEqual(['/a', '/b']);
});

test('no page collects and sorts more than it shows', () => {
  made.db.exec(
    'ANALYZE; DELETE FROM sqlite_stat1; ' +
      "INSERT INTO sqlite_stat1 VALUES ('call_fact', 'fact_principal', '1000000 1942'), ('call_fact', 'fact_endpoint', '1000000 1942'), ('call', 'call_time', '1000000 1 1'); ANALYZE sqlite_schema",
  );
  for (const plan of [
    planOf('true'),
    planOf(NAMED_CALLER),
    planOf('f.principal_id = ?', 1),
    planOf(`f.endpoint_id = ? AND ${NAMED_CALLER}`, 1),
  ])
    expect(plan).not.toContain('ORDER BY');
});

test('endpoints are chosen by their flag', () => {
  expect(pathsOf(pageFlaggedCalls(made.db, 'destroys'))).toEqual([]);
  made.db.exec(`UPDATE endpoint SET flags = '["destroys"]' WHERE template = '/b'`);
  expect(pathsOf(pageFlaggedCalls(made.db, 'destroys'))).toEqual(['/b', '/b']);
});
