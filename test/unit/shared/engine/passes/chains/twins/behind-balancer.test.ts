import { nodeCodec } from '#electron/node/crypto.ts';
import { expect, test } from 'vitest';
import { createBalancerTest } from '#shared/engine/passes/chains/twins/behind-balancer.ts';
import { readCallColumns, readSources } from '#shared/engine/passes/chains/call-columns.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** A request of 10.9.0.7 at a balancer, and at the server behind it, which sees the balancer's address. */
async function isBehind(inner: string): Promise<boolean> {
  const { db } = caseFromText(`
    00:01.0  -  GET  desk.acme.test/me  200  in=alb  dur=90 ip=10.9.0.7
    00:01.1  -  GET  desk.acme.test/me  200  in=kong dur=50 ip=10.0.0.5 ${inner}`);
  const calls = await readCallColumns(db, readSources(db), async () => {});
  return createBalancerTest(db, nodeCodec, calls)([{ a: 0, b: 1, belief: 1 }]);
}

test('a server that names the client it was asked for stands behind the balancer that has that client', async () => {
  expect(await isBehind('xff=10.9.0.7,10.0.0.5')).toBe(true);
  expect(await isBehind('xff=10.9.0.8')).toBe(false);
  expect(await isBehind('')).toBe(false);
});

test('a proxy that passes the call on in its turn is a hop of its own', async () => {
  expect(await isBehind('xff=10.9.0.7 up=10.0.0.9:80')).toBe(false);
});
