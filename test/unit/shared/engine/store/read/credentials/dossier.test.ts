import { expect, test } from 'vitest';
import { credentialsPass } from '#shared/engine/passes/credentials.ts';
import { getCredentialDossier } from '#shared/engine/store/read/credentials/dossier.ts';
import { readCredentialOverview } from '#shared/engine/store/read/credentials/overview.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const iat = Date.UTC(2026, 8, 30) / 1000;
const tokens = {
  'jwt-1': { header: { alg: 'RS256', kid: 'k1' }, claims: { iss: 'https://id.acme.test', sub: 'ann', aud: 'api', iat, exp: iat + 7200 } },
};

async function made() {
  const { db, context } = caseFromText(
    `00:00:00 human:ann GET api.acme.test/track 200 shows=query:jwt:jwt-1
     00:01:00 human:ann GET api.acme.test/a 200 cred=jwt-1 ip=10.8.0.20 ua=curl/8
     01:01:00 human:bob GET api.acme.test/a 401 cred=jwt-1 ip=192.0.2.4 ua=curl/8`,
    { tokens },
  );
  await credentialsPass.run(context);
  return db;
}

test('a dossier says where a token stood in the open before it was used, by whom it is used and when not', async () => {
  const dossier = getCredentialDossier(await made(), 'jwt-1');
  expect(dossier).toMatchObject({
    signature: { state: 'not-checked', reason: 'no-keys' },
    contextsInAll: 2,
    exposures: [{ call: 'kong#1', where: 'query key', beforeUse: true }],
    users: [
      { label: 'ann', calls: 1 },
      { label: 'bob', calls: 1 },
    ],
    gap: { seconds: 3600, earlierSeconds: 0 },
    hosts: [{ host: 'api.acme.test', calls: 2, accepted: 1, stale: 2 }],
  });
  expect(dossier?.events.map(({ kind }) => kind)).toEqual(['issued', 'expires', 'exposed', 'refused']);
  expect(dossier?.activity?.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(getCredentialDossier(await made(), 'jwt-9')).toBeUndefined();
});

test('the first try of each kind that was refused stands in the life of a key', async () => {
  const { db, context } = caseFromText(
    `00:01:00 human:ann GET api.acme.test/a 200 cred=key-1
     00:02:00 human:ann GET api.acme.test/b 403 cred=key-1
     00:03:00 human:ann GET api.acme.test/b 403 cred=key-1
     00:04:00 human:ann GET api.acme.test/c 429 cred=key-1`,
  );
  await credentialsPass.run(context);
  const dossier = getCredentialDossier(db, 'key-1');
  expect(dossier?.events.map(({ text, call }) => `${text}: ${call ?? ''}`)).toEqual([
    'first refused with 403: kong#2',
    'first refused with 429: kong#4',
  ]);
  expect(dossier?.activity?.refused.reduce((sum, count) => sum + count, 0)).toBe(3);
});

test('a key that came after the token does not make its signature good', async () => {
  const db = await made();
  const set = JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'k1', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] });
  db.prepare("INSERT INTO knowledge (kind, name, text) VALUES ('jwks', 'issuer.json', ?)").run(set);
  expect(getCredentialDossier(db, 'jwt-1')?.signature).toMatchObject({ state: 'not-checked', reason: 'keys-later' });
});

test('the overview counts lifetimes by band and names the URL as a weakness', async () => {
  const overview = readCredentialOverview(await made());
  expect(overview.lifetimes).toMatchObject([{ issuer: 'https://id.acme.test', tokens: 1, medianSeconds: 7200 }]);
  expect(overview.rows).toMatchObject([{ id: 'jwt-1', hosts: 1, exposures: 1, issues: ['stood in a URL'], longestSilenceSeconds: 3600 }]);
});

test('a call that two sources saw counts once in the table, as it does behind the link', async () => {
  const { db, context } = caseFromText(
    `00:00:00 human:ann GET api.acme.test/a 200 cred=jwt-1
     00:00:00 human:ann GET api.acme.test/a 200 cred=jwt-1
     00:01:00 human:ann GET api.acme.test/a 200 cred=jwt-1`,
    { tokens },
  );
  const [first, second] = db.prepare('SELECT call_id AS id FROM call_fact ORDER BY call_id').all<{ id: number }>();
  db.prepare('UPDATE call_fact SET same_as = ? WHERE call_id = ?').run(first?.id ?? 0, second?.id ?? 0);
  await credentialsPass.run(context);
  expect(readCredentialOverview(db).rows.map(({ calls }) => calls)).toEqual([2]);
});
