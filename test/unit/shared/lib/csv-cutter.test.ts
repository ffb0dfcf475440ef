import { expect, test } from 'vitest';
import { CsvCutter, splitCsvRow } from '#shared/lib/csv-cutter.ts';
import type { CsvRow } from '#shared/lib/csv-cutter.ts';

const cut = (text: string, columns?: number, chunk = text.length + 1, maxRow?: number): CsvRow[] => {
  const bytes = new TextEncoder().encode(text);
  const cutter = new CsvCutter(',', columns, maxRow);
  const rows: CsvRow[] = [];
  for (let at = 0; at < bytes.length; at += chunk) rows.push(...cutter.push(bytes.slice(at, at + chunk)));
  return [...rows, ...cutter.end()];
};
const short = (rows: readonly CsvRow[]): string[] => rows.map((row) => `${String(row.line)} ${row.problem ?? row.cells.join('|')}`);

test('quotes are taken off, and line ends and delimiters inside of them belong to the cell', () => {
  expect(short(cut('a,b\n"x, ""y""","two\r\nlines"\n1,2\n', 2))).toEqual(['1 a|b', '2 x, "y"|two\r\nlines', '4 1|2']);
});

test('LF, CRLF and a lone CR end a row, and blank lines are no rows but count', () => {
  expect(short(cut('a,b\r\n\r\n1,2\r3,4\n\n5,6', 2))).toEqual(['1 a|b', '3 1|2', '4 3|4', '6 5|6']);
});

test('each row says where its bytes stand', () => {
  const text = 'naïve,b\n"1\n2",x\r\nlast,y';
  const bytes = new TextEncoder().encode(text);
  for (const row of cut(text, 2)) expect(new TextDecoder().decode(bytes.subarray(row.start, row.start + row.length))).toBe(row.text);
});

test.each([1, 2, 3, 7])('chunks of %i bytes give the same', (chunk) => {
  const text = 'a,b\r\n"x\r\ny",2\n"open,3\n4,5\n"q""q",6\r7,8,9\r\n\n"tail,\n1,2';
  expect(cut(text, 2, chunk)).toEqual(cut(text, 2));
});

test('a row with another number of cells is ragged and costs only itself', () => {
  expect(short(cut('a,b\n1\n1,2,3\n4,5\n', 2))).toEqual(['1 a|b', '2 ragged', '3 ragged', '4 4|5']);
});

test('a quote that is never closed costs its own line only', () => {
  expect(short(cut('a,b\n1,"open\n2,3\n"4",5\n6,7', 2))).toEqual(['1 a|b', '2 open-quote', '3 2|3', '4 4|5', '5 6|7']);
  expect(short(cut('a,b\n1,"open\n2,3\n', 2))).toEqual(['1 a|b', '2 open-quote', '3 2|3']);
});

test('a row above the limit is told with its length and not held', () => {
  const rows = cut(`a,b\n${'x'.repeat(3000)},1\n2,3\n`, 2, 100, 1000);
  expect(short(rows)).toEqual(['1 a|b', '2 too-long', '3 2|3']);
  expect(rows[1]).toMatchObject({ length: 3002, start: 4 });
});

test('a file in which every line opens a quote is read in linear time', () => {
  const rows = cut('"x,1\ny",2,3\n'.repeat(20_000), 2, 65_536, 50_000);
  const bytes = rows.reduce((sum, row) => sum + row.length, 0);
  expect(rows.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual('"x,1\ny",2,3\n'.length * 20_000);
});

test('cells are split leniently: a quote inside of a bare cell is text', () => {
  expect(splitCsvRow('a"b,"c"d,""', ',')).toEqual(['a"b', 'cd', '']);
  expect(splitCsvRow(',', ',')).toEqual(['', '']);
  expect(splitCsvRow('"a",', ',')).toEqual(['a', '']);
});
