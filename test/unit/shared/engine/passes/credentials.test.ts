import { expect, test } from 'vitest';
import { credentialsPass } from '#shared/engine/passes/credentials.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

async function run(text: string, tokens: Record<string, { claims: object }> = {}) {
  const { db, context } = caseFromText(text, { tokens });
  const sentence = await credentialsPass.run(context);
  return { db, sentence };
}

test('contexts are networks and programs as each source saw them', async () => {
  const { db, sentence } = await run(`
    00:00 human:ann GET api.acme.test/a 200 cred=key-1 ip=10.8.0.20 ua=curl/8.5.0
    00:01 human:ann GET api.acme.test/a 401 cred=key-1 ip=10.8.0.99 ua=curl/8.6.0
    00:02 human:ann GET api.acme.test/a 200 cred=key-1 ip=192.0.2.4 ua=curl/8.6.0`);
  expect(db.prepare('SELECT network, family, calls, accepted FROM credential_context ORDER BY network').all()).toEqual([
    { network: '10.8.0.0/24', family: 'curl', calls: 2, accepted: 1 },
    { network: '192.0.2.0/24', family: 'curl', calls: 1, accepted: 1 },
  ]);
  expect(sentence).toBe(
    'Of 3 calls in sources that show credentials, 0 came without one. 1 credentials were used from more than one network.',
  );
});

test('the longest silence stands with the longest one before it', async () => {
  const { db } = await run(
    ['01', '02', '04', '09'].map((hour) => `${hour}:00:00 service:sync GET api.acme.test/a 200 cred=key-1`).join('\n'),
  );
  const hour = 3_600_000_000;
  expect(db.prepare('SELECT gap_to - gap_from AS gap, earlier_gap, uses_before FROM credential_life').all()).toEqual([
    { gap: 5 * hour, earlier_gap: 2 * hour, uses_before: 3 },
  ]);
});

test('uses after the end of a token are stale, a minute aside', async () => {
  const exp = Date.UTC(2026, 9, 1) / 1000;
  const { db } = await run(
    `00:00:30 human:ann GET api.acme.test/a 200 cred=jwt-1
     00:05:00 human:ann GET api.acme.test/a 200 cred=jwt-1
     00:06:00 human:ann GET api.acme.test/a 401 cred=jwt-1`,
    { 'jwt-1': { claims: { exp } } },
  );
  expect(db.prepare('SELECT calls, stale, stale_accepted FROM credential_host').all()).toEqual([{ calls: 3, stale: 2, stale_accepted: 1 }]);
});

test('calls without a credential count only where the source shows credentials of the host', async () => {
  const { db } = await run(`
    00:00 human:ann GET api.acme.test/a 200 cred=key-1
    00:01 human:bob GET api.acme.test/a 200
    00:02 human:bob GET other.acme.test/a 200`);
  expect(db.prepare('SELECT caller, calls, without FROM credential_share').all()).toEqual([{ caller: 'human', calls: 2, without: 1 }]);
});

test('a line break in an address does not break a row apart', async () => {
  const made = caseFromText(
    '00:00 human:ann GET api.acme.test/a 200 cred=key-1 ip=x ua=one\n00:01 human:ann GET api.acme.test/a 200 cred=key-1 ip=y ua=two',
  );
  made.db.exec(
    "UPDATE term SET value = 'x' || char(10) || 'a' WHERE value = 'x'; UPDATE term SET value = 'x' || char(10) || 'b' WHERE value = 'y'",
  );
  await credentialsPass.run(made.context);
  expect(made.db.prepare('SELECT network FROM credential_context ORDER BY network').all()).toEqual([
    { network: 'x a' },
    { network: 'x b' },
  ]);
});
