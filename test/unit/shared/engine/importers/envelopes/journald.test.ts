import { expect, test } from 'vitest';
import { accessCommon } from '#shared/engine/importers/formats/access-common.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const entry = (message: string | readonly number[]): string =>
  JSON.stringify({ __REALTIME_TIMESTAMP: '1767323045123456', _HOSTNAME: 'web1', SYSLOG_IDENTIFIER: 'nginx', MESSAGE: message });
const line = '192.0.2.7 - - "GET /a HTTP/1.1" 200 5';

test('the message is the record, as text or as bytes, and the time is in microseconds', async () => {
  const text = `${entry(line)}\n${entry([...toBytes(line)])}\n`;
  expect(recognize(toBytes(text), 'x').layers.map((layer) => layer.id)).toEqual(['journald']);
  const calls = callsOf(await readAll(accessCommon, text));
  expect(calls.map((item) => item.call.path)).toEqual(['/a', '/a']);
  for (const { call } of calls) {
    expect(call.time && printTime(call.time)).toBe('2026-01-02T03:04:05.123456Z');
    expect(call.extras).toEqual([
      ['log-host', 'web1'],
      ['log-program', 'nginx'],
    ]);
  }
});
