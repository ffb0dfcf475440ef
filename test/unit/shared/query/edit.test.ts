import { expect, test } from 'vitest';
import { addClause, timeSpanOf, toClause, withoutTimeSpan, withTimeSpan } from '#shared/query/edit.ts';
import { parseQuery } from '#shared/query/parse.ts';

test.each([
  ['', 'host:a', 'host:a'],
  ['*', 'host:a', 'host:a'],
  ['status >=   400', 'host:a', 'status >=   400 and host:a'],
  ['x or y', 'host:a', '(x or y) and host:a'],
  ['host:a status:200', 'host:a', 'host:a status:200'],
  ['host:a status:200', '-host:a', 'status:200 and -host:a'],
  ['-host:a', 'host:a', 'host:a'],
  ['half (', 'host:a', 'host:a'],
])('to "%s" comes %s', (text, clause, result) => {
  expect(addClause(text, clause)).toBe(result);
});

test('a clause quotes what needs quotes and names the unit of a duration', () => {
  expect(toClause('agent', 'bill bot', true)).toBe('-agent:"bill bot"');
  expect(toClause('durationMs', 12.5)).toBe('durationMs:12.5ms');
  expect(toClause('status', 403)).toBe('status:403');
});

test('a brushed stretch of time replaces the one before', () => {
  const text = 'host:a   time >= 2026-03-01 time < 2026-03-02 "b  c"';
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const from = Date.UTC(2026, 2, 5) * 1000;
  expect(withTimeSpan(text, from, from + 3_600_000_000)).toBe('host:a   "b  c" and time >= 2026-03-05 and time < 2026-03-05T01:00Z');
  expect(withoutTimeSpan(text)).toBe('host:a   "b  c"');
  expect(withoutTimeSpan('time:2026-03-02 host:a')).toBe('host:a');
  expect(timeSpanOf(parsed.ast)).toEqual({ from: Date.UTC(2026, 2, 1) * 1000, to: Date.UTC(2026, 2, 2) * 1000 });
});
