import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string, prepare?: Parameters<typeof detect>[3]): Promise<Detected> =>
  detect(['credential-after-revocation'], text, {}, prepare);

test('a session that its principal ended and that still works is high', async () => {
  const { findings } = await run(`
    00:00:00 human:ann GET  api.acme.test/orders 200 cred=key-1
    00:01:00 human:ann POST api.acme.test/logout 204 cred=key-1
    00:09:00 human:ann GET  api.acme.test/orders 200 cred=key-1`);
  expect(findings).toMatchObject([
    { severity: 'high', credentials: ['key-1'], calls: ['kong#2', 'kong#3'], observed: { acceptedAfter: 1, lastSecondsAfter: 480 } },
  ]);
});

test('a token handed in at a revocation endpoint is known by its fingerprint', async () => {
  const token = 'opaque-refresh-0001';
  const { findings } = await run(
    `00:00:00 human:ann POST id.acme.test/oauth2/revoke 200 <= $.token=${token}
     00:09:00 human:ann GET  api.acme.test/orders 200 cred=key-1`,
    ({ db, context }) => {
      db.prepare('UPDATE credential SET fingerprint = ?').run(context.crypto.hmacHex(context.caseKey, token));
    },
  );
  expect(findings).toMatchObject([{ severity: 'critical', calls: ['kong#1', 'kong#2'], observed: { acceptedBy: ['api.acme.test'] } }]);
});

test('uses within two minutes, refused ones and those before are harmless', async () => {
  const { findings } = await run(`
    00:00:00 human:ann GET  api.acme.test/orders 200 cred=key-1
    00:01:00 human:ann POST api.acme.test/logout 204 cred=key-1
    00:02:30 human:ann GET  api.acme.test/orders 200 cred=key-1
    00:09:00 human:ann GET  api.acme.test/orders 401 cred=key-1`);
  expect(findings).toEqual([]);
});

test('without a revocation it cannot be judged', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 200 cred=key-1')).notEvaluable).toHaveLength(1);
});

const MIDNIGHT = Date.UTC(2026, 9, 1) * 1000;
const revokedAt =
  (micros: number): Parameters<typeof detect>[3] =>
  ({ db }) => {
    const effect = { kind: 'revocation', credential: 'fp-key-1', after: { revokedAt: micros, done: [], set: 1 } };
    db.prepare("INSERT INTO review_log (at, kind, text, effect) VALUES ('2026-10-02T00:00:00Z', 'revocation', '', ?)").run(
      JSON.stringify(effect),
    );
  };

test('a revocation that only the analyst knows of counts, and says where its time is from', async () => {
  const text = `
    00:00:00 human:ann GET api.acme.test/orders 200 cred=key-1
    00:09:00 human:ann GET api.acme.test/orders 200 cred=key-1`;
  const { findings } = await run(text, revokedAt(MIDNIGHT + 60_000_000));
  expect(findings).toMatchObject([{ severity: 'critical', calls: ['kong#2'], observed: { acceptedAfter: 1, lastSecondsAfter: 480 } }]);
  expect(JSON.stringify(findings)).toContain('the analyst gave it');
  expect((await run(text, revokedAt(MIDNIGHT + 600_000_000))).findings).toEqual([]);
});
