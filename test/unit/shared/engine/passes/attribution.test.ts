import { expect, test } from 'vitest';
import { attributionPass } from '#shared/engine/passes/attribution.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** Callers of all calls after the passes, by reference; `unknown:net`, `visitor` and `other` stand for callers told by their network only. */
async function callers(text: string): Promise<Readonly<Record<string, string | null>>> {
  const { db, context } = caseFromText(text);
  db.exec("UPDATE principal SET weak = 1 WHERE label IN ('net', 'visitor', 'other')");
  await chainsPass.run(context);
  await attributionPass.run(context);
  const rows = db
    .prepare(
      `SELECT s.name || '#' || c.record AS ref, p.label AS who FROM call c JOIN source s ON s.id = c.source_id
       LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN principal p ON p.id = f.principal_id ORDER BY ref`,
    )
    .all<{ ref: string; who: string | null }>();
  return Object.fromEntries(rows.map((row) => [row.ref, row.who]));
}

test('a hop that names nobody belongs to the principal whose request it is, hop behind hop', async () => {
  expect(
    await callers(`
      00:00.0  agent:bot    GET  api.acme.test/orders      200  trace=t1 span=a dur=500
      00:00.1  unknown:net  GET  orders.svc.local/orders   200  in=envoy trace=t1 span=b parent=a dur=90
      00:00.1  unknown:net  GET  stock.svc.local/items     200  in=stock trace=t1 span=c parent=b dur=40`),
  ).toEqual({ 'kong#1': 'bot', 'envoy#1': 'bot', 'stock#1': 'bot' });
});

test('a hop with a credential of its own keeps its principal', async () => {
  expect(
    await callers(`
      00:00.0  agent:bot      GET  api.acme.test/orders      200  trace=t1 span=a dur=500
      00:00.1  service:stock  GET  stock.svc.local/items     200  in=envoy trace=t1 span=b parent=a dur=90`),
  ).toMatchObject({ 'envoy#1': 'stock' });
});

test('behind an edge network a load balancer’s line belongs to the visitor whom the edge saw', async () => {
  expect(
    await callers(`
      00:00.0  unknown:visitor  GET  api.acme.test/orders      200  in=edge trace=t1 span=a dur=500 ip=5.148.100.7
      00:00.1  unknown:net      GET  lb.acme.internal/orders   200  in=alb trace=t1 span=b parent=a dur=90 ip=162.158.38.4
      00:00.1  unknown:other    GET  stock.svc.local/items     200  in=stock trace=t1 span=c parent=b dur=40 ip=10.0.0.9`),
  ).toEqual({ 'edge#1': 'visitor', 'alb#1': 'visitor', 'stock#1': 'other' });
});

test('an outer record without an address says nothing of the visitor', async () => {
  expect(
    await callers(`
      00:00.0  unknown:other  GET  api.acme.test/orders      200  in=edge trace=t1 span=a dur=500
      00:00.1  unknown:net    GET  lb.acme.internal/orders   200  in=alb trace=t1 span=b parent=a dur=90 ip=162.158.38.4`),
  ).toEqual({ 'edge#1': 'other', 'alb#1': 'net' });
});

/** A capture with the user's token and an edge's log, which says more of each request and so stands for it. */
const capturedBehindEdge = (label: string): string =>
  Array.from(
    { length: 5 },
    (_, at) => `
    00:0${String(at)}.0  ${label}      GET  portal.acme.test/orders/${String(at)}  200  in=har dur=90
    00:0${String(at)}.0  unknown:net   GET  portal.acme.test/orders/${String(at)}  200  in=edge dur=80 id=r${String(at)} ip=5.148.100.7`,
  ).join('');

test('of two sightings of a call the one that knows its caller names it, whichever stands for the call', async () => {
  const named = await callers(capturedBehindEdge('human:ann'));
  expect(new Set(Object.values(named))).toEqual(new Set(['ann']));
  expect(Object.keys(named)).toHaveLength(10);
});

test('two sightings neither of which knows its caller stay with the network', async () => {
  expect(new Set(Object.values(await callers(capturedBehindEdge('unknown:net'))))).toEqual(new Set(['net']));
});

test('in a client’s own capture, what carries a value of an answer there was sent by the same client', async () => {
  expect(
    await callers(`
      00:00.0  agent:bot    GET   api.acme.test/cards/7        200  in=har => $.card_id=crd_9f8s7d6f5a4s
      00:02.0  unknown:net  POST  drop.example/in              200  in=har <= $.card=crd_9f8s7d6f5a4s`),
  ).toMatchObject({ 'har#2': 'bot' });
});

test('where two principals of a capture explain a call, the one with more proof has it', async () => {
  expect(
    await callers(`
      00:00.0  agent:llm    POST  llm.example/chat             200  in=har => $.url=drop-9f8s7d6f5a4s
      00:01.0  agent:bot    GET   api.acme.test/cards/7        200  in=har => $.card_id=crd_9f8s7d6f5a4s
      00:02.0  agent:bot    GET   api.acme.test/cards/8        200  in=har => $.card_id=crd_8f7s6d5f4a3s
      00:03.0  unknown:net  POST  drop.example/in              200  in=har <= $.a=crd_9f8s7d6f5a4s $.b=crd_8f7s6d5f4a3s $.c=drop-9f8s7d6f5a4s`),
  ).toMatchObject({ 'har#4': 'bot' });
});

test('in a gateway’s log the same value proves no common client', async () => {
  expect(
    await callers(`
      00:00.0  agent:bot    GET   api.acme.test/cards/7        200  => $.card_id=crd_9f8s7d6f5a4s
      00:02.0  unknown:net  POST  api.acme.test/in             200  <= $.card=crd_9f8s7d6f5a4s`),
  ).toMatchObject({ 'kong#2': 'net' });
});

test('counts follow, and a principal without calls goes', async () => {
  const { db, context } = caseFromText(`
    00:00.0  agent:bot    GET  api.acme.test/orders      200  trace=t1 span=a dur=500
    00:00.1  unknown:net  GET  orders.svc.local/orders   200  in=envoy trace=t1 span=b parent=a dur=90`);
  db.exec("UPDATE principal SET weak = 1 WHERE label = 'net'");
  await chainsPass.run(context);
  expect(await attributionPass.run(context)).toContain('1 calls without a credential');
  expect(db.prepare('SELECT label, calls FROM principal').all()).toEqual([{ label: 'bot', calls: 2 }]);
});

test('a pass that is stopped between two depths leaves counts that fit the principals', async () => {
  const { db, context } = caseFromText(`
    00:00.0  agent:bot    GET  api.acme.test/orders      200  trace=t1 span=a dur=500
    00:00.1  unknown:net  GET  orders.svc.local/orders   200  in=envoy trace=t1 span=b parent=a dur=90
    00:00.1  unknown:net  GET  stock.svc.local/items     200  in=stock trace=t1 span=c parent=b dur=40`);
  db.exec("UPDATE principal SET weak = 1 WHERE label = 'net'");
  await chainsPass.run(context);
  const stop = (): never => {
    throw new Error('stopped');
  };
  await expect(attributionPass.run({ ...context, progress: stop })).rejects.toThrow('stopped');
  const counted = db
    .prepare(
      'SELECT p.label, p.calls, (SELECT count(*) FROM call_fact f WHERE f.principal_id = p.id) AS there FROM principal p ORDER BY p.label',
    )
    .all<{ label: string; calls: number; there: number }>();
  expect(counted.every(({ calls, there }) => calls === there)).toBe(true);
  expect(counted).toContainEqual({ label: 'bot', calls: 2, there: 2 });
});

/** Calls and inner hops of the principals, and of the chains with those of their failures that are hops. */
async function hops(text: string): Promise<unknown> {
  const { db, context } = caseFromText(text);
  db.exec("UPDATE principal SET weak = 1 WHERE label = 'net'");
  await chainsPass.run(context);
  await attributionPass.run(context);
  return {
    principals: db
      .prepare('SELECT p.label, p.calls, h.calls AS hops FROM principal p JOIN principal_hops h ON h.principal_id = p.id')
      .all(),
    chains: db
      .prepare('SELECT ch.calls, ch.failed, h.calls AS hops, h.failed AS again FROM chain ch JOIN chain_hops h ON h.chain_id = ch.id')
      .all(),
  };
}

test('what gateway and mesh wrote of one request is one call of its principal, and one failure', async () => {
  expect(
    await hops(`
      00:00.0  agent:bot    GET  api.acme.test/orders/9    404  trace=t1 span=a dur=500
      00:00.1  unknown:net  GET  orders.svc.local/orders/9 404  in=envoy trace=t1 span=b parent=a dur=90`),
  ).toEqual({ principals: [{ label: 'bot', calls: 2, hops: 1 }], chains: [{ calls: 2, failed: 2, hops: 1, again: 1 }] });
});

test('a call that a service makes in its own name is no inner hop', async () => {
  expect(
    await hops(`
      00:00.0  agent:bot      GET  api.acme.test/orders      200  trace=t1 span=a dur=500
      00:00.1  service:stock  GET  stock.svc.local/items     200  in=envoy trace=t1 span=b parent=a dur=90`),
  ).toEqual({ principals: [], chains: [] });
});

const KEY_IN_RUNS = `
  00:00.0  agent:bot    POST  tools.acme.test/mcp    200  in=har
  00:01.0  agent:sk-lf  POST  llm.example/chat       200  in=har
  00:02.0  agent:bot    GET   api.acme.test/cards/7  200  in=har
  00:03.0  agent:sk-lf  POST  llm.example/chat       200  in=har
  00:04.0  agent:bot    GET   api.acme.test/cards/8  200  in=har`;

/** Principals after the pass, where `sk-lf` is a key that names nobody. */
async function principalsWithKey(text: string): Promise<readonly unknown[]> {
  const { db, context } = caseFromText(text);
  db.exec("UPDATE principal SET identity = 'credential key-1' WHERE label = 'sk-lf'");
  await chainsPass.run(context);
  await attributionPass.run(context);
  return db.prepare('SELECT label, calls FROM principal ORDER BY label').all();
}

test('an agent’s key for its model is no second agent', async () => {
  expect(await principalsWithKey(KEY_IN_RUNS)).toEqual([{ label: 'bot', calls: 5 }]);
});

test.each([
  ['also used when the other was silent', `${KEY_IN_RUNS}\n  09:30.0  agent:sk-lf  POST  llm.example/chat  200  in=har`],
  ['used in a capture of two principals', `${KEY_IN_RUNS}\n  00:05.0  human:ann  GET  api.acme.test/me  200  in=har`],
  ['seen by a gateway as well', `${KEY_IN_RUNS}\n  00:06.0  agent:sk-lf  POST  llm.example/chat  200`],
])('a key %s keeps a principal of its own', async (_, text) => {
  expect((await principalsWithKey(text)).map((row) => (row as { label: string }).label)).toContain('sk-lf');
});

/** Principals after the pass, of a log that names one by its consumer `id` and a capture that shows tokens of these issuers for it. */
async function accountsOf(id: string, issuers: readonly string[]): Promise<readonly unknown[]> {
  const tokens = issuers.map((_, index) => `00:0${String(index + 1)}.0  human:token${String(index)}  GET  hub.acme.test/me  200  in=har`);
  const { db, context } = caseFromText([`00:00.0  service:consumer  GET  api.acme.test/orders  200`, ...tokens].join('\n'));
  const name = db.prepare('UPDATE principal SET identity = ? WHERE label = ?');
  name.run(`consumer ${id}`, 'consumer');
  for (const [index, issuer] of issuers.entries()) name.run(`jwt ${JSON.stringify([issuer, id])}`, `token${String(index)}`);
  await chainsPass.run(context);
  await attributionPass.run(context);
  return db.prepare('SELECT label, calls FROM principal ORDER BY label').all();
}

test('an id that no other has is one account, though no request stands in both logs', async () => {
  expect(await accountsOf('acct|bbe71b3cb10031deca53dd3d', ['https://id.acme.test'])).toEqual([{ label: 'token0', calls: 2 }]);
});

test.each([
  ['a name that people choose may be another’s elsewhere', 'anna', ['https://id.acme.test']],
  [
    'an id that two issuers give is not told whose it is',
    'acct|bbe71b3cb10031deca53dd3d',
    ['https://id.acme.test', 'https://id.other.test'],
  ],
])('%s', async (_, id, issuers) => {
  expect(await accountsOf(id, issuers)).toHaveLength(issuers.length + 1);
});

test('where a redirect led within one trace, the caller of the first request called', async () => {
  expect(
    await callers(`
      00:00.0  agent:bot    GET  hooks.test/r/1            302  in=otel trace=t1 span=b dur=100 location=http://inner.test/token
      00:00.2  unknown:net  GET  inner.test/token          200  in=otel trace=t1 span=c dur=100`),
  ).toMatchObject({ 'otel#2': 'bot' });
});
