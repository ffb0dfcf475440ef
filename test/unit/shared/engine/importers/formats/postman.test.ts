import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { postman } from '#shared/engine/importers/formats/postman.ts';
import { notesOf, operationsOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/postman/${name}`, import.meta.url)));
const bytes = fixture('collection.json');
const items = await readAll(postman, bytes);
const operations = operationsOf(items).map((item) => item.operation);

test('the collection is a specification with the hosts of its requests, variables filled in', () => {
  expect(items[0]).toEqual({
    kind: 'specification',
    specification: {
      title: 'Orders é',
      version: '',
      dialect: 'postman-2.1',
      servers: ['https://api.acme.test:8443', 'https://api.acme.test', 'http://other.acme.test'],
    },
  });
});

test('a request is an operation: template, names of fields, folder, what its saved example answers', () => {
  expect(operations[0]).toEqual({
    method: 'GET',
    path: '/v1/orders',
    operationId: undefined,
    summary: 'List orders',
    deprecated: false,
    tags: ['Orders'],
    security: [{ scheme: 'bearer', scopes: [] }],
    secured: true,
    requestFields: ['limit', 'cursor'],
    responseFields: ['orders', 'id', 'card'],
  });
});

test('URLs in parts, path variables in both spellings, bodies with comments, authentication switched off', () => {
  expect(operations[1]).toMatchObject({
    method: 'POST',
    path: '/v1/orders/{id}/lines/{line}',
    secured: false,
    security: [],
    requestFields: ['id', 'item', 'note'],
  });
});

test('a request that is only a URL is a GET; a host in an unknown variable is said to be so', () => {
  expect(operations[2]).toMatchObject({ method: 'GET', path: '/health' });
  expect(operations[3]).toMatchObject({ method: 'DELETE', path: '/users/{user_id}.json', secured: true });
  expect(notesOf(items)).toEqual([
    'Hosts stand in variables that the file does not define: url.',
    '1 saved examples of answers were read for the names of their fields only.',
    '1 scripts stand in the collection; they were not run.',
    'Requests of a collection are what may be called, not calls: they serve as an inventory.',
  ]);
});

test('values of variables and scripts are not kept', () => {
  expect(JSON.stringify(items)).not.toMatch(/made-up-secret|never run/);
});

test('operations know their bytes, after letters of several bytes', () => {
  const texts = operationsOf(items).map(({ at }) => new TextDecoder().decode(bytes.subarray(at.start, at.start + at.length)));
  expect(JSON.parse(texts[0] ?? '')).toMatchObject({ method: 'get' });
  expect(texts[2]).toBe('"http://other.acme.test/health"');
});

test('a collection inside of `collection`, in format 2.0, with a form', async () => {
  const wrapped = await readAll(postman, fixture('wrapped.json'));
  expect(wrapped[0]).toMatchObject({ specification: { title: 'Wrapped', dialect: 'postman-2.0', servers: ['https://a.test'] } });
  expect(operationsOf(wrapped).map((item) => [item.operation.path, item.operation.tags, item.operation.requestFields])).toEqual([
    ['/x', [], []],
    ['/y', ['folder'], ['name']],
  ]);
});

test.each([
  ['{"info":{"schema":"https://schema.getpostman.com/x"},"item":[', 'JSON_SYNTAX'],
  [`{"info":{"schema":"https://schema.getpostman.com/x"},"item":${'['.repeat(600)}${']'.repeat(600)}}`, 'JSON_DEPTH'],
])('%j is refused as %s', async (text, code) => {
  await expect(readAll(postman, text)).rejects.toMatchObject({ code: 'damaged-file', details: { code } });
});
