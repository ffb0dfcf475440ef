import { expect, test } from 'vitest';
import type { Suppression } from '#shared/contract/hunting.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { leastPrivilege } from '#shared/engine/privilege/conclude.ts';
import { readKpis } from '#shared/engine/store/read/report/kpis.ts';
import { callTotals } from '#shared/engine/store/read/report/overview.ts';
import { readCaseFacts } from '#shared/engine/store/read/revocation/case-facts.ts';
import { listFindings } from '#shared/engine/store/read/findings/findings.ts';
import { listSuppressionRows, previewSuppression } from '#shared/engine/store/read/findings/suppressed.ts';
import { makeChange, pageLog, undoEntry } from '#shared/engine/store/review/log.ts';
import { testCodec } from '#test/support/case.ts';
import { detect } from '#test/support/detect.ts';

const AT = '2026-11-01T00:00:00.000Z';
const RULE = 'title: Any\nid: any\nlogsource: { category: webserver }\ndetection: { s: { sc-status: 200 }, condition: s }';

/** A case with one finding, of 1 October 2026, by p-a on one endpoint. */
async function oneFinding(): Promise<SqlDriver> {
  const { db } = await detect(['sigma-rules'], '00:01 service:a GET api.acme.test/v1/x 200\n00:02 service:a GET api.acme.test/v1/x 200', {}, ({ db: made }) => {
    defineQueryFunctions(made, testCodec);
    made.prepare("INSERT INTO knowledge (kind, name, text, sha256) VALUES ('sigma', 'r.yml', ?, 'x')").run(RULE);
  }); // prettier-ignore
  return db;
}
const suppress = (db: SqlDriver, suppression: Suppression): number => makeChange(db, { kind: 'suppress', suppression }, AT).entry;

test('a suppressed finding is set aside with the reason, comes back by undo, and the log says both', async () => {
  const db = await oneFinding();
  const entry = suppress(db, { scope: { detector: 'sigma:any', principal: 'p-a' }, reason: 'the health check' });
  expect(listFindings(db)).toMatchObject([
    { status: 'dismissed', suppressedBy: 'suppression-1', reason: 'the health check (suppression-1)' },
  ]);
  expect(listSuppressionRows(db)).toMatchObject([{ id: 'suppression-1', hides: [listFindings(db)[0]?.id], expired: [] }]);
  undoEntry(db, entry, AT);
  expect(listFindings(db)).toMatchObject([{ status: 'suggested' }]);
  expect(pageLog(db, 0, 5).rows.map(({ text }) => text)).toEqual([
    'undid: suppressed findings of sigma:any by p-a: the health check',
    'suppressed findings of sigma:any by p-a: the health check',
  ]);
});

test.each<[string, Suppression['scope'], number]>([
  ['another detector', { detector: 'rate-burst' }, 0],
  ['another principal', { principal: 'p-b' }, 0],
  ['another endpoint', { endpoint: 'GET api.acme.test/v1/y' }, 0],
  ['a query that only some of its calls fit', { query: 'ref:kong#1' }, 0],
  ['a query that all of its calls fit', { query: 'status:200 path:/v1/*' }, 1],
  ['its endpoint', { endpoint: 'GET api.acme.test/v1/x' }, 1],
  ['a query that cannot be read', { query: 'status:(' }, 0],
])('a suppression of %s is judged by all that it names', async (_what, scope, hides) => {
  expect(previewSuppression(await oneFinding(), { scope }).hides).toHaveLength(hides);
});

test('the last day is still suppressed; what the evidence shows after it is shown again, and counted', async () => {
  const db = await oneFinding();
  expect(previewSuppression(db, { scope: { detector: 'sigma:any' }, until: '2026-10-01' })).toMatchObject({
    hides: [expect.any(String) as string],
    expired: [],
  });
  suppress(db, { scope: { detector: 'sigma:any' }, reason: 'a move of data', until: '2026-09-30' });
  expect(listFindings(db)).toMatchObject([{ status: 'suggested' }]);
  expect(listSuppressionRows(db)).toMatchObject([{ hides: [], expired: [listFindings(db)[0]?.id] }]);
});

/** A case with one incident finding over the first call. */
async function oneIncident(): Promise<SqlDriver> {
  const { db } = await detect([], '00:01 service:a GET api.acme.test/v1/x 200 cred=key-1', {}, ({ db: made }) => {
    defineQueryFunctions(made, testCodec);
  });
  const data = { id: 't:1', detector: 't', family: 'incident', severity: 'high', status: 'suggested', title: '', principals: ['p-a'], credentials: ['key-1'], endpoints: [] };
  const finding = db.prepare("INSERT INTO finding (key, detector, family, rank, severity, data) VALUES ('t:1', 't', 'incident', 1, 'high', ?)").run(JSON.stringify(data)).lastId;
  db.prepare('INSERT INTO finding_call (finding_id, position, call_id) VALUES (?, 0, 1)').run(finding);
  return db;
} // prettier-ignore

test('a suppressed incident counts in no figure, revokes nothing, and its calls are ordinary work again', async () => {
  const db = await oneIncident();
  const anomalous = (): number =>
    readKpis(db, callTotals(db), [], { exposureSeconds: 0, stillValid: { of: 0, usable: 0, withoutEnd: 0 } }).anomalousCalls;
  expect([anomalous(), readCaseFacts(db).incidentCalls, leastPrivilege.inputs?.(db)]).toEqual([1, 1, '']);
  const entry = suppress(db, { scope: { detector: 't' }, reason: 'a test of ours' });
  expect([anomalous(), readCaseFacts(db).incidentCalls, leastPrivilege.inputs?.(db)]).toEqual([0, 0, 't:1']);
  undoEntry(db, entry, AT);
  expect([anomalous(), readCaseFacts(db).incidentCalls, leastPrivilege.inputs?.(db)]).toEqual([1, 1, '']);
});
