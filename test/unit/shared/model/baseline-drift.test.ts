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
    { what: 'principal', principal: 'b', kind: 'service', change: 'more', before: 50, after: 200, callsBefore: 100, callsAfter: 800 },
    { what: 'principal', principal: 'fresh', kind: 'service', change: 'new', after: 1.75, callsAfter: 7 },
    { what: 'principal', principal: 'gone', kind: 'service', change: 'gone', before: 2.5, callsBefore: 5 },
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
    { what: 'principal', principal: 'fresh', kind: 'service', change: 'new', after: 4.5, callsAfter: 9 },
    { what: 'pair', principal: 'a', endpoint: 'GET a/y', change: 'new', after: 1.5, callsAfter: 3 },
  ]);
});

test('what was rare before and is not seen in a short while is not gone; what was due is', () => {
  expect(driftBetween(content(4, { rare: 2, due: 40 }), content(1, {}))).toEqual([
    { what: 'principal', principal: 'due', kind: 'service', change: 'gone', before: 10, callsBefore: 40 },
  ]);
});

test('hosts are told of the endpoints on them; records that name no host are no host', () => {
  const on = (...keys: readonly string[]): BaselineContent => ({
    ...content(2, {}),
    endpoints: keys.map((key) => ({ key, calls: 9, ...habit })),
  });
  const drift = driftBetween(on('GET a.test/x', 'GET /health'), on('GET a.test/x', 'GET a.test/y', 'PUT b.test/z', 'GET /{id}'));
  expect(drift.filter(({ what }) => what === 'host')).toEqual([{ what: 'host', host: 'b.test', change: 'new', after: 4.5, callsAfter: 9 }]);
});
