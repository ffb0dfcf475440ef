import { expect, test } from 'vitest';
import { nodeCodec } from '#electron/node/crypto.ts';
import type { CaptureSides } from '#shared/contract/two-sides.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { everyCall, callReader } from '#shared/engine/store/read/calls/calls.ts';
import { listSides } from '#shared/engine/store/read/two-sides/list-sides.ts';
import { compileQuery } from '#shared/engine/store/query-sql.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { caseFromText, type TextOptions } from '#test/support/calls-from-text.ts';

async function sidesOf(text: string, options: TextOptions = {}): Promise<{ readonly sides: CaptureSides; readonly found: (query: string) => readonly string[] }> {
  const { db, context } = caseFromText(text, options);
  await chainsPass.run(context);
  const [sides] = await listSides(db, nodeCodec, () => Promise.resolve());
  if (sides === undefined) throw new Error('no capture');
  const found = (query: string): readonly string[] => {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(query);
    return [...callReader(db).iterate(compileQuery(parsed.ast))].map(({ ref }) => ref);
  };
  expect([...callReader(db).iterate(everyCall)].length).toBeGreaterThan(0);
  return { sides, found };
} // prettier-ignore

/** Six requests of both, the log 800 ms ahead. */
const both = Array.from({ length: 6 }, (_, index) => {
  const minute = String(index * 2).padStart(2, '0');
  return `00:${minute}:10.0 human:ann GET api.acme.test/orders/${String(index)} 200 in=har cred=key-1 ua=Firefox
    00:${minute}:10.8 human:ann GET api.acme.test/orders/${String(index)} 200 cred=key-1 ip=198.51.100.9 ua=Firefox answer=${String(300 + index)}`;
}).join('\n');

test('both sides of a request are one, with the clock of the log measured, and the number opens its calls', async () => {
  const { sides, found } = await sidesOf(both);
  expect(sides).toMatchObject({ capture: 'har', records: 6, matched: { calls: 6 }, clientOnly: [], secondUses: [], changes: [] });
  expect(sides.logs).toEqual([{ source: 'kong', matched: 6, skewMs: 800, spreadMs: 0 }]);
  expect(found(sides.matched.query)).toHaveLength(6);
});

test('what only the client saw is told apart by why', async () => {
  const { sides, found } = await sidesOf(`${both}
    00:03:00.0 human:ann GET cdn.other.test/a.js 200 in=har
    00:03:10.0 human:ann GET api.acme.test/blocked - in=har
    00:03:20.0 human:ann GET api.acme.test/elsewhere/x 200 in=har
    00:30:00.0 human:ann GET api.acme.test/orders/99 200 in=har`);
  const reasons = Object.fromEntries(sides.clientOnly.map(({ reason, query }) => [reason, found(query)]));
  expect(reasons).toEqual({
    'other-host': ['har#7'],
    failed: ['har#8'],
    'never-arrived': ['har#9'],
    'outside-log': ['har#10'],
  });
});

test('a request with another status in the log, or with a prefix taken from its path, is one that was changed', async () => {
  const { sides, found } = await sidesOf(`${both}
    00:05:00.0 human:ann GET api.acme.test/reports/7 200 in=har cred=key-1 ua=Firefox
    00:05:00.8 human:ann GET api.acme.test/reports/7 304 cred=key-1 ip=198.51.100.9 ua=Firefox
    00:07:00.0 human:ann GET api.acme.test/shop/v2/items/7 200 in=har cred=key-1 ua=Firefox
    00:07:00.8 human:ann GET api.acme.test/v2/items/7 200 cred=key-1 ip=198.51.100.9 ua=Firefox`);
  expect(sides.changed.calls).toBe(2);
  expect(sides.clientOnly).toEqual([]);
  expect(sides.secondUses).toEqual([]);
  expect(sides.changes.map(({ kind, what, query }) => [kind, what, ...found(query)]).toSorted()).toEqual([
    ['path', '/shop/v2/items/7 → /v2/items/7', 'kong#8'],
    ['status', '200 → 304', 'kong#7'],
  ]);
});

test('headers that the gateway added are told; those that the log never writes are not', async () => {
  const told = (request: readonly string[]): { readonly request: readonly string[] } => ({ request });
  const { sides } = await sidesOf(both, {
    headers: Object.fromEntries(
      [1, 2, 3, 4, 5, 6].flatMap((record) => [
        [`har#${String(record)}`, told(['accept: */*', 'x-shop: 1', 'dnt: 1'])],
        [`kong#${String(record)}`, told([...(record === 1 ? [] : ['x-shop: 1']), 'accept: text/html', 'via: gw'])],
      ]),
    ),
  });
  expect(sides.changes.map(({ kind, how, what, calls }) => `${kind} ${how} ${what} ${String(calls)}`)).toEqual([
    'request-header changed accept 6',
    'request-header added via 6',
    'request-header removed x-shop 1',
  ]);
});

test('the second user’s calls are found by their records, those of the client’s own place are told as such', async () => {
  const { sides, found } = await sidesOf(`${both}
    00:03:30.0 human:ann GET api.acme.test/cards/1 200 cred=key-1 ip=192.0.2.1 ua=Firefox
    00:03:40.0 human:ann GET api.acme.test/cards/2 403 cred=key-1 ip=192.0.2.1 ua=Firefox`);
  expect(sides.secondUses).toMatchObject([
    { credential: 'key-1', by: 'credential', own: 6, calls: 2, accepted: 1, isSamePlace: false, otherPlaces: [{ address: '192.0.2.1', calls: 2 }], ownPlaces: [{ calls: 6 }] },
  ]);
  expect(found(sides.secondUses[0]?.query ?? '')).toEqual(['kong#7', 'kong#8']);
}); // prettier-ignore
