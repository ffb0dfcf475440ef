import { expect, test } from 'vitest';
import type { Block } from '#shared/engine/report/blocks.ts';
import { fitToPages } from '#shared/engine/report/fit-to-pages.ts';

const table = (rows: number, omitted = 0): Block => ({
  kind: 'table',
  caption: 'rows',
  head: [
    { text: 'a', align: 'start' },
    { text: 'b', align: 'start' },
  ],
  rows: Array.from({ length: rows }, () => [[], []]),
  omitted,
});

/** Rows and left out rows of each table. */
const sizes = (blocks: readonly Block[]): readonly (readonly number[])[] =>
  blocks.flatMap((block) => (block.kind === 'table' ? [[block.rows.length, block.omitted]] : []));

test('the longest tables share what the short ones leave, and say what they leave out', () => {
  const [part] = fitToPages([{ blocks: [table(10), table(1000, 5), table(20)] }], 100);
  expect(sizes(part?.blocks ?? [])).toEqual([
    [10, 0],
    [70, 935],
    [20, 0],
  ]);
});

test('a report that fits is left as it is', () => {
  const parts = [{ blocks: [table(10), table(90)] }];
  expect(fitToPages(parts, 100)).toBe(parts);
});

test('a row that only heads others is not counted as left out', () => {
  const headed: Block = { ...table(0), rows: [[[]], ...Array.from({ length: 5 }, () => [[], []]), [[]], [[], []]] } as Block;
  expect(sizes(fitToPages([{ blocks: [headed] }], 3)[0]?.blocks ?? [])).toEqual([[3, 4]]);
});
