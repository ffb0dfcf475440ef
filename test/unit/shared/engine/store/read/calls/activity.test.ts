import { expect, test } from 'vitest';
import { ACTIVITY_COLUMNS, caseActivity, foundActivity, getActivity, sliceLength } from '#shared/engine/store/read/calls/activity.ts';
import { loadAtOnce } from '#shared/engine/store/columns/load-columns.ts';
import { everyCall } from '#shared/engine/store/read/calls/calls.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { memoryCase } from '#test/support/case.ts';
import { randomQueryCase } from '#test/support/query-case.ts';
import { callOf, seedCalls } from '#test/support/seed-calls.ts';

test('slices are of equal length, begin at round times and cover the window without holes', () => {
  const db = memoryCase();
  seedCalls(db, [
    callOf('00:01.5 GET api.test/a 200'),
    callOf('00:02 GET api.test/a 500'),
    callOf('01:31 GET api.test/b 404'),
    callOf('01:59.9 GET api.test/b 200'),
  ]);
  const activity = getActivity(db, '1', [], 5);
  expect(activity.binSeconds).toBe(30);
  expect(activity.bins).toEqual([
    { start: '2026-10-01T00:00:00.000000Z', calls: 2, failed: 1, inFindings: 0 },
    { start: '2026-10-01T00:00:30.000000Z', calls: 0, failed: 0, inFindings: 0 },
    { start: '2026-10-01T00:01:00.000000Z', calls: 0, failed: 0, inFindings: 0 },
    { start: '2026-10-01T00:01:30.000000Z', calls: 2, failed: 1, inFindings: 0 },
  ]);
  expect(activity.window).toEqual(['2026-10-01T00:00:01.500000Z', '2026-10-01T00:01:59.900000Z']);
});

test('a filter narrows both counts and window', () => {
  const db = memoryCase();
  seedCalls(db, [callOf('00:01 GET api.test/a 200'), callOf('00:02 GET api.test/a 500')]);
  expect(getActivity(db, 'c.status >= ?', [400], 10).bins.map((bin) => bin.calls)).toEqual([1]);
});

test('calls that a finding names are counted apart', () => {
  const db = memoryCase();
  seedCalls(db, [callOf('00:01 GET api.test/a 200'), callOf('00:01.1 GET api.test/a 200')]);
  db.exec(
    "INSERT INTO finding (id, key, detector, family, rank, severity, data) VALUES (1, 'k', 'd', 'incident', 1, 'high', '{}'); INSERT INTO finding_call VALUES (1, 0, 1)",
  );
  expect(getActivity(db, '1', [], 1).bins[0]).toMatchObject({ calls: 2, inFindings: 1 });
});

test('without a timed call there is no window and no slice', () => {
  const db = memoryCase();
  seedCalls(db, [{ ...callOf('00:01 GET api.test/a 200'), time: undefined }]);
  expect(getActivity(db, '1', [], 10)).toEqual({ binSeconds: 0, bins: [] });
});

test('the length is the shortest that people read time in and that fits', () => {
  const second = 1_000_000;
  expect(sliceLength(0, 0, 1)).toBe(1000);
  expect(sliceLength(0, 59 * second, 60)).toBe(second);
  expect(sliceLength(0, 24 * 3600 * second - 1, 24)).toBe(3600 * second);
  expect(sliceLength(0, 400 * 86_400 * second, 100)).toBe(5 * 86_400 * second);
});

test('calls that were found in memory give the slices that SQLite gives', async () => {
  const { db } = randomQueryCase(9, 500);
  for (const text of ['*', 'is:failed', 'status:200 api', 'status:999']) {
    const query = askedText(text);
    const found = await searchOver(db).find(query, noBreath);
    if (found === undefined) throw new Error('the case is not kept in memory');
    expect(await foundActivity(db, found, 40), text).toEqual(getActivity(db, query.filter.where, query.filter.params, 40));
  }
});

test('all calls counted from columns give the slices that SQLite gives, each call once', () => {
  const { db } = randomQueryCase(9, 500);
  db.exec('UPDATE call_fact SET same_as = 1 WHERE call_id % 7 = 3');
  expect(caseActivity(db, loadAtOnce(db, ACTIVITY_COLUMNS), 40)).toEqual(getActivity(db, everyCall.where, everyCall.params, 40));
});
