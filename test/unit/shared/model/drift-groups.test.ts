import { expect, test } from 'vitest';
import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import { groupDrift } from '#shared/model/drift-groups.ts';

const host = (name: string, change: BaselineDrift['change'], before?: number, after?: number): BaselineDrift => ({
  what: 'host',
  host: name,
  change,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

test('differences stand by their sort, what surprises most first and the largest change first', () => {
  const groups = groupDrift([
    host('steady.test', 'more', 10, 25),
    host('wild.test', 'more', 10, 90),
    { what: 'principal', principal: 'agent:helper', kind: 'agent', change: 'gone', before: 4 },
    { what: 'principal', principal: 'x', kind: 'unknown', change: 'new', after: 1 },
    host('files.test', 'new', undefined, 2),
  ]);
  expect(groups.map(({ sign, one, rows }) => `${sign}${String(rows.length)} ${one}`)).toEqual([
    '+1 host',
    '+1 principal of no known kind',
    '2 called more often',
    '−1 agent',
  ]);
  expect(groups[2]?.rows.map((row) => row.host)).toEqual(['wild.test', 'steady.test']);
});

test('no difference makes no group', () => {
  expect(groupDrift([])).toEqual([]);
});
