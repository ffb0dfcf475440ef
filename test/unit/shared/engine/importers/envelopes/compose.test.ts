import { expect, test } from 'vitest';
import { compose } from '#shared/engine/importers/envelopes/compose.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { toBytes } from '#test/support/read-evidence.ts';

test.each([
  ['caddy  | {"a":1}', '{"a":1}', { program: 'caddy', time: undefined }],
  ['\u001B[36mweb-1  |\u001B[0m GET /', 'GET /', { program: 'web-1', time: undefined }],
  ['web-1  | 2026-01-02T03:04:05.123456789Z GET /', 'GET /', { program: 'web-1', time: '2026-01-02T03:04:05.123456789Z' }],
])('%s gives its line and service', (text, line, outer) => {
  expect(compose.unwrap(text)).toEqual({ text: line, outer });
});

test('access lines of a service are found under its name', () => {
  const line = 'web-1  | 192.0.2.7 - - [15/Sep/2021:16:13:46 +0000] "GET / HTTP/1.1" 200 5 "-" "x"\n';
  const choice = recognize(toBytes(line.repeat(2)), 'x');
  expect([choice.importer?.id, ...choice.layers.map((layer) => layer.id)]).toEqual(['access-combined', 'compose']);
});

test('a table of something else is no log of a service', () => {
  expect(recognize(toBytes('name | price\napple | 200\n'), 'x').importer).toBeUndefined();
});
