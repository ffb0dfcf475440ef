import { expect, test } from 'vitest';
import { attributionPass } from '#shared/engine/passes/attribution.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** Callers of all calls after the passes, by reference; `unknown:net` stands for a caller told by its network only. */
async function callers(text: string): Promise<Readonly<Record<string, string | null>>> {
  const { db, context } = caseFromText(text);
  db.exec("UPDATE principal SET weak = 1 WHERE label = 'net'");
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
