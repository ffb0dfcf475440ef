import { expect, test } from 'vitest';
import { EDGE_KINDS, EDGE_WORDS, edgeLabel, edgeLine, valueName } from '#renderer/widgets/edge/edge-words.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';

const edge: EdgeJson = {
  from: 'a',
  to: 'b',
  kind: 'value',
  kinds: ['value'],
  confidence: 0.62,
  why: '',
  fromAt: 'response $.items[*].customer_id',
  toAt: 'path {id}',
};

test('a value edge carries the last name of its pointer', () => {
  expect(valueName(edge)).toBe('customer_id');
  expect(edgeLabel(edge)).toBe('customer_id');
});

test('an inferred edge says how sure it is, a proved one needs no label', () => {
  expect(edgeLabel({ ...edge, kind: 'nesting', kinds: ['nesting'] })).toBe('62 %');
  expect(edgeLabel({ ...edge, kind: 'trace', kinds: ['trace'] })).toBe('');
});

test('every kind has a place in the legend, words and a line', () => {
  expect(EDGE_KINDS.toSorted()).toEqual(Object.keys(EDGE_WORDS).toSorted());
  expect([edgeLine('trace'), edgeLine('value'), edgeLine('nesting'), edgeLine('adjacent'), edgeLine('redirect')]).toEqual([
    'solid',
    'double',
    'dotted',
    'dashed',
    'thin',
  ]);
});
