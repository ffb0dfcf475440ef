import { expect, test } from 'vitest';
import { parseSort } from '#renderer/views/calls/use-sort.ts';

test('a sort is read from a link; anything else is by time', () => {
  expect(parseSort('-status')).toEqual({ field: 'status', descending: true });
  expect(parseSort('host')).toEqual({ field: 'host', descending: false });
  expect(parseSort('-nonsense')).toEqual({ field: 'time', descending: false });
  expect(parseSort(undefined)).toEqual({ field: 'time', descending: false });
});
