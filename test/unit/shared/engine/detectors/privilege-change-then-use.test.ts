import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> =>
  detect(['privilege-change-then-use'], text, {}, ({ db }) => {
    db.exec(`UPDATE endpoint SET principals = 1; UPDATE endpoint SET flags = '["grants-power"]' WHERE method IN ('PUT', 'POST') AND (template LIKE '%roles%' OR template LIKE '%api-keys%')`);
  }); // prettier-ignore

test('a role given to oneself and then used is high, with both steps', async () => {
  const { findings } = await run(`
    00:01 human:mal PUT api.acme.test/users/mal/roles 200
    00:40 human:mal GET api.acme.test/admin/export 200 s=3`);
  expect(findings).toMatchObject([
    {
      severity: 'high',
      calls: ['kong#1', 'kong#2'],
      observed: { uses: 1, secondsFromGrantToUse: 39 },
      exhibits: [{ kind: 'steps', steps: [{ state: 'done' }, { state: 'crossed' }] }],
    },
  ]);
});

test('a key that was made and then used from elsewhere is high', async () => {
  const { findings } = await run(`
    00:01 human:mal POST api.acme.test/api-keys 201 ip=192.0.2.1 shows=response:api-key:key-new
    09:00 service:other GET api.acme.test/orders 200 ip=203.0.113.9 cred=key-new`);
  expect(findings).toMatchObject([
    { severity: 'high', confidence: 'observed', observed: { throughNewCredential: true, fromAnotherAddress: true } },
  ]);
});

test.each([
  [
    'a role given to another',
    '00:01 human:boss PUT api.acme.test/users/amy/roles 200\n00:40 human:boss GET api.acme.test/admin/export 200 s=3',
  ],
  [
    'a role that was refused',
    '00:01 human:mal PUT api.acme.test/users/mal/roles 403\n00:40 human:mal GET api.acme.test/admin/export 200 s=3',
  ],
  [
    'what was used before as well',
    '00:00 human:mal GET api.acme.test/admin/export 200 s=3\n00:01 human:mal PUT api.acme.test/users/mal/roles 200\n00:40 human:mal GET api.acme.test/admin/export 200 s=3',
  ],
  ['a login', '00:01 human:mal POST api.acme.test/oauth/token 200\n00:40 human:mal GET api.acme.test/admin/export 200 s=3'],
])('%s is none', async (_, text) => {
  expect((await run(text)).findings).toEqual([]);
});

test('without principals it cannot be answered', async () => {
  expect((await run('00:01 - PUT api.acme.test/users/mal/roles 200')).notEvaluable).toMatchObject([
    { detector: 'privilege-change-then-use' },
  ]);
});
