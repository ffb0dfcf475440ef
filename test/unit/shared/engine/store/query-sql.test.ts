import { caseFromText } from '#test/support/calls-from-text.ts';
import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { compileQuery } from '#shared/engine/store/query-sql.ts';
import { CALLS_FROM } from '#shared/engine/store/read/calls/calls.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { printQuery } from '#shared/query/print.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import { queryArbitrary } from '#test/support/query-arbitrary.ts';
import { randomQueryCase } from '#test/support/query-case.ts';
import { fits } from '#test/support/query-evaluator.ts';

const { db, rows } = randomQueryCase(7, 80);

function idsOf(ast: QueryNode): readonly number[] {
  const { where, params } = compileQuery(ast);
  return db
    .prepare(`SELECT c.id AS id ${CALLS_FROM} WHERE ${where} ORDER BY c.id`)
    .all<{ id: number }>(...params)
    .map((row) => row.id);
}

const expectedIds = (ast: QueryNode): readonly number[] =>
  rows
    .filter((row) => fits(ast, row))
    .map((row) => row.call.id)
    .sort((a, b) => a - b);

test('random queries find exactly the calls that a plain evaluator finds', () => {
  let matched = 0;
  fc.assert(
    fc.property(queryArbitrary, (ast) => {
      const found = idsOf(ast);
      if (found.length > 0 && found.length < rows.length) matched += 1;
      const expected = expectedIds(ast);
      if (found.join() !== expected.join()) expect(found, printQuery(ast)).toEqual(expected);
    }),
    { numRuns: 10_000 },
  );
  expect(matched).toBeGreaterThan(2500); // else the test compares nothing with nothing
}, 300_000); // ms; seconds of CPU, minutes on two cores that six people share

test.each([
  '*',
  'api',
  'status:4*',
  'path:/*',
  '-is:failed',
  'ip:10.0.0.0/8',
  'time >= 2026-01-01',
  'dur > 1s',
  'ref:api#*',
  'finding:users',
  'host:API',
  'has:chain',
  'is:write',
  'tag:users',
  'note:acme',
  'is:starred',
  'has:note and -has:tag',
  'path:/us.rs?/',
  '/^\\/v1/',
  'host:/AP?I/',
  'header.X-ID:a*',
  'res.header.x-id:*',
  'req.body:USERS',
  'res.body.items.name:7',
  'req.body.user.id:/\\d/',
  'time >= case.start + 7d',
  'is:inferred',
  'auth:Session',
  '-auth:*',
  'session:42',
  'session:session-*',
  'scope:users -scope:7',
  'depth > 3',
  'depth:1',
  '-depth:*',
  'is:retry',
  'is:hop',
  'is:agent -is:hop',
  '-is:retry is:failed',
  'is:offhours',
  '-is:offhours has:time',
  'has:secret',
  'has:header',
  '-has:time',
])('%s finds some calls and not a sighting twice', (text) => {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const found = idsOf(parsed.ast);
  expect(found.length).toBeGreaterThan(0);
  expect(found).toEqual(expectedIds(parsed.ast));
});

test('the largest query that can be parsed also runs', () => {
  const parsed = parseQuery(Array.from({ length: 512 }, (_, index) => `w${String(index)}`).join(' or '));
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(idsOf(parsed.ast)).toEqual([]);
});

test('text of a query never stands in the SQL', () => {
  const parsed = parseQuery(`path:"'; DROP TABLE call; --" host:x' or "y' OR 1=1"`);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { where, params } = compileQuery(parsed.ast);
  expect(where).not.toContain('DROP');
  expect(params).toContain("'; DROP TABLE call; --");
  expect(idsOf(parsed.ast)).toEqual([]);
});

test.each([
  ['refund', ['kong#1']],
  ['-refund', ['har#1', 'kong#2', 'kong#3']],
  ['tool:http_post', ['kong#2']],
  ['tool:mcp:http_post', ['kong#2']],
  ['credential:jwt-1', ['kong#3']],
])('%s', (text, refs) => {
  const made = caseFromText(`
    00:00  human:ann  GET   api.acme.test/orders?reason=refund  200
    00:01  agent:bot  POST  tools.acme.test/mcp                 200  tool=mcp:http_post
    00:02  agent:bot  GET   api.acme.test/cards/7               200
    00:02  agent:bot  GET   api.acme.test/cards/7               200  in=har cred=jwt-1`);
  const ids = new Map(made.db.prepare("SELECT s.name || '#' || c.record AS ref, c.id FROM call c JOIN source s ON s.id = c.source_id").all<{ ref: string; id: number }>().map(({ ref, id }) => [ref, id])); // prettier-ignore
  if (text.startsWith('credential')) made.db.prepare('UPDATE call_fact SET same_as = ? WHERE call_id = ?').run(ids.get('kong#3') ?? 0, ids.get('har#1') ?? 0); // prettier-ignore
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(text);
  const { where, params } = compileQuery(parsed.ast);
  const found = made.db.prepare(`SELECT s.name || '#' || c.record AS ref ${CALLS_FROM} JOIN source s ON s.id = c.source_id WHERE ${where} ORDER BY ref`); // prettier-ignore
  expect(found.all<{ ref: string }>(...params).map(({ ref }) => ref)).toEqual(refs);
});

test('a call without a status failed where its record says so', () => {
  const made = caseFromText(`
    00:01 human:ann GET api.test/a 403
    00:02 human:ann CALL api.test/B - said=denied
    00:03 human:ann CALL api.test/C - said=failed
    00:04 human:ann CALL api.test/D - said=given
    00:05 human:ann CALL api.test/E -
    00:06 human:ann GET api.test/f 302`);
  const found = (text: string): readonly number[] => {
    const parsed = parseQuery(text);
    if (!parsed.ok) throw new Error(text);
    const { where, params } = compileQuery(parsed.ast);
    return made.db
      .prepare(`SELECT c.record AS record ${CALLS_FROM} WHERE ${where} ORDER BY c.record`)
      .all<{ record: number }>(...params)
      .map(({ record }) => record);
  };
  expect(found('is:failed')).toEqual([1, 2, 3]);
  expect(found('-is:failed')).toEqual([4, 5, 6]);
  expect(found('outcome:unknown')).toEqual([5, 6]);
});
