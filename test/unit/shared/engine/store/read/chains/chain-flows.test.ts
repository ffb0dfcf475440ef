import { expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { findSimilarChains, listFlows } from '#shared/engine/store/read/chains/chain-flows.ts';
import { listChains } from '#shared/engine/store/read/chains/chains.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** Runs of agents, each a word a call, `!` for one that fails; hours apart. */
async function runs(texts: readonly string[]) {
  const lines = texts.flatMap((text, hour) =>
    text
      .split(' ')
      .map(
        (step, second) =>
          `${String(hour).padStart(2, '0')}:00:${String(second).padStart(2, '0')}  agent:bot-${String(hour)}  GET  api.acme.test/${step.replace('!', '')}  ${step.endsWith('!') ? '500' : '200'}`,
      ),
  );
  const { db, context } = caseFromText(lines.join('\n'));
  await chainsPass.run(context);
  return db;
}
const breathe = () => Promise.resolve();

test('the same flow at other times is one row, however often a step was repeated', async () => {
  const db = await runs(['list item item', 'list item item item', 'login list', 'list item item']);
  const { rows, total } = await listFlows(db, { from: 0, count: 10 }, breathe);
  expect(total).toBe(2);
  expect(rows).toMatchObject([
    { id: 'kong#1', chains: 3, calls: 10, principals: 3, first: '2026-10-01T00:00:00.000000Z', last: '2026-10-01T03:00:00.000000Z' },
    { chains: 1, calls: 2 },
  ]);
  expect(listChains(db, { from: 0, count: 10, like: 'kong#1' }).total).toBe(3);
});

test('what a flow counts is what the list of its chains holds, page by page', async () => {
  const db = await runs(['a b', 'a b', 'c d!', 'c d!', 'c d!', 'e f']);
  const { rows, total } = await listFlows(db, { from: 0, count: 2 }, breathe);
  expect(rows.map(({ id, chains, failed, withFindings }) => [id, chains, failed, withFindings])).toEqual([
    ['kong#5', 3, 3, 0],
    ['kong#1', 2, 0, 0],
  ]);
  for (const { id, chains, failed } of rows) {
    expect(listChains(db, { from: 0, count: 10, like: id }).total).toBe(chains);
    expect(listChains(db, { from: 0, count: 10, like: id, only: 'failed' }).total).toBe(failed);
  }
  expect(listChains(db, { from: 0, count: 10, only: 'failed' }).rows).toHaveLength(3);
  expect(listChains(db, { from: 0, count: 10, only: 'incident' }).total).toBe(0);
  expect(await listFlows(db, { from: 2, count: 2 }, breathe)).toMatchObject({ total, rows: [{ chains: 1 }] });
  expect(await listFlows(db, { from: 8, count: 2 }, breathe)).toEqual({ rows: [], from: 8, total: 3 });
});

test('a flow that differs by a step from a more frequent one is its variant, with that step', async () => {
  const db = await runs(['a b c d e f', 'a b c d e f', 'a b c d e f x', 'p q']);
  const { rows } = await listFlows(db, { from: 0, count: 10 }, breathe);
  expect(rows.find(({ calls }) => calls === 7)?.variantOf).toMatchObject({
    id: 'kong#1',
    chains: 2,
    missing: [],
    added: [{ step: 'GET api.acme.test/x' }],
  });
  expect(rows.find(({ calls }) => calls === 2)?.variantOf).toBeUndefined();
});

test('similar chains come with what they share and what they lack, those of the same shape only as a number', async () => {
  const db = await runs(['a b c', 'a b c', 'a b d', 'p q']);
  const similar = await findSimilarChains(db, 'kong#1', 10, breathe);
  expect(similar?.sameShape).toBe(2);
  expect(similar?.rows).toMatchObject([
    { chain: { id: 'kong#7' }, chains: 1, missing: [{ step: 'GET api.acme.test/c' }], added: [{ step: 'GET api.acme.test/d' }] },
  ]);
  expect(similar?.rows[0]?.shared.map(({ step }) => step)).toContain('GET api.acme.test/a');
  expect(await findSimilarChains(db, 'none#1', 10, breathe)).toBeUndefined();
});

test('a case without chains has no flows', async () => {
  const db = await runs([]);
  expect(await listFlows(db, { from: 0, count: 10 }, breathe)).toEqual({ rows: [], from: 0, total: 0 });
});
