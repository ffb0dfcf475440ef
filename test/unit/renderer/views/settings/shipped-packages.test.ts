import { expect, test } from 'vitest';
import { shippedPackages } from '#renderer/views/settings/shipped-packages.ts';

/** Licences that ask for nothing but their own text beside the product. */
const PERMISSIVE = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'OFL-1.1',
  'Unlicense',
  'BlueOak-1.0.0',
  '(MIT OR CC0-1.0)',
]);

test('every package in the product is under a licence that lets it be there', () => {
  expect(shippedPackages.filter(({ licence }) => !PERMISSIVE.has(licence))).toEqual([]);
});

test('the list knows what the product is built on', () => {
  const names = shippedPackages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['electron', 'better-sqlite3', 'react', 'zod', 'ws', 'yaml', 'yauzl', 'd3']));
});
