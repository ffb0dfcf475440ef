import { expect, test } from 'vitest';
import { createBodyChecks } from '#shared/engine/passes/inventory/body-check.ts';
import { propertyKeywords } from '#shared/engine/passes/inventory/property-keywords.ts';
import type { Json } from '#shared/lib/json.ts';

test('names are properties, `__proto__` is a pattern', () => {
  expect(propertyKeywords(new Map<string, Json>([['id', true], ['__proto__', { type: 'integer' }]]))).toEqual({
    properties: { id: true },
    patternProperties: { '^__proto__$': { type: 'integer' } },
  });
}); // prettier-ignore

const faults = (schema: string, body: string): readonly string[] =>
  (createBodyChecks()(JSON.parse(schema) as Json, 'response')?.(JSON.parse(body) as Json, true) ?? []).map(
    ({ kind, pointer }) => `${kind} ${pointer}`,
  );

test('a described `__proto__` is compared like any other property, and one that is not described is told', () => {
  const schema = '{"properties":{"__proto__":{"type":"integer"},"id":{}},"required":["__proto__"]}';
  expect(faults(schema, '{"id":1,"__proto__":2}')).toEqual([]);
  expect(faults(schema, '{"id":1,"__proto__":"x"}')).toEqual(['wrong-type $.__proto__']);
  expect(faults(schema, '{"id":1}')).toEqual(['missing-field $.__proto__']);
  expect(faults('{"properties":{"id":{}}}', '{"id":1,"__proto__":2}')).toEqual(['undocumented-field $.__proto__']);
}); // prettier-ignore
