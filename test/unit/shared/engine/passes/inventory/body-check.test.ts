import { expect, test } from 'vitest';
import type { Json } from '#shared/lib/json.ts';
import { createBodyChecks, type BodyFault } from '#shared/engine/passes/inventory/body-check.ts';

const check = (schema: Json, body: Json, side: 'request' | 'response' = 'response'): readonly string[] =>
  (createBodyChecks()(schema, side)?.(body, true) ?? []).map(({ kind, pointer }: BodyFault) => `${kind} ${pointer}`);

test('fields beside the description are told at any depth, those of variants are not', () => {
  const schema = {
    allOf: [
      { properties: { id: {} } },
      { oneOf: [{ properties: { a: {} } }, { properties: { items: { items: { properties: { b: {} } } } } }] },
    ],
  };
  expect(check(schema, { id: 1, a: 2, items: [{ b: 1, c: 2 }], x: 3 })).toEqual([
    'undocumented-field $.x',
    'undocumented-field $.items[*].c',
  ]);
});

test.each([
  ['additionalProperties', { properties: { id: {} }, additionalProperties: true }],
  ['a schema for the rest', { properties: { id: {} }, additionalProperties: { type: 'string' } }],
  ['a pattern for names', { properties: { id: {} }, patternProperties: { '^x': {} } }],
  ['a pattern that RE2 does not have', { properties: { id: {} }, patternProperties: { '(?=x)': {} } }],
  ['nothing named', { type: 'object' }],
  ['a part that was cut away', { allOf: [{ properties: { id: {} } }, true] }],
])('%s allows further fields', (_, schema) => {
  expect(check(schema, { id: 1, x: 'a' })).toEqual([]);
});

test('types, required fields and values are told, and masked values are not', () => {
  const schema = { properties: { n: { type: 'integer' }, s: { enum: ['a', 'b'] }, k: { type: 'integer' } }, required: ['id', 'n'] };
  expect(check(schema, { n: 'one', s: 'c', k: '‹payment-card fp:0123456789ab›' })).toEqual([
    'missing-field $.id',
    'wrong-type $.n',
    'wrong-value $.s',
  ]);
});

test('what only the server writes is not required of a request', () => {
  const schema = { properties: { id: { readOnly: true }, name: {} }, required: ['id', 'name'] };
  expect(check(schema, {}, 'request')).toEqual(['missing-field $.name']);
});

test('names like those of built-in members are plain names', () => {
  const schema = JSON.parse('{"properties":{"constructor":{"type":"string"}},"required":["toString"]}') as Json;
  expect(check(schema, JSON.parse('{"constructor":"b"}') as Json)).toEqual(['missing-field $.toString']);
});
