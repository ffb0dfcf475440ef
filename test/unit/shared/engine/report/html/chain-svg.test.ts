import { expect, test } from 'vitest';
import { chainSvg, elideMiddle, elideOperation } from '#shared/engine/report/html/chain-svg.ts';

test('a long endpoint keeps its method and the last segments of its path', () => {
  expect(elideOperation('GET /v1/customers/{id}/cards', 16)).toBe('GET …/{id}/cards');
  expect(elideOperation('GET /x', 16)).toBe('GET /x');
  expect(elideOperation('GET /a-single-very-long-segment', 12)).toBe('GET …segment');
});

test('a long name loses its middle', () => {
  expect(elideMiddle('abcdefgh', 5)).toBe('ab…gh');
  expect(elideMiddle('abc', 5)).toBe('abc');
});

test('no line to another column passes through a box of it: past other steps it goes down between the columns', () => {
  const node = (x: number, row: number) => ({ x, y: 30 + row * 46, width: 200, label: 'GET /a', detail: '', shape: 'agent' as const });
  const nodes = [node(10, 0), node(10, 1), node(240, 2), node(240, 3), node(240, 4)];
  const edges = [
    { from: 0, to: 2, style: 'proved' as const, label: '' },
    { from: 0, to: 3, style: 'proved' as const, label: '' },
    { from: 1, to: 4, style: 'value' as const, label: '' },
  ];
  const svg = chainSvg({ kind: 'chain', caption: '', alternative: '', width: 460, height: 300, lanes: [], nodes, edges }, 'p');
  const paths = [...svg.matchAll(/<g class="edge[^"]*">(.*?)<path class="arrow"/g)].map((match) => match[1] ?? '');
  const downs = paths.map((path) => [...path.matchAll(/ (\d+(?:\.\d+)?) \d+(?:\.\d+)?V/g)].map((match) => Number(match[1])));
  // The first enters its step from above; those past it keep left of its column, right of the first.
  expect(downs[0]?.every((x) => x > 240 && x < 440)).toBe(true);
  for (const x of [...(downs[1] ?? []), ...(downs[2] ?? [])]) expect(x > 210 && x < 240).toBe(true);
  expect(downs.map((each) => each.length)).toEqual([1, 1, 2]);
});
