import { expect, test } from 'vitest';
import { kongJson } from '#shared/engine/importers/formats/kong-json.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const record = { request: { method: 'GET', uri: '/a' }, response: { status: 200 }, latencies: { request: 5 }, client_ip: '10.0.0.1' };
const quoted = `"${JSON.stringify(record).replaceAll('"', '""')}"`;

test('JSON in a column of a query tool is read as what it is, with the time of the row', async () => {
  const table = `timestamp,insert_id,json_payload\n2026-01-01 00:00:00 UTC,x,${quoted}\n2026-01-01 00:00:01 UTC,y,${quoted}\n`;
  const choice = recognize(toBytes(table), 'x');
  expect(choice.importer?.id).toBe('kong-json');
  expect(choice.layers.map(({ id }) => id)).toEqual(['csv', 'json-column']);
  const items = callsOf(await readAll(kongJson, table));
  expect(items.map((item) => [item.record, item.call.path, item.call.timeText])).toEqual([
    [2, '/a', '2026-01-01 00:00:00 UTC'],
    [3, '/a', '2026-01-01 00:00:01 UTC'],
  ]);
});

test('a single column needs no name that is known', () => {
  expect(recognize(toBytes(`f0_\n${quoted}\n${quoted}\n`), 'x').importer?.id).toBe('kong-json');
});

test('JSON that nests too deeply stays a text', () => {
  const deep = `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`.replaceAll('"', '""');
  expect(recognize(toBytes(`json\n"${deep}"\n"${deep}"\n`), 'x').importer).toBeUndefined();
});
