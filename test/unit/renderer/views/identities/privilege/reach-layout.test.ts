import { expect, test } from 'vitest';
import type { PrivilegeScope } from '#shared/contract/privilege.ts';
import { layReach, MAX_DRAWN } from '#renderer/views/identities/privilege/reach-layout.ts';

const scope = (name: string, reaches: number, used: number, incident = 0): PrivilegeScope => ({
  scope: name,
  wildcard: false,
  reaches,
  used,
  incident,
  opened: [],
});

test('used scopes stand first, then those of incidents, then unused ones, the widest of each first', () => {
  const { nodes } = layReach([scope('d', 9, 0), scope('c', 1, 0, 1), scope('a', 2, 1), scope('b', 4, 4)], 100);
  expect(nodes.map(({ scope: name, use }) => `${name} ${use}`)).toEqual(['b used', 'a used', 'c incident', 'd unused']);
});

test('bars are in proportion to the widest scope', () => {
  const { nodes } = layReach([scope('a', 4, 1), scope('b', 2, 2)], 100);
  expect(nodes.map(({ reach, used }) => [reach, used])).toEqual([
    [100, 25],
    [50, 50],
  ]);
});

test('a scope that opens nothing known has no bar, and no scope is no picture', () => {
  expect(layReach([scope('a', 0, 0)], 100).nodes[0]).toMatchObject({ reach: 0, used: 0 });
  expect(layReach([], 100).nodes).toEqual([]);
});

test('more scopes than are drawn are left to the table', () => {
  expect(
    layReach(
      Array.from({ length: 60 }, (_, at) => scope(`s${String(at)}`, 1, 0)),
      100,
    ).nodes,
  ).toHaveLength(MAX_DRAWN);
});
