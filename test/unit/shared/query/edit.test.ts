import { expect, test } from 'vitest';
import { addClause, clausesOf, timeSpanOf, toClause, withoutClause, withoutTimeSpan, withTimeSpan } from '#shared/query/edit.ts';
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

test('one condition can be taken away', () => {
  const parsed = parseQuery('a and host:b and -is:failed');
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(clausesOf(parsed.ast)).toHaveLength(3);
  expect(withoutClause(parsed.ast, 2)).toBe('a and host:b');
  expect(withoutClause(parsed.ast, 0)).toBe('host:b and -is:failed');
});

test('a brushed stretch of time replaces the one before', () => {
  const parsed = parseQuery('host:a time >= 2026-03-01 time < 2026-03-02');
  if (!parsed.ok) throw new Error(parsed.error.message);
  const from = Date.UTC(2026, 2, 5) * 1000;
  expect(withTimeSpan(parsed.ast, from, from + 3_600_000_000)).toBe('host:a and time >= 2026-03-05 and time < 2026-03-05T01:00Z');
  expect(withoutTimeSpan(parsed.ast)).toBe('host:a');
  expect(timeSpanOf(parsed.ast)).toEqual({ from: Date.UTC(2026, 2, 1) * 1000, to: Date.UTC(2026, 2, 2) * 1000 });
});
