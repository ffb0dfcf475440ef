import { expect, test } from 'vitest';
import { causesFirst, effectsOf, findCauses, ROOT, type TreeEdge } from '#shared/model/chain-tree.ts';

const edge = (from: number, to: number, kind: TreeEdge['kind'], confidence = 0.9): TreeEdge => ({ from, to, kind, confidence });
const causes = (count: number, edges: readonly TreeEdge[], same = false): readonly number[] => [...findCauses(count, edges, () => same)];

test('the strongest kind of proof says which call is the cause, then the confidence', () => {
  expect(causes(3, [edge(0, 2, 'value', 0.99), edge(1, 2, 'trace', 0.7)])).toEqual([ROOT, ROOT, 1]);
  expect(causes(3, [edge(0, 2, 'value', 0.6), edge(1, 2, 'value', 0.9)])).toEqual([ROOT, ROOT, 1]);
});

test('order alone is no cause', () => {
  expect(causes(2, [edge(0, 1, 'adjacent')])).toEqual([ROOT, ROOT]);
});

test('pages of one listing are siblings, however many', () => {
  const pages = [edge(0, 1, 'trace'), edge(1, 2, 'pagination'), edge(2, 3, 'pagination')];
  expect(causes(4, pages, true)).toEqual([ROOT, 0, 0, 0]);
  expect(causes(4, pages)).toEqual([ROOT, 0, 1, 2]);
});

test('edges that close a circle are left out', () => {
  expect(causes(2, [edge(1, 0, 'trace'), edge(0, 1, 'trace', 0.5)])).toEqual([1, ROOT]);
});

test('every call comes once, causes before effects', () => {
  expect(causesFirst(effectsOf(Int32Array.from([2, 0, ROOT, 0])))).toEqual([2, 0, 1, 3]);
});
