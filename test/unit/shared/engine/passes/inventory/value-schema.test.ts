import { expect, test } from 'vitest';
import { toValueSchema } from '#shared/engine/passes/inventory/value-schema.ts';

test('what only the other side sends is not required', () => {
  const schema = { properties: { id: { readOnly: true }, pin: { writeOnly: true } }, required: ['id', 'pin'] };
  expect(toValueSchema(schema, 'request')).toMatchObject({ required: ['pin'] });
  expect(toValueSchema(schema, 'response')).toMatchObject({ required: ['id'] });
});

test('oneOf counts as anyOf, beside an anyOf of its own', () => {
  expect(toValueSchema({ oneOf: [{ type: 'string' }], anyOf: [{ type: 'integer' }] }, 'response')).toEqual({
    anyOf: [{ type: 'integer' }],
    allOf: [{ anyOf: [{ type: 'string' }] }],
  });
});

test('patterns that RE2 does not have, formats and annotations are left out', () => {
  expect(toValueSchema({ type: 'string', pattern: '(?=a)b', format: 'email', title: 'x', maximum: 3 }, 'request')).toEqual({
    type: 'string',
    maximum: 3,
  });
});
