import { expect, test } from 'vitest';
import { driftBetween } from '#shared/model/baseline-drift.ts';
import type { BaselineContent } from '#shared/model/baseline-file.ts';

const habit = { objects: 0, bytes: 0, contexts: 1, statuses: {}, rates: new Array<number>(24).fill(0) };
const content = (days: number, callers: Readonly<Record<string, number>>): BaselineContent => ({
  from: '2026-10-01T00:00:00.000000Z',
  to: `2026-10-0${String(1 + days)}T00:00:00.000000Z`,
  kinds: [],
  principals: Object.entries(callers).map(([key, calls]) => ({ key, kind: 'service', calls, ...habit })),
  endpoints: [],
  pairs: [],
});

test('who came, who went and whose rate doubled is drift; the same rate over more days is none', () => {
  const drift = driftBetween(content(2, { a: 100, b: 100, gone: 5 }), content(4, { a: 200, b: 800, fresh: 7 }));
  expect(drift).toEqual([
    { what: 'principal', principal: 'b', change: 'more', before: 50, after: 200 },
    { what: 'principal', principal: 'fresh', change: 'new', after: 1.75 },
    { what: 'principal', principal: 'gone', change: 'gone', before: 2.5 },
  ]);
});

test('a pair of known ones that comes is told; one of a newcomer is told with the newcomer alone', () => {
  const pair = (principal: string, endpoint: string) => ({ principal, endpoint, calls: 3 });
  const endpoints = [{ key: 'GET a/x', calls: 9, ...habit }, { key: 'GET a/y', calls: 9, ...habit }]; // prettier-ignore
  const before = { ...content(2, { a: 9 }), endpoints, pairs: [pair('a', 'GET a/x')] };
  const after = {
    ...content(2, { a: 9, fresh: 9 }),
    endpoints,
    pairs: [pair('a', 'GET a/x'), pair('a', 'GET a/y'), pair('fresh', 'GET a/x')],
  };
  expect(driftBetween(before, after)).toEqual([
    { what: 'principal', principal: 'fresh', change: 'new', after: 4.5 },
    { what: 'pair', principal: 'a', endpoint: 'GET a/y', change: 'new', after: 1.5 },
  ]);
});
