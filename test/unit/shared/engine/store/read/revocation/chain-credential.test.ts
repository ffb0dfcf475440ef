import { expect, test } from 'vitest';
import { interner } from '#shared/engine/store/intern.ts';
import { chainCredential } from '#shared/engine/store/read/revocation/chain-credential.ts';
import { makePlan } from '#shared/engine/store/read/revocation/plan.ts';
import type { TextCase } from '#test/support/calls-from-text.ts';
import { revocationCase } from '#test/support/revocation-case.ts';

const TEXT = `
  00:00 agent:bot GET api.acme.test/orders/1    200 cred=key-1
  00:01 agent:bot GET orders.mesh.test/orders/1 200
  00:02 agent:bot GET stock.mesh.test/stock/1   200
  00:03 agent:bot POST far.example/batches      200
  00:04 human:ann GET api.acme.test/orders/2    200`;

const link = ({ db, id }: TextCase, from: string, to: string, kind: string): void => {
  db.prepare("INSERT INTO edge (from_call, to_call, kind, kinds, confidence, why) VALUES (?, ?, ?, '[]', 1, '')").run(
    id(from),
    id(to),
    kind,
  );
};

/** Which of the five calls have a chain that shows their credential. */
const shown = ({ db, id }: TextCase): readonly boolean[] => [1, 2, 3, 4, 5].map((at) => chainCredential(db)(id(`kong#${String(at)}`)));

test('inner hops have the credential of the outermost call, however deep', async () => {
  const made = await revocationCase(TEXT, []);
  link(made, 'kong#1', 'kong#2', 'trace');
  link(made, 'kong#2', 'kong#3', 'nesting');
  expect(shown(made)).toEqual([true, true, true, false, false]);
});

test('what a principal sent on after a call with a credential has that one; the same of another principal, or mere order, shows nothing', async () => {
  const made = await revocationCase(TEXT, []);
  link(made, 'kong#1', 'kong#4', 'value');
  link(made, 'kong#1', 'kong#5', 'value');
  link(made, 'kong#1', 'kong#3', 'adjacent');
  expect(shown(made)).toEqual([true, false, false, true, false]);
});

test('a call whose gateway names a consumer came with something of its own, whatever led to it', async () => {
  const made = await revocationCase(TEXT, []);
  link(made, 'kong#1', 'kong#4', 'value');
  made.db.prepare('UPDATE call SET consumer_id = ? WHERE id = ?').run(interner(made.db)('bot'), made.id('kong#4'));
  expect(shown(made)[3]).toBe(false);
});

test('only calls whose chain shows no credential name their principal beside the plan', async () => {
  const made = await revocationCase(TEXT, [{ calls: ['kong#1', 'kong#2', 'kong#5'] }]);
  link(made, 'kong#1', 'kong#2', 'trace');
  expect(makePlan(made.db).callers.map(({ principal, calls }) => [principal, calls])).toEqual([['p-ann', 1]]);
});
