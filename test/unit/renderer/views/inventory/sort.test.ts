import { expect, test } from 'vitest';
import { nextSort, parseEndpointSort, sortEndpoints } from '#renderer/views/inventory/sort.ts';
import { endpointRow } from '#test/support/endpoint-row.ts';

const rows = [
  endpointRow('GET /healthz', { calls: 5 }),
  endpointRow('GET api.test/b', { calls: 9, statuses: { 200: 8, 500: 1 }, failed: 1 }),
  endpointRow('GET api.test/a', { calls: 9, statuses: { 200: 9 }, severity: 'low', findings: 7 }),
  endpointRow('GET api.test/c', { calls: 1, statuses: { 404: 1 }, failed: 1, severity: 'high', findings: 1 }),
];
const order = (text: string | undefined): string =>
  sortEndpoints(rows, parseEndpointSort(text))
    .map(({ template }) => template)
    .join(' ');

test('without a sort rows stay as they are, what names no host at the end', () => {
  expect(order(undefined)).toBe('/b /a /c /healthz');
});

test('equal rows keep their order', () => {
  expect(order('-calls')).toBe('/b /a /healthz /c');
});

test('a status mix is sorted by its share of failures, findings by the worst and then by how many', () => {
  expect(order('-status')).toBe('/c /b /healthz /a');
  expect(order('-findings')).toBe('/c /a /healthz /b');
});

test('a sort of another screen is none', () => {
  expect(parseEndpointSort('-durationMs')).toBeUndefined();
  expect(parseEndpointSort('toString')).toBeUndefined();
});

test('the first click shows the largest number or the first text, the second turns it around, the third takes it away', () => {
  expect([undefined, '-calls', 'calls'].map((text) => nextSort(parseEndpointSort(text), 'calls'))).toEqual(['-calls', 'calls', undefined]);
  expect([undefined, 'host', '-host'].map((text) => nextSort(parseEndpointSort(text), 'host'))).toEqual(['host', '-host', undefined]);
});
