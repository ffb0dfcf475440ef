import { expect, test } from 'vitest';
import { compareChains, featuresOf, rarityAmong, similarityOf } from '#shared/model/chain-likeness.ts';
import { ROOT } from '#shared/model/chain-tree.ts';

const flat = (text: string) => {
  const steps = text.split(' ');
  return featuresOf(steps, new Int32Array(steps.length).fill(ROOT));
};
const even = () => 1;

test('features are steps and what followed what, under a cause or beside it', () => {
  expect([...featuresOf(['a', 'b', 'b', 'c'], Int32Array.from([ROOT, 0, 0, ROOT])).keys()]).toEqual(['a', 'b', 'c', 'a > c', 'a > b']);
});

test('the same chain is alike in full, another with nothing in common not at all', () => {
  expect(compareChains(flat('a b c'), flat('a b c'), even).similarity).toBe(1);
  expect(compareChains(flat('a b'), flat('c d'), even).similarity).toBe(0);
  expect(compareChains(flat('a b'), flat('a c'), even).similarity).toBe(1 / 5);
});

test('order counts less than steps, and number less than kind', () => {
  const own = flat('a b c d');
  const [turned, other, more] = ['a c b d', 'a b c x', 'a b c d d'].map((text) => compareChains(own, flat(text), even).similarity);
  expect(more).toBeGreaterThan(turned ?? 1);
  expect(other).toBeLessThan(1);
});

test('a step that all chains have weighs little', () => {
  const chains = [flat('login rare'), flat('login x'), flat('login y')];
  const rarity = rarityAmong(chains);
  expect(rarity('rare')).toBeGreaterThan(rarity('login'));
});

test('a step that is missing says so once, not again with each neighbour', () => {
  const { missing, added, shared } = compareChains(flat('a b c'), flat('a c'), even);
  expect(missing).toEqual([{ step: 'b' }]);
  expect(added).toEqual([{ step: 'c', from: 'a' }]);
  expect(shared).toEqual([{ step: 'a' }, { step: 'c' }]);
});

test('the number alone is that of the comparison', () => {
  const chains = ['a b c', 'a c', 'c b a a a', 'x y', 'a'].map(flat);
  const rarity = rarityAmong(chains);
  for (const one of chains)
    for (const other of chains) expect(similarityOf(one, other, rarity)).toBeCloseTo(compareChains(one, other, rarity).similarity, 12);
  expect(similarityOf(new Map(), new Map(), rarity)).toBe(0);
});
