import { expect, test } from 'vitest';
import {
  layColumns,
  moveColumn,
  NARROWEST,
  parseLayout,
  placeColumn,
  sizeColumn,
  toggleColumn,
  toLayout,
  WIDEST,
} from '#renderer/widgets/table/column-layout.ts';
import type { ColumnLayout } from '#renderer/widgets/table/table-column.ts';

const columns = ['a', 'b', 'c'].map((id) => ({ id, title: id, width: '1fr', cell: () => null }));
const ids = (layout: ColumnLayout): string => layout.map(({ id }) => id).join('');
const abc = toLayout(['a', 'b', 'c']);

test('columns come in the order of the layout, with its widths; unknown ones are passed over', () => {
  const laid = layColumns(columns, [{ id: 'c', width: 80 }, { id: 'gone' }, { id: 'a' }]);
  expect(laid.map(({ id, width }) => `${id} ${width}`)).toEqual(['c 80px', 'a 1fr']);
});

test('a column is hidden, shown again at the end, and the last one stays', () => {
  expect(ids(toggleColumn(abc, 'b'))).toBe('ac');
  expect(ids(toggleColumn(toggleColumn(abc, 'b'), 'b'))).toBe('acb');
  expect(ids(toggleColumn(toLayout(['a']), 'a'))).toBe('a');
});

test.each([
  ['a', 1, 'bac'],
  ['a', 9, 'bca'],
  ['c', -1, 'acb'],
  ['a', -1, 'abc'],
  ['nothing', 1, 'abc'],
])('%s moved by %i gives %s', (id, by, expected) => {
  expect(ids(moveColumn(abc, id, by))).toBe(expected);
});

test('a dropped column stands where the other one stood', () => {
  expect(ids(placeColumn(abc, 'a', 'c'))).toBe('bca');
  expect(ids(placeColumn(abc, 'c', 'a'))).toBe('cab');
});

test('a width is kept within what can be read, and taken back', () => {
  expect(sizeColumn(abc, 'a', 1)[0]).toEqual({ id: 'a', width: NARROWEST });
  expect(sizeColumn(abc, 'a', 99_999)[0]).toEqual({ id: 'a', width: WIDEST });
  expect(sizeColumn([{ id: 'a', width: 80 }], 'a', undefined)).toEqual([{ id: 'a' }]);
});

test('a stored layout is read back; what is damaged in it is dropped', () => {
  expect(parseLayout(JSON.parse(JSON.stringify([{ id: 'a', width: 80 }, { id: 'b' }])))).toEqual([{ id: 'a', width: 80 }, { id: 'b' }]);
  expect(parseLayout([{ id: 'a', width: -3 }, { id: 7 }, null])).toEqual([{ id: 'a' }]);
  expect(parseLayout('a,b')).toBeUndefined();
  expect(parseLayout([])).toBeUndefined();
});
