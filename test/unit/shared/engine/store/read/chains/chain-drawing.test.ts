import { describe, expect, test } from 'vitest';
import { CALL_KEYS, unpackChain, type ChainDrawing } from '#shared/contract/chain-drawing.ts';
import type { ChainDetail } from '#shared/contract/rows.ts';
import { inventoryPass } from '#shared/engine/passes/inventory.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { drawChain } from '#shared/engine/store/read/chains/chain-drawing.ts';
import { getChain } from '#shared/engine/store/read/chains/chains.ts';
import { caseFromText, type TextCase } from '#test/support/calls-from-text.ts';

const linked = async (text: string): Promise<TextCase> => {
  const made = caseFromText(text);
  await chainsPass.run(made.context);
  return made;
};

const fan = `
  00:00.0  human:ann  GET   api.acme.test/cart        200  trace=t1 span=a dur=2000 bytes=100 answer=900
  00:00.2  -          GET   stock.svc.local/items/7   503  in=envoy trace=t1 span=b parent=a dur=100
  00:00.4  -          GET   stock.svc.local/items/7   200  in=envoy trace=t1 span=c parent=a dur=300
  00:01.0  -          POST  hooks.example/notify      202  in=envoy trace=t1 span=e parent=c dur=50 bytes=40`;

/** What is drawn of a chain that is read in full. */
function drawnOf({ chain, calls, edges, truncated }: ChainDetail): ChainDrawing {
  const keys: ReadonlySet<string> = new Set(['ref', ...CALL_KEYS]);
  const drawn = calls.map((call) => ({
    ...Object.fromEntries(Object.entries(call).filter(([key]) => keys.has(key))),
  }));
  return { chain, calls: drawn as unknown as ChainDrawing['calls'], edges, usual: [], truncated };
}

describe('a chain as its screen draws it', () => {
  test.each([1, 3, 100])('says what the chain read in full says, at most %i calls', async (limit) => {
    const { db } = await linked(fan);
    const [packed, full] = [drawChain(db, 'kong#1', limit), getChain(db, 'kong#1', limit)];
    if (packed === undefined || full === undefined) throw new Error('the chain was not found');
    expect(unpackChain(packed)).toEqual(drawnOf(full));
  });

  test('crosses the wire as text', async () => {
    const { db } = await linked(fan);
    const packed = drawChain(db, 'kong#1', 100);
    expect(JSON.parse(JSON.stringify(packed))).toEqual(packed);
  });

  test('says how long its endpoints usually take, of all calls of the case', async () => {
    const { db, context } = await linked(fan);
    await inventoryPass.run(context);
    const usual = drawChain(db, 'kong#1', 100)?.usual ?? [];
    expect(usual.map(({ endpoint, timed }) => `${endpoint.replace(/^\S+ /, '')} ${String(timed)}`).sort()).toEqual(
      db.prepare("SELECT substr(e.key, instr(e.key, ' ') + 1) || ' ' || s.timed AS text FROM endpoint e JOIN endpoint_summary s ON s.endpoint_id = e.id ORDER BY 1").all<{ text: string }>().map(({ text }) => text),
    ); // prettier-ignore
    expect(usual.find(({ endpoint }) => endpoint.includes('hooks'))).toMatchObject({ timed: 1, p90Ms: expect.closeTo(50, 0) as number });
  });

  test('is undefined where there is no such chain', async () => {
    const { db } = await linked(fan);
    expect(drawChain(db, 'kong#9', 100)).toBeUndefined();
  });
});
