import { expect, test } from 'vitest';
import { callsWith, chainOf, differs, restrict, sideLabel, standing } from '#renderer/views/compare/sides.ts';
import { parseQuery } from '#shared/query/parse.ts';

test('the shared query narrows a side without changing what either says', () => {
  expect(restrict('host:a', '')).toBe('host:a');
  expect(restrict('host:a', '*')).toBe('host:a');
  expect(restrict('host:a or host:b', 'is:write or is:failed')).toBe('(host:a or host:b) and (is:write or is:failed)');
  expect(restrict('host:a', 'host:(')).toBe('host:a');
});

test('the calls behind a value are those of the side that have it', () => {
  expect(callsWith('chain:"a#1"', 'endpoint', 'GET a/b c')).toBe('chain:"a#1" and endpoint:"GET a/b c"');
  expect(callsWith('host:a or host:b', 'status', '404')).toBe('(host:a or host:b) and status:404');
  for (const text of ['GET "quoted"', 'a)b', '*']) expect(parseQuery(callsWith('host:a', 'path', text)).ok).toBe(true);
});

test('a side is a chain only when its query names one chain and nothing else', () => {
  expect(chainOf('chain:"kong.jsonl#12"')).toBe('kong.jsonl#12');
  for (const query of ['chain:a*', 'chain:(a or b)', 'chain:a is:failed', '-chain:a', 'host:a', '']) expect(chainOf(query)).toBeUndefined();
  expect(sideLabel('principal:ann time >= 2026-10-01')).toBe('principal ann and time ≥ 2026-10-01');
});

test('a value stands on one side, on both alike, or on one more than on the other, by its share', () => {
  const set = (calls: number) => ({ calls, failed: 0, reqBytes: 0, resBytes: 0 });
  const sizes = { left: set(100), right: set(1000) };
  expect(standing({ value: 'a', left: 1, right: 0 }, sizes)).toBe('only left');
  expect(standing({ value: 'a', left: 0, right: 1 }, sizes)).toBe('only right');
  expect(standing({ value: 'a', left: 50, right: 500 }, sizes)).toBe('alike');
  expect(standing({ value: 'a', left: 50, right: 100 }, sizes)).toBe('more left');
  expect(standing({ value: 'a', left: 5, right: 900 }, sizes)).toBe('more right');
  const field = { field: 'host', onlyLeft: 0, onlyRight: 0, both: 1, omitted: 0 };
  expect(differs({ ...field, values: [{ value: 'a', left: 50, right: 500 }] }, sizes)).toBe(false);
  expect(differs({ ...field, values: [{ value: 'a', left: 50, right: 0 }] }, sizes)).toBe(true);
});
