import { nodeCodec } from '#electron/node/crypto.ts';
import { expect, test } from 'vitest';
import { createBalancerTest } from '#shared/engine/passes/chains/twins/behind-balancer.ts';
import { readCallColumns, readSources } from '#shared/engine/passes/chains/call-columns.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** Requests of 10.9.0.7 at a balancer, and at the server behind it, which sees the balancer's address; and how many details were unpacked. */
async function look(inner: string, count = 3): Promise<{ readonly isBehind: boolean; readonly unpacked: number }> {
  const text = Array.from({ length: count }, (_, at) => `
    ${String(10 + at)}:01.0  -  GET  desk.acme.test/me  200  in=alb  dur=90 ip=10.9.0.7
    ${String(10 + at)}:01.1  -  GET  desk.acme.test/me  200  in=kong dur=50 ip=10.0.0.5 ${inner}`); // prettier-ignore
  const { db } = caseFromText(text.join(''));
  const calls = await readCallColumns(db, readSources(db), async () => {});
  let unpacked = 0;
  const counted = new Proxy(db, {
    get: (target, name) =>
      name === 'prepare'
        ? (sql: string) => {
            if (sql.includes('FROM detail_block b')) unpacked += 1;
            return target.prepare(sql);
          }
        : (Reflect.get(target, name) as unknown),
  });
  const pairs = Array.from({ length: count }, (_, at) => ({ a: 2 * at, b: 2 * at + 1, belief: 1 }));
  return { isBehind: createBalancerTest(counted, nodeCodec, calls)(pairs), unpacked };
}

test('a server that names the client it was asked for stands behind the balancer that has that client', async () => {
  expect((await look('xff=10.9.0.7,10.0.0.5')).isBehind).toBe(true);
  expect((await look('xff=10.9.0.8')).isBehind).toBe(false);
  expect((await look('')).isBehind).toBe(false);
});

test('a proxy that passes the call on in its turn is a hop of its own', async () => {
  expect((await look('xff=10.9.0.7 up=10.0.0.9:80')).isBehind).toBe(false);
});

test('one record does not decide it', async () => {
  expect((await look('xff=10.9.0.7', 1)).isBehind).toBe(false);
});

test('where neither stands behind the other, few records are opened to see it', async () => {
  expect(await look('', 40)).toMatchObject({ isBehind: false });
  expect((await look('', 40)).unpacked).toBeLessThanOrEqual(26);
  expect((await look('xff=10.9.0.7', 40)).unpacked).toBe(40);
});
