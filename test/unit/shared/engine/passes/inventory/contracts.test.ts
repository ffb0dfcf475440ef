import { expect, test } from 'vitest';
import { isJsonType, schemaFor, toMediaType } from '#shared/engine/passes/inventory/contracts.ts';

test('media types lose their parameters; what is none is none', () => {
  expect(['Application/JSON; charset=utf-8', 'text/html', 'json', undefined].map(toMediaType)).toEqual(['application/json', 'text/html', undefined, undefined]);
  expect(['application/json', 'application/problem+json', 'text/plain'].map(isJsonType)).toEqual([true, true, false]);
}); // prettier-ignore

test('the exact type is taken before a range, and JSON where the type is unknown', () => {
  const content = { '*/*': 1, 'application/*': 2, 'application/json': 3 };
  const find = (type: string | undefined): unknown => schemaFor({ content }, type)?.schema;
  expect(['application/json', 'application/xml', 'text/plain', undefined].map(find)).toEqual([3, 2, 1, 3]);
  expect(schemaFor({ content: { 'text/plain': 1 } }, 'application/json')).toBeUndefined();
});
