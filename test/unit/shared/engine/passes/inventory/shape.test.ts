import { expect, test } from 'vitest';
import type { Json } from '#shared/lib/json.ts';
import { toNameShape } from '#shared/engine/passes/inventory/shape.ts';

test('named properties close an object, and lists are followed', () => {
  expect(toNameShape({ properties: { id: {}, items: { items: { properties: { a: {} } } } } })).toEqual({
    properties: { id: true, items: { items: { properties: { a: true }, additionalProperties: false } } },
    additionalProperties: false,
  });
});

test('variants count together; one that allows anything opens all', () => {
  expect(toNameShape({ oneOf: [{ properties: { a: {} } }, { properties: { b: {} } }] })).toEqual({
    properties: { a: true, b: true },
    additionalProperties: false,
  });
  expect(toNameShape({ anyOf: [{ properties: { a: {} } }, {}] })).toBe(true);
});

test('`__proto__` is kept, as a pattern', () => {
  const schema = { properties: JSON.parse('{"__proto__":{},"id":{}}') as Json, patternProperties: { '^x-': {} } };
  expect(toNameShape(schema)).toEqual({
    properties: { id: true },
    patternProperties: { '^x-': true, '^__proto__$': true },
    additionalProperties: false,
  });
});
