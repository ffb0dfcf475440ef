import { expect, test } from 'vitest';
import { accessCombined } from '#shared/engine/importers/formats/access-combined.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, countOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const line = (path: string): string => `192.0.2.1 - - [10/Oct/2025:13:55:36 +0000] "GET ${path} HTTP/1.1" 200 5 "-" "curl/8"`;
const wrap = (log: string, stream = 'stdout'): string => JSON.stringify({ log, stream, time: '2025-10-10T13:55:36.1Z' });

test('lines that a shipper took the line end off are whole, not pieces of one', async () => {
  const text = Array.from({ length: 200 }, (_, index) => wrap(line(`/a/${String(index)}`))).join('\n');
  const items = await readAll(accessCombined, text);
  expect(countOf(items)).toMatchObject({ accepted: 200, rejected: 0, skipped: 0 });
});

test('a line that Docker cut at 16 KiB is one record, with another stream in between', async () => {
  const long = line(`/${'x'.repeat(20_000)}`);
  const text = [
    wrap(long.slice(0, 16_384)),
    wrap(`${line('/err')}\n`, 'stderr'),
    wrap(`${long.slice(16_384)}\n`),
    wrap(`${line('/next')}\n`),
  ].join('\n');
  const calls = callsOf(await readAll(accessCombined, text));
  expect(calls.map(({ call }) => call.path?.length)).toEqual([4, 20_001, 5]);
});

test('pieces of streams without end are given out instead of kept', async () => {
  const piece = 'y'.repeat(17_000);
  const good = Array.from({ length: 10 }, () => wrap(`${line('/a')}\n`));
  const text = [...good, ...Array.from({ length: 200 }, (_, index) => wrap(piece, `s${String(index)}`))].join('\n');
  const items = await readAll(accessCombined, text);
  expect(countOf(items)).toMatchObject({ accepted: 10, rejected: 200 });
});

test('a record of a call that carries another one as its body is about its own call', () => {
  const record = (index: number): string =>
    JSON.stringify({
      time: '2025-10-10T13:55:36Z',
      method: 'POST',
      path: `/webhooks/${String(index)}`,
      status: 200,
      client_ip: '192.0.2.7',
      payload: JSON.stringify({ time: '2025-10-10T13:55:36Z', method: 'DELETE', path: '/inner', status: 404, client_ip: '192.0.2.8' }),
    });
  const choice = recognize(toBytes(Array.from({ length: 30 }, (_, index) => record(index)).join('\n')), 'x');
  expect({ format: choice.importer?.id, layers: choice.layers.map(({ id }) => id) }).toEqual({ format: 'json-access', layers: [] });
});
