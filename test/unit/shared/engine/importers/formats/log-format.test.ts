import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { logFormat } from '#shared/engine/importers/formats/log-format.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import type { ReadSettings } from '#shared/model/read-settings.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/log-format/pipes.log', import.meta.url)));
const pipes = '$remote_addr|$remote_user|$msec|$request_method|$host|$request_uri|$status|$bytes_sent|$request_time|$request_id';
const combined = '192.0.2.7 - - [15/Sep/2021:16:13:46 +0000] "GET / HTTP/1.1" 200 5 "-" "x"\n'.repeat(3);
const declared = (...texts: readonly string[]): ReadSettings => ({
  declaredFormats: texts.map((text, index) => ({ name: `f${String(index)}`, text, where: 'nginx.conf' })),
});
const whoReads = (text: string, settings: ReadSettings): string | undefined =>
  recognize(toBytes(text), 'x', undefined, settings).importer?.id;

test('lines are read after the format that was given', async () => {
  const items = await readAll(logFormat, fixture, { settings: { logFormat: pipes } });
  const calls = callsOf(items).map((item) => item.call);
  expect(calls[0]).toMatchObject({
    timeKind: 'end',
    host: 'api.shop.test',
    path: '/v1/orders',
    query: 'page=2',
    durationMs: 42,
    resBytes: 512,
  });
  expect(calls[0]?.time && printTime(calls[0].time)).toBe('2026-01-02T03:04:05.123000Z');
  expect(calls[1]?.consumer).toBe('Jane Doe');
  expect(calls[2]).toMatchObject({ clientIp: '2001:db8::7', port: 8443, path: '/v1/orders/../admin' });
  expect(calls[3]).toMatchObject({ resBytes: 0 });
  for (const key of ['status', 'durationMs', 'requestId'] as const) expect(calls[3]?.[key]).toBeUndefined();
  expect(countOf(items)).toMatchObject({ accepted: 5, rejected: 0, skipped: 1 });
});

test('a given format goes before what the content looks like, if the lines follow it', () => {
  expect(whoReads(combined, { logFormat: '%h %l %u %t "%r" %>s %b' })).toBe('log-format');
  expect(whoReads(combined, { logFormat: pipes })).toBe('access-combined');
  expect(whoReads(combined, {})).toBe('access-combined');
});

test('a declared format counts only for lines that follow it to their end, and the given one wins', async () => {
  expect(whoReads(combined, declared('%h %l %u %t "%r" %>s %b'))).toBe('access-combined');
  expect(whoReads(combined, declared('$nonsense$more', '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"'))).toBe('log-format');
  const settings = { ...declared('%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"'), logFormat: '$remote_addr $line "$request"' };
  expect(callsOf(await readAll(logFormat, combined, { settings }))[0]?.call.extras?.[0]?.[0]).toBe('line');
});

test('of several declared formats each line is read by the one with the most fields that it follows', async () => {
  const settings = declared('$remote_addr $status', '$remote_addr $status $request_time');
  const calls = callsOf(await readAll(logFormat, '1.2.3.4 200\n1.2.3.4 200 0.100\n', { settings }));
  expect(calls.map(({ call }) => call.durationMs)).toEqual([undefined, 100]);
});

test('a format that cannot be used is said where it is read by', async () => {
  expect(logFormat.recognize(toBytes(combined), 'x', { logFormat: '%h%l' }).why).toContain('nothing stands between');
  await expect(readAll(logFormat, combined, { settings: { logFormat: '%h%l' } })).rejects.toThrow('nothing stands between');
});

test.each(['$remote_addr $nonsense', '%h %t %>s', '$remote_addr $request_method'])(
  'a given format that does not say what was asked for is refused: %s',
  async (text) => {
    await expect(readAll(logFormat, combined, { settings: { logFormat: text } })).rejects.toMatchObject({
      code: 'bad-params',
      message: expect.stringContaining('no field says what was asked for, such as $request') as string,
    });
  },
);

test.each([
  ['192.0.2.7', 1],
  ['2001:db8::7', 1],
  ['client.example', 1],
  ['unix:', 1],
  ['-', 1],
  ['[error]', 0],
  ['2026/01/02', 0],
  ['{"x":1}', 0],
])('a line whose client is %s is read: %i', async (client, accepted) => {
  const items = await readAll(logFormat, `${client} /a\n`, { settings: { logFormat: '$remote_addr $uri' } });
  expect(countOf(items)).toMatchObject({ accepted, rejected: 1 - accepted });
  if (accepted === 0) expect(issuesOf(items)[0]).toMatchObject({ code: 'LINE_SHAPE' });
});

test('the whole directive may be pasted', async () => {
  const settings = { logFormat: `log_format p escape=json '{"p":"$uri","s":$status,' '"ua":"$http_user_agent"}';` };
  expect(callsOf(await readAll(logFormat, '{"p":"/a","s":200,"ua":"a \\"b\\""}\n', { settings }))[0]?.call).toMatchObject({
    status: 200,
    userAgent: 'a "b"',
  });
});
