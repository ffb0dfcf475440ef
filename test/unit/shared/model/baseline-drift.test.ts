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
    { what: 'principal', name: 'b', change: 'more', before: 50, after: 200 },
    { what: 'principal', name: 'fresh', change: 'new', after: 1.75 },
    { what: 'principal', name: 'gone', change: 'gone', before: 2.5 },
  ]);
});
