import { expect, test, vi } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import { getFinding } from '#shared/engine/store/read/findings/findings.ts';
import { detect } from '#test/support/detect.ts';

const everything = detectors.map((detector) => detector.id);
const claims = {
  iss: 'https://id.acme.test',
  aud: 'shop',
  sub: 'support-bot',
  iat: 1_790_000_000,
  exp: 1_890_000_000,
  scope: 'a:read b:read c:read d:read e:read f:read g:read h:read',
};
const incident = `
  00:02  agent:support-bot  GET   api.acme.test/v1/cards/cus_90aa17b2  200  in=har.har s=3 types=payment-card trace=t1 cred=jwt-1 => $.number=4929fk7714xx2203
  00:06  -                  POST  files.evil.test/collect              200  in=har.har bytes=640 sent=payment-card trace=t1 <= $.a=4929fk7714xx2203
  03:00  human:ann          GET   api.acme.test/track                  200  shows=query:api-key:key-1`;

test('ids are unique and every setting has a reason', () => {
  expect(new Set(everything).size).toBe(everything.length);
  for (const setting of detectors.flatMap((detector) => detector.settings)) expect(setting.why.length).toBeGreaterThan(20);
});

test('incidents come first, and posture of their credentials joins their story', async () => {
  const { findings } = await detect(everything, incident, { servers: ['https://api.acme.test'], tokens: { 'jwt-1': { claims } } });
  expect(findings.map((finding) => [finding.detector, finding.story])).toEqual([
    ['sensitive-read-to-external-write', 'support-bot, 2026-10-01 00:00 UTC'],
    ['jwt-lifetime', 'support-bot, 2026-10-01 00:00 UTC'],
    ['secret-exposure', ''],
  ]);
});

test('the root cause of an incident is not printed on the weaknesses of its story', async () => {
  const { findings } = await detect(everything, incident, { servers: ['https://api.acme.test'], tokens: { 'jwt-1': { claims } } });
  const told = findings.map(({ family, rootCause }) => [family, rootCause !== undefined]);
  expect(told).toEqual([['incident', true], ['posture', false], ['posture', false]]); // prettier-ignore
});

test('a second run gives the same findings with the same ids', async () => {
  const first = await detect(everything, incident, { servers: ['https://api.acme.test'], tokens: { 'jwt-1': { claims } } });
  const again = await detect(everything, incident, { servers: ['https://api.acme.test'], tokens: { 'jwt-1': { claims } }, shuffle: 7 });
  expect(JSON.stringify(again.findings)).toBe(JSON.stringify(first.findings));
});

test('only the detectors asked for run', async () => {
  const { findings, notEvaluable } = await detect(['jwt-lifetime'], incident, { tokens: { 'jwt-1': { claims } } });
  expect([...findings, ...notEvaluable].map((entry) => entry.detector)).toEqual(['jwt-lifetime']);
});

test('a finding opens with its question, calls and chains', async () => {
  const { db, findings } = await detect(everything, incident, { servers: ['https://api.acme.test'], tokens: { 'jwt-1': { claims } } });
  expect(getFinding(db, findings[0]?.id ?? '')).toMatchObject({
    question: 'Did anyone read sensitive data and then send something to a host outside the estate?',
    calls: [{ ref: 'har.har#1' }, { ref: 'har.har#2' }],
    chains: [{ id: 'har.har#1', severity: 'critical' }],
  });
  expect(getFinding(db, 'no-such-finding')).toBeUndefined();
});

test('a detector that fails is told as a fault of ours, and the others go on', async () => {
  const [first] = detectors;
  const failing = vi.spyOn(first, 'run').mockRejectedValue(new RangeError('Maximum call stack size exceeded'));
  try {
    const { findings, notEvaluable } = await detect(everything, incident);
    expect(findings.length).toBeGreaterThan(0);
    expect(notEvaluable).toContainEqual({
      detector: first.id,
      reason: 'this detector failed by a fault of Spoor, not of the evidence: Maximum call stack size exceeded',
    });
    failing.mockRejectedValue(new AppError('cancelled', 'stop'));
    await expect(detect(everything, incident)).rejects.toMatchObject({ code: 'cancelled' });
  } finally {
    failing.mockRestore();
  }
});
