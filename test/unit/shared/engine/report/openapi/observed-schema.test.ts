import { expect, test } from 'vitest';
import { newPlace, observe, toSchema } from '#shared/engine/report/openapi/observed-schema.ts';
import type { Json } from '#shared/lib/json.ts';

const plain = (value: unknown): unknown =>
  value instanceof Map ? Object.fromEntries([...value].map(([key, each]) => [key as string, plain(each)])) : value;
const schemaOf = (...values: readonly Json[]): unknown => {
  const place = newPlace();
  for (const value of values) observe(place, value);
  return plain(toSchema(place));
};

test('types, formats and what every object had', () => {
  const one = { id: 1, at: '2026-10-01', tags: ['a'], note: null };
  expect(schemaOf(one, { ...one, id: 2.5, note: 'x' }, { id: 3, at: '2026-10-02', tags: [] })).toEqual({
    type: 'object',
    properties: {
      at: { type: 'string', format: 'date' },
      id: { type: 'number' },
      note: { type: ['null', 'string'] },
      tags: { type: 'array', items: { type: 'string' } },
    },
    required: ['at', 'id', 'tags'],
  });
});

test('one or two objects make nothing required, and texts of several forms have none', () => {
  expect(schemaOf({ a: 'kira@example.test' }, { a: 'x' })).toEqual({ type: 'object', properties: { a: { type: 'string' } } });
});

test('keys that are values are a map, and no value of the evidence stands in the schema', () => {
  const schema = schemaOf({ 'kira@example.test': { n: 1 }, usr_9x2k7c1m: { n: 2 }, '20261001': { n: 3 } });
  expect(schema).toEqual({
    type: 'object',
    additionalProperties: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
  });
});

test('`__proto__` is a property like any other, and masks have no form', () => {
  const place = newPlace();
  observe(place, JSON.parse('{"__proto__":"‹jwt fp:0123456789ab›"}') as Json);
  const properties = toSchema(place).get('properties');
  expect(properties instanceof Map && [...properties.keys()]).toEqual(['__proto__']);
  expect(schemaOf('‹jwt fp:0123456789ab›')).toEqual({ type: 'string' });
});

test('a hostile depth is left open', () => {
  let deep: Json = 1;
  for (let level = 0; level < 200; level += 1) deep = [deep];
  expect(JSON.stringify(schemaOf(deep)).length).toBeLessThan(1000);
});
