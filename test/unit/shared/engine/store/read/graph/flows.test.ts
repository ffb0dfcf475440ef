import { inventoryPass } from '#shared/engine/passes/inventory.ts';
import { callReader } from '#shared/engine/store/read/calls/calls.ts';
import { listInventory } from '#shared/engine/store/read/inventory/list-inventory.ts';
import { toConversation } from '#shared/engine/store/read/messages/conversation.ts';
import { answerWord, hasFailed } from '#shared/model/call-outcome.ts';
import { expect, test } from 'vitest';
import { unpackChain } from '#shared/contract/chain-drawing.ts';
import { attributionPass } from '#shared/engine/passes/attribution.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { drawChain } from '#shared/engine/store/read/chains/chain-drawing.ts';
import { readChainTree } from '#shared/engine/store/read/chains/chain-calls.ts';
import { everyCall } from '#shared/engine/store/read/calls/calls.ts';
import { EVERY_CALL } from '#shared/engine/store/columns/call-search.ts';
import { getEndpoint } from '#shared/engine/store/read/inventory/get-endpoint.ts';
import { foundFlows } from '#shared/engine/store/read/graph/found-flows.ts';
import { graphSpread } from '#shared/engine/store/read/graph/spread.ts';
import { walkedFlows } from '#shared/engine/store/read/graph/walked-flows.ts';
import { walkedSpread } from '#shared/engine/store/read/graph/walked-spread.ts';
import { noBreath, searchOver } from '#test/support/call-search.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

// Records of CloudTrail have no status: whether a call was denied stands beside it.
const text = `
  00:00.0  human:ann  CALL  s3.aws.test/GetObject   -    in=cloudtrail trace=t said=given
  00:01.0  human:ann  CALL  s3.aws.test/GetObject   -    in=cloudtrail trace=t said=denied
  00:02.0  human:ann  CALL  s3.aws.test/GetObject   -    in=cloudtrail trace=t said=failed
  00:03.0  human:ann  CALL  s3.aws.test/GetObject   -    in=cloudtrail trace=t
  00:04.0  human:ann  CALL  s3.aws.test/GetObject   503  in=cloudtrail trace=t`;

const control = { breathe: noBreath, progress: () => undefined };

test('a call that failed by what its record says counts as failed wherever failures are counted', async () => {
  const { db, context } = caseFromText(text);
  await chainsPass.run(context);
  await attributionPass.run(context);
  expect(db.prepare('SELECT calls, failed FROM chain').all()).toEqual([{ calls: 5, failed: 3 }]);
  const { id, key } = db.prepare('SELECT id, key FROM chain').get<{ id: number; key: string }>() ?? { id: 0, key: '' };
  expect(readChainTree(db, id, 10).calls.map(({ outcome }) => outcome)).toEqual(['ok', 'failed', 'failed', 'unknown', 'failed']);
  const drawn = drawChain(db, key, 10);
  expect(drawn && unpackChain(drawn).calls.map(hasFailed)).toEqual([false, true, true, false, true]);

  expect(drawn && unpackChain(drawn).calls.map(answerWord)).toEqual(['done', 'denied', 'failed', undefined, '503']);
  const reader = callReader(db);
  const others = await toConversation([...reader.iterate(everyCall)], 5, () => ({}), noBreath);
  expect(others.turns).toMatchObject([{ kind: 'calls', count: 5, failed: 3 }]);
  await inventoryPass.run(context);
  expect(listInventory(db, '').rows).toMatchObject([{ calls: 5, failed: 3, statuses: { 503: 1 } }]);

  const search = searchOver(db);
  const found = await search.find(EVERY_CALL, noBreath);
  if (found === undefined) throw new Error('so small a case is read into memory');
  const { key: endpoint = '' } = db.prepare('SELECT key FROM endpoint').get<{ key: string }>() ?? {};
  expect(await getEndpoint(search, endpoint, noBreath)).toMatchObject({ failed: 3, callers: [{ calls: 5, failed: 3 }] });
  for (const source of [foundFlows(db, found, noBreath), walkedFlows(db, everyCall, control)])
    expect((await source.flows()).reduce((sum, { failed }) => sum + failed, 0)).toBe(3);
  for (const spread of [await graphSpread(db, found, 10, noBreath), await walkedSpread(db, everyCall, 10, control)])
    expect(spread.steps.reduce((sum, { failed }) => sum + failed, 0)).toBe(3);
});
