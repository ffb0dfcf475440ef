import { describe, expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { readChainFacts } from '#shared/engine/store/read/chains/chain-facts.ts';
import { listChains } from '#shared/engine/store/read/chains/chains.ts';
import { caseFromText, type TextCase } from '#test/support/calls-from-text.ts';

const linked = async (text: string): Promise<TextCase> => {
  const made = caseFromText(text);
  await chainsPass.run(made.context);
  return made;
};

/** A front call that asks a service three times, the first answer failing, and tells a host outside. */
const fan = `
  00:00.0  human:ann  GET   api.acme.test/cart        200  trace=t1 span=a dur=2000 bytes=100 answer=900
  00:00.2  -          GET   stock.svc.local/items/7   503  in=envoy trace=t1 span=b parent=a dur=100
  00:00.4  -          GET   stock.svc.local/items/7   200  in=envoy trace=t1 span=c parent=a dur=300
  00:00.5  -          GET   stock.svc.local/items/8   200  in=envoy trace=t1 span=d parent=a dur=100
  00:01.0  -          POST  hooks.example/notify      202  in=envoy trace=t1 span=e parent=c dur=50 bytes=40`;

describe('facts of a chain', () => {
  test('name the call that the others follow from, how far and how wide', async () => {
    const { db } = await linked(fan);
    expect(readChainFacts(db, 'kong#1')).toMatchObject({
      rootCause: {
        call: 'kong#1',
        step: 'GET api.acme.test/cart',
        follows: 4,
        why: 'every other call follows from it over links that show a cause',
      },
      roots: 1,
      depth: 3,
      fanOut: { most: 3, call: 'kong#1', mean: 2 },
      sameShape: 1,
      truncated: false,
    });
    expect(listChains(db, { from: 0, count: 1 }).rows[0]?.root).toBe('kong#1');
  });

  test('measure the tempo, and which calls ran beside others that did not cause them', async () => {
    const { db } = await linked(fan);
    expect(readChainFacts(db, 'kong#1')?.tempo).toEqual({
      durationMs: 2000,
      callsPerSecond: 2.5,
      medianGapMs: 200,
      p95GapMs: 455,
      overlapping: 1,
      atOnce: 3,
    });
  });

  test('list hosts with their trust domains and where the chain left one', async () => {
    const { db } = await linked(fan);
    const facts = readChainFacts(db, 'kong#1');
    expect(facts?.domains).toEqual(['acme.test', 'internal', 'hooks.example']);
    expect(facts?.crossings).toEqual([
      { fromDomain: 'acme.test', toDomain: 'internal', edges: 3, from: 'kong#1', to: 'envoy#1' },
      { fromDomain: 'internal', toDomain: 'hooks.example', edges: 1, from: 'envoy#2', to: 'envoy#4' },
    ]);
    expect(facts?.out).toMatchObject({ bytes: 140, callsWithBytes: 2 });
  });

  test('fold alike calls under one cause, tell a retry, and lose no call', async () => {
    const { db } = await linked(`${fan}
      00:01.2  -          GET   stock.svc.local/items/9   200  in=envoy trace=t1 span=f parent=a dur=10`);
    const folds = readChainFacts(db, 'kong#1')?.folds ?? [];
    expect(folds.map(({ parent = '-', kind, step, calls }) => `${parent} ${kind} ${step} ${calls.join(',')}`)).toEqual([
      '- call GET api.acme.test/cart kong#1',
      'kong#1 retry GET stock.svc.local/items/{id} envoy#1',
      'kong#1 loop GET stock.svc.local/items/{id} envoy#2,envoy#3,envoy#5',
      'envoy#2 call POST hooks.example/notify envoy#4',
    ]);
    expect(folds[2]).toMatchObject({ outcome: 'ok', statuses: { 200: 3 }, slowestMs: 300 });
  });

  test('do not name a cause where nothing shows one', async () => {
    const { db } = await linked(`
      00:00.0  agent:bot  GET  api.acme.test/a  200
      00:01.0  agent:bot  GET  api.acme.test/b  200`);
    expect(readChainFacts(db, 'kong#1')?.rootCause).toEqual({
      call: 'kong#1',
      step: 'GET api.acme.test/a',
      follows: 0,
      why: 'the chain begins with it; no link shows that it led to another call; 1 other has no cause in the chain either',
    });
  });

  test('of calls without time or status stay silent about both', async () => {
    const { db } = await linked(`
      -  human:ann  GET  api.acme.test/a  -  trace=t1 span=a
      -  -          GET  stock.svc.local/b  -  in=envoy trace=t1 span=b parent=a`);
    const [chain] = listChains(db, { from: 0, count: 1 }).rows;
    const facts = readChainFacts(db, chain?.id ?? '');
    expect(facts?.tempo).toEqual({ overlapping: 0, atOnce: 0 });
    expect(facts?.folds.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  });

  test('are not there for a chain that is not', async () => {
    const { db } = await linked(fan);
    expect(readChainFacts(db, 'kong#9')).toBeUndefined();
  });
});
