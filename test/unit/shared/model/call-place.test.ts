import { expect, test } from 'vitest';
import { placeOf } from '#shared/model/call-place.ts';

test('a call is named by its path, one without by its tool', () => {
  expect(placeOf({ path: '/v1/items', tool: 'tool:search' })).toBe('/v1/items');
  expect(placeOf({ tool: 'tool:fetch_url' })).toBe('tool fetch_url');
  expect(placeOf({ path: '', tool: 'mcp:a:b' })).toBe('tool a:b');
  expect(placeOf({ tool: 'rpc:tools/list' })).toBe('tools/list');
  expect(placeOf({})).toBe('');
});
