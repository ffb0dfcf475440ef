import { expect, test } from 'vitest';
import type { CallDetail } from '#shared/contract/rows.ts';
import { compareFacts, compareNamed, compareParameters } from '#renderer/widgets/call/call-differences.ts';

const detail = (call: Partial<CallDetail['call']>): CallDetail => ({
  call: { id: 1, ref: 'a.har#1', timeKind: 'start', format: 'har', findings: 0, ...call },
  provenance: [],
  requestHeaders: [],
  responseHeaders: [],
  raw: '',
  timings: [],
  extras: [],
  edgesIn: [],
  edgesOut: [],
  findings: [],
});

test('facts stand side by side; what neither call says is left out', () => {
  const rows = compareFacts(detail({ method: 'GET', status: 200 }), detail({ method: 'GET', status: 403, tool: 'mcp:x' }));
  expect(rows.filter(({ name }) => name !== 'Reference')).toEqual([
    { name: 'Method', left: 'GET', right: 'GET', same: true },
    { name: 'Status', left: '200', right: '403', same: false },
    { name: 'Tool', left: undefined, right: 'mcp:x', same: false },
  ]);
});

test('headers of one name are compared in their order, whatever the case of the name', () => {
  const rows = compareNamed(
    [
      { name: 'Set-Cookie', value: 'a' },
      { name: 'Set-Cookie', value: 'b' },
    ],
    [{ name: 'set-cookie', value: 'a' }],
  );
  expect(rows.map(({ left, right, same }) => [left, right, same])).toEqual([
    ['a', 'a', true],
    ['b', undefined, false],
  ]);
});

test('parameters are compared by name', () => {
  const rows = compareParameters(detail({ query: 'page=1&size=10' }), detail({ query: 'size=10&page=2' }));
  expect(rows.filter((row) => !row.same).map(({ name }) => name)).toEqual(['page']);
});
