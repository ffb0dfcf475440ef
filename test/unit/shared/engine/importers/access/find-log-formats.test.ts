import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findLogFormats, findPastedFormat } from '#shared/engine/importers/access/find-log-formats.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../../../../fixtures/server-config/${name}`, import.meta.url), 'utf8');

test("nginx's texts are put together without blanks, a # in quotes is no comment, and escape is told", () => {
  expect(findLogFormats(fixture('nginx.conf'))).toEqual([
    {
      name: 'main',
      text: '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" rt=$request_time # no comment',
    },
    { name: 'json', text: '{"time":"$time_iso8601","method":"$request_method","uri":"$request_uri","status":$status}', escape: 'json' },
  ]);
});

test("Apache's quotes are undone, lines that go on are joined, and a format given on the spot has the log's path for a name", () => {
  expect(findLogFormats(fixture('httpd.conf'))).toEqual([
    { name: 'timed', text: '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D' },
    { name: 'vhost_combined', text: '%v:%p %h %l %u %t "%r" %>s %O  "%{Referer}i" "%{User-Agent}i"' },
    { name: 'logs/short_log', text: '%t %h "%r" %>s' },
  ]);
});

test('a directive that does not end is none', () => {
  expect(findLogFormats("log_format main '$remote_addr")).toEqual([]);
});

test.each([
  ["log_format main '$remote_addr'", '$remote_addr'],
  ["log_format main '$remote_addr ' '$status';", '$remote_addr $status'],
  ['LogFormat "%h \\"%r\\"" short', '%h "%r"'],
  ["'$remote_addr ' '\"$request\"'", '$remote_addr "$request"'],
  ['"%h \\"%r\\""', '%h "%r"'],
  ['"%h" "%r"', '"%h" "%r"'],
  [' $remote_addr $status ', '$remote_addr $status'],
])('of the pasted text %s the format is %s', (pasted, format) => {
  expect(findPastedFormat(pasted).text).toBe(format);
});
