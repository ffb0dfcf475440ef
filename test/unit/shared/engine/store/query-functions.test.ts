import { expect, test } from 'vitest';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { bumpRevision } from '#shared/engine/store/meta.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { compileQuery } from '#shared/engine/store/query-sql.ts';
import { CALLS_FROM } from '#shared/engine/store/read/calls/calls.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { memoryCase, testCodec } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { randomQueryCase } from '#test/support/query-case.ts';

function count(db: SqlDriver, text: string): number {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { where, params } = compileQuery(parsed.ast);
  return db.prepare(`SELECT c.id AS id ${CALLS_FROM} WHERE ${where}`).all(...params).length;
}

/** Lines of Kong's http-log, of which a block of details keeps the text alone. */
const kong = (ids: readonly string[]): string =>
  ids
    .map((id, index) =>
      JSON.stringify({
        request: {
          method: 'GET',
          uri: `/v1/users/${id}`,
          url: `https://api.test/v1/users/${id}`,
          size: 1,
          headers: { host: 'api.test', 'x-order': id },
        },
        response: { status: 200, size: 2, headers: { 'content-type': 'text/html' } },
        latencies: { request: 5 },
        client_ip: '10.0.0.1',
        started_at: 1_790_812_800_000 + index,
      }),
    )
    .join('\n');

test('headers of records that are kept as text are read, of a later import, too', async () => {
  const db = memoryCase();
  defineQueryFunctions(db, testCodec);
  await importText(db, 'kong.jsonl', kong(['a1', 'a2', 'b3']));
  expect([count(db, 'header.X-Order:a*'), count(db, 'res.header.content-type:*'), count(db, 'res.header.x-order:*')]).toEqual([2, 3, 0]);
  bumpRevision(db);
  await importText(db, 'more.jsonl', kong(['a4']));
  expect(count(db, 'header.X-Order:a*')).toBe(3);
});

test.each(['status:403', 'is:agent', '-has:finding', 'path:/us.rs?/', 'host:api or agent:*', 'time >= case.start + 7d'])(
  'what is inside messages is asked only of the calls that %s leaves',
  (text) => {
    const { db, rows } = randomQueryCase(3, 150);
    const left = count(db, text);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(rows.length);
    let asked = 0;
    db.define('message_fits', () => {
      asked += 1;
      return 1;
    });
    // Written first, so that the order of the query is not what helps; the stub fits at once, so sightings are not asked.
    expect(count(db, `header.x-id:a (${text})`)).toBe(left);
    expect(asked).toBe(left);
  },
);
