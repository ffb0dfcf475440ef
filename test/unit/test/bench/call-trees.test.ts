import { expect, test } from 'vitest';

import { fittedDelays } from '#test/bench/truth-peers/fitted-delays.ts';
import { lastOpen } from '#test/bench/truth-peers/last-open.ts';
import { playTrees, type TreeCall } from '#test/bench/truth-trees/play.ts';
import { peerScores, treeScores } from '#test/bench/truth-trees/score.ts';
import { APPS } from '#test/bench/truth-trees/shapes.ts';
import { toRatios } from '#test/bench/truth/score.ts';

const f1 = (calls: readonly TreeCall[], parents: readonly number[]): number => toRatios(peerScores(calls, parents))['edges.f1'] ?? 0;
const [HOTEL] = APPS;

test('who knows everything has 1, who says nothing 0, as a peer and as the product', () => {
  if (HOTEL === undefined) throw new Error('no app');
  const calls = playTrees(HOTEL, 20, 1, 'one');
  const edges = calls.flatMap(({ parent }, place) =>
    parent < 0 ? [] : [{ from: `a#${String(parent + 1)}`, to: `a#${String(place + 1)}`, kinds: ['nesting'], confidence: 1, why: '' }],
  );
  expect(f1(calls, calls.map(({ parent }) => parent))).toBe(1); // prettier-ignore
  expect(f1(calls, calls.map(() => -1))).toBe(0); // prettier-ignore
  expect(toRatios(treeScores(calls, edges))).toMatchObject({ 'edges.f1': 1, 'calibration.error': 0 });
});

test('requests that overlap are what makes it hard, and fitted delays do better than the latest open request', () => {
  if (HOTEL === undefined) throw new Error('no app');
  const [alone, dense] = [playTrees(HOTEL, 100, 0.01, 'one'), playTrees(HOTEL, 300, 5, 'one')];
  expect(f1(alone, lastOpen(alone))).toBeGreaterThan(0.98);
  expect(f1(dense, lastOpen(dense))).toBeLessThan(0.7);
  expect(f1(dense, fittedDelays(dense))).toBeGreaterThan(f1(dense, lastOpen(dense)) + 0.1);
});

test('the same seed plays the same calls', () => {
  if (HOTEL === undefined) throw new Error('no app');
  expect(playTrees(HOTEL, 5, 1, 'two')).toEqual(playTrees(HOTEL, 5, 1, 'two'));
});
