import { expect, test } from 'vitest';
import type { Json, JsonObject } from '#shared/lib/json.ts';
import { createSchemaResolver } from '#shared/engine/importers/openapi/resolve-schema.ts';
import { SpecRefs } from '#shared/engine/importers/openapi/spec-refs.ts';

const resolver = (schemas: JsonObject, nodes?: number): ReturnType<typeof createSchemaResolver> =>
  createSchemaResolver(new SpecRefs({ components: { schemas } }), nodes);

test('3.0 is made into 2020-12', () => {
  const schema: Json = { type: 'number', nullable: true, minimum: 0, exclusiveMinimum: true, example: 'x', format: 'float' };
  expect(resolver({}).resolve(schema)).toEqual({ type: ['number', 'null'], exclusiveMinimum: 0 });
});

test('references are written out, and one that leads to itself ends in anything', () => {
  const tree: JsonObject = { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } };
  const made = resolver({ Tree: tree });
  expect(made.resolve({ $ref: '#/components/schemas/Tree' })).toEqual({
    type: ['object'],
    properties: { child: { type: ['object'], properties: { child: true } } },
  });
  expect(made.takeCut()).toBe(true);
});

test('references that leave the file allow anything', () => {
  expect(resolver({}).resolve({ $ref: 'https://evil.test/schema.json' })).toBe(true);
});

test('schemas that double at each level stop at the limit', () => {
  const schemas: Record<string, Json> = {};
  for (let level = 0; level < 20; level += 1) {
    const next = { $ref: `#/components/schemas/S${String(level + 1)}` };
    schemas[`S${String(level)}`] = { properties: { a: next, b: next } };
  }
  const began = performance.now();
  const made = resolver(schemas);
  expect(JSON.stringify(made.resolve({ $ref: '#/components/schemas/S0' })).length).toBeLessThan(200_000);
  expect(made.takeCut()).toBe(true);
  expect(performance.now() - began).toBeLessThan(1000);
});
