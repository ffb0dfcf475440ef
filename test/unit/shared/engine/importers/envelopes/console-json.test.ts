import { expect, test } from 'vitest';
import { caddyJson } from '#shared/engine/importers/formats/caddy-json.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, countOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const FIELDS = JSON.stringify({
  request: { remote_ip: '192.0.2.1', proto: 'HTTP/2.0', method: 'GET', host: 'a.test', uri: '/orders?id=1', headers: {} },
  duration: 0.0012,
  size: 49,
  status: 200,
  resp_headers: {},
});
const LINE = `2026/01/02 10:00:00.250\tINFO\thttp.log.access.log0\thandled request\t${FIELDS}\n`;

test("Caddy's console lines are read with the time in front of them", async () => {
  expect(recognize(toBytes(LINE), 'x').importer?.id).toBe('caddy-json');
  const [item] = callsOf(await readAll(caddyJson, LINE.repeat(2)));
  expect(item?.call).toMatchObject({ method: 'GET', path: '/orders', status: 200, clientIp: '192.0.2.1', zoneKnown: false });
  expect(item?.call.time).toBe(1767348000250000);
});

test('console lines without a request are no calls, and none is lost', async () => {
  const other = '2026/01/02 10:00:01.000\tINFO\tserving initial configuration\n';
  expect(countOf(await readAll(caddyJson, LINE + other + LINE))).toMatchObject({ accepted: 2, rejected: 0, skipped: 1 });
});
