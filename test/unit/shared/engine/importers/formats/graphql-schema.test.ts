import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { graphqlSchema } from '#shared/engine/importers/formats/graphql-schema.ts';
import { operationsOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/graphql-schema/${name}`, import.meta.url)));

test('a schema is one operation with the fields of its root types, whatever they are called', async () => {
  const items = await readAll(graphqlSchema, fixture('shop.graphql'));
  expect(items[0]).toMatchObject({ specification: { dialect: 'graphql', servers: ['/'] } });
  expect(operationsOf(items)[0]?.operation).toMatchObject({
    method: 'POST',
    path: '/graphql',
    summary: 'A GraphQL service with 3 query fields, 2 mutation fields',
    requestFields: ['order', 'orders', 'me', 'refund', 'deleteUser'],
  });
});

test('the answer to an introspection query says the same', async () => {
  const [item] = operationsOf(await readAll(graphqlSchema, fixture('introspection.json')));
  expect(item?.operation).toMatchObject({ summary: 'A GraphQL service with 2 query fields', requestFields: ['order', 'me'] });
});

test('code and prose with the same words are not claimed', () => {
  for (const text of [
    'type Query = { id: string }\n',
    'The type Query {x} is documented.',
    'export type Query {\n',
    '{"schema":{}}',
    'query { me { id } }',
  ])
    expect(graphqlSchema.recognize(toBytes(text)).strength).toBe('none');
});

test('braces that never close and a million directives are read in linear time', async () => {
  for (const tail of ['{'.repeat(200_000), '@a '.repeat(200_000), '"'.repeat(200_001), '('.repeat(200_000)])
    expect(operationsOf(await readAll(graphqlSchema, `type Query { a: Int ${tail}`))).toHaveLength(1);
});
