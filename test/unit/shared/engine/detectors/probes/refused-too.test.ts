import { expect, test } from 'vitest';
import type { FindingDraft } from '#shared/engine/detectors/detector.ts';
import { withRefused } from '#shared/engine/detectors/probes/refused-too.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** The call of the finding, and the last one of a day. */
const GIVEN = `10:00 human:ann GET api.acme.test/admin/users 200 cred=jwt-1
  23:00:00 human:zoe GET api.acme.test/orders 200 cred=jwt-3`;

/** A finding about the first call; the rest of the text is around it. */
function judge(text: string): FindingDraft {
  const { db } = caseFromText(text);
  const row = db
    .prepare('SELECT f.principal_id AS principal, f.endpoint_id AS endpoint, c.credential_id AS credential FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.call_id = 1')
    .get<{ principal: number; endpoint: number; credential: number }>();
  return withRefused(db, {
    subject: 'a', title: 'a', severity: { base: 'high', steps: [] }, confidence: 'inferred', score: 1,
    principals: [row?.principal ?? 0], credentials: [row?.credential ?? 0], endpoints: [row?.endpoint ?? 0], chains: [], calls: [1],
    observed: {}, expected: {}, benignTested: [], remediation: [],
  });
} // prettier-ignore

test('tries that were refused shortly before, at the same place and at doors that never opened, belong to what came of them', () => {
  const found = judge(`${GIVEN}
    09:50 human:ann GET  api.acme.test/admin/users 403 cred=jwt-1
    09:55 human:ann POST api.acme.test/admin/keys  429 cred=jwt-1`);
  expect(found.calls).toEqual([3, 4, 1]);
  expect(found.observed).toEqual({ refusedTries: '2 calls of the same principal were refused around it (401, 403, 429)' });
});

test.each([
  ['another credential', '09:50 human:ann GET api.acme.test/admin/users 403 cred=jwt-2'],
  ['another caller', '09:50 human:bob GET api.acme.test/admin/users 403 cred=jwt-1'],
  ['the same place hours later', '05:00:00 human:ann GET api.acme.test/admin/users 403 cred=jwt-1'],
  [
    'a place that serves it and is not the finding’s',
    '09:50 human:ann GET api.acme.test/orders 403 cred=jwt-1\n09:51 human:ann GET api.acme.test/orders 200 cred=jwt-1',
  ],
  [
    'one who is refused as often at other times',
    Array.from(
      { length: 22 },
      (_, hour) => `${String(hour).padStart(2, '0')}:09:00 human:ann GET api.acme.test/admin/users 403 cred=jwt-1`,
    ).join('\n'),
  ],
])('refused with or at %s adds nothing', (_, text) => {
  expect(judge(`${GIVEN}\n${text}`).calls).toEqual([1]);
});

test('where the finding takes up the whole evidence nobody knows what is usual', () => {
  const text = '10:00 human:ann GET api.acme.test/admin/users 200 cred=jwt-1\n09:50 human:ann GET api.acme.test/admin/users 403 cred=jwt-1';
  expect(judge(text).calls).toEqual([1]);
});
