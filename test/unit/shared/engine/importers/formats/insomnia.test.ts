import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { insomnia } from '#shared/engine/importers/formats/insomnia.ts';
import { notesOf, operationsOf, readAll } from '#test/support/read-evidence.ts';

const items = await readAll(
  insomnia,
  new Uint8Array(readFileSync(new URL('../../../../../fixtures/insomnia/export.json', import.meta.url))),
);

test('requests are operations below their folders, hosts come out of the environment', () => {
  expect(items[0]).toMatchObject({ specification: { title: 'Acme', dialect: 'insomnia-4', servers: ['https://api.acme.test'] } });
  expect(operationsOf(items).map((item) => item.operation)).toMatchObject([
    {
      method: 'GET',
      path: '/v2/orders',
      summary: 'List orders',
      tags: ['Orders'],
      requestFields: ['limit'],
      security: [{ scheme: 'bearer' }],
    },
    { method: 'POST', path: '/v2/orders/{order_id}', tags: ['Orders', 'Write'], requestFields: ['item'], security: [{ scheme: 'header' }] },
  ]);
});

test('other kinds of requests are counted, and no value of the environment is kept', () => {
  expect(notesOf(items)[0]).toBe('1 requests of gRPC or WebSocket are no HTTP operations; they were not read.');
  expect(JSON.stringify(items)).not.toContain('made-up-secret');
});

test('a folder that is its own parent does not hang the read', async () => {
  const text = JSON.stringify({
    _type: 'export',
    __export_format: 4,
    resources: [
      { _id: 'f', _type: 'request_group', parentId: 'f', name: 'x' },
      { _id: 'r', _type: 'request', parentId: 'f', url: 'https://a.test/' },
    ],
  });
  expect(operationsOf(await readAll(insomnia, text))).toHaveLength(1);
});
