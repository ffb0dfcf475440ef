import { expect, test } from 'vitest';
import { setMeta } from '#shared/engine/store/meta.ts';
import { callTotals, caseInfo, foundTotals, getOverview } from '#shared/engine/store/read/report/overview.ts';
import { EVERY_CALL } from '#shared/engine/store/columns/call-search.ts';
import { noBreath, searchOver } from '#test/support/call-search.ts';
import { memoryCase } from '#test/support/case.ts';
import { randomQueryCase } from '#test/support/query-case.ts';
import { bearer, callOf, seedCalls } from '#test/support/seed-calls.ts';

const threeCalls = [
  callOf('00:01 GET api.test/a 200', { resBytes: 100, requestHeaders: bearer({ sub: 'x' }), traceId: 'aaaaaaaaaaaaaaaa' }),
  callOf('00:02 POST api.test/a 500', { resBytes: 50 }),
  callOf('00:03 DELETE pay.test/b 404', {
    requestBody: { text: '{"a":1}', mime: 'application/json', encoding: 'text', bytes: 7, note: undefined },
  }),
];

test('totals count each call once, another sighting of it not at all', () => {
  const db = memoryCase();
  seedCalls(db, [...threeCalls, callOf('00:01 GET api.test/a 200', { resBytes: 100 }), callOf('00:04 POST api.test/mcp 200')]);
  for (const [id, key] of ['GET api.test/a', 'POST api.test/a', 'DELETE pay.test/b', 'POST api.test/mcp · tools/list'].entries())
    db.prepare("INSERT INTO endpoint VALUES (?, ?, 'x', 'x', 'x', NULL, '', 0, 'names', '[]', '[]', 0, 0, 0, '{}', '[]', NULL, NULL)").run(
      id + 1,
      key,
    );
  db.exec(
    'INSERT INTO call_fact (call_id, principal_id, endpoint_id, same_as, chain_id) VALUES (1, 1, 1, NULL, 1), (2, NULL, 2, NULL, NULL), (3, NULL, 3, NULL, NULL), (4, NULL, 1, 1, NULL), (5, NULL, 4, NULL, NULL)',
  );
  expect(callTotals(db)).toEqual({
    calls: 4,
    hosts: 2,
    bytesOut: 150,
    writeCalls: 2,
    failedCalls: 2,
    withPrincipal: 1,
    withBodies: 1,
    withTraceId: 1,
    authenticated: 1,
  });
});

test('totals from memory are those from SQLite', async () => {
  const { db } = randomQueryCase(13, 500);
  const found = await searchOver(db).find(EVERY_CALL, noBreath);
  if (found === undefined) throw new Error('the case is not kept in memory');
  expect(callTotals(db)).toMatchObject(await foundTotals(db, found));
});

test('a case is analysed when the detectors have seen its newest evidence', () => {
  const db = memoryCase();
  seedCalls(db, threeCalls);
  setMeta(db, 'evidence_revision', '2');
  expect(caseInfo(db)).toMatchObject({
    title: 'Test case',
    analyzed: false,
    calls: 3,
    sources: 1,
    window: ['2026-10-01T00:00:01.000000Z', '2026-10-01T00:00:03.000000Z'],
  });
  setMeta(db, 'rules', 'a@1 b@2  1');
  expect(caseInfo(db).analyzed).toBe(false);
  setMeta(db, 'rules', 'a@1 b@2  2');
  expect(caseInfo(db).analyzed).toBe(true);
});

test('an empty case is all zeros, without a window', () => {
  const overview = getOverview(memoryCase());
  expect(overview).toMatchObject({
    hosts: 0,
    endpoints: 0,
    chains: 0,
    bytesOut: 0,
    topFindings: [],
    story: [],
    records: { total: 0, accepted: 0, rejected: 0, skipped: 0 },
  });
  expect(overview.info).not.toHaveProperty('window');
});

test('chains that time and order alone hold together are sessions, not proven chains', () => {
  const db = memoryCase();
  const chain = db.prepare(
    "INSERT INTO chain (id, key, root_call_id, title, signature, depth, calls, failed, edge_counts, hosts) VALUES (?, ?, 1, '', '', 1, ?, 0, ?, '[]')",
  );
  for (const [id, [calls, edges]] of (
    [
      [5, '{"trace":1,"nesting":3}'],
      [7, '{"nesting":2,"adjacent":4}'],
      [2, '{}'],
      [3, '{"value":2}'],
    ] as const
  ).entries())
    chain.run(id + 1, `c${String(id)}`, calls, edges);
  expect(getOverview(db)).toMatchObject({ chains: 4, provenChains: 2, linkedCalls: 8 });
});
