import { expect, test } from 'vitest';
import { reachPass } from '#shared/engine/passes/reach.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

test('a call that several captures show with its credential counts once', async () => {
  const made = caseFromText(`
    00:00 agent:bot GET api.acme.test/orders 200
    00:00 agent:bot GET api.acme.test/orders 200 cred=key-1 in=har
    00:00 agent:bot GET api.acme.test/orders 200 cred=key-1 in=har2
    00:05 agent:bot GET api.acme.test/orders 200 cred=key-1 in=har2`);
  const { db, id, context } = made;
  for (const twin of ['har#1', 'har2#1']) db.prepare('UPDATE call_fact SET same_as = ? WHERE call_id = ?').run(id('kong#1'), id(twin));
  await reachPass.run(context);
  expect(db.prepare('SELECT calls, answered FROM credential_endpoint').all()).toEqual([{ calls: 2, answered: 2 }]);
});
