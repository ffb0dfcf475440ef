import { expect, test } from 'vitest';
import { packRows, unpackRows } from '#shared/lib/columns.ts';

const rows = [
  { host: 'a.test', status: 200, path: '/1' },
  { host: 'a.test', path: '/2' },
  { host: 'a.test', status: 200, path: '/3' },
  { path: '/4' },
];

test('rows come out as they went in, keys without a value left out', () => {
  expect(unpackRows(packRows(rows, ['host', 'status', 'path']))).toEqual(rows);
});

test('what is said again and again is written once, what differs is written out', () => {
  const { columns } = packRows(rows, ['host', 'path']);
  expect(columns).toEqual({ host: { values: ['a.test'], at: [0, 0, 0, -1] }, path: ['/1', '/2', '/3', '/4'] });
});

test('a key that no row has is left out, and no rows are no rows', () => {
  expect(packRows([{ a: undefined }], ['a'])).toEqual({ count: 1, columns: {} });
  expect(unpackRows(packRows([], ['a']))).toEqual([]);
});

test('a key of an object is no other than its own', () => {
  expect(unpackRows(packRows([{ ['__proto__x']: 'y' }], ['__proto__x']))).toEqual([{ ['__proto__x']: 'y' }]);
});
