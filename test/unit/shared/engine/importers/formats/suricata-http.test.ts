import { expect, test } from 'vitest';
import { suricataHttp } from '#shared/engine/importers/formats/suricata-http.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

const bytes = fixture('suricata-http/eve.json');

test('a transaction is a call, with its headers and its body once', async () => {
  const [call, bare] = await readCalls(suricataHttp, bytes);
  expect(call?.time && printTime(call.time)).toBe('2017-04-07T21:24:37.251547Z');
  expect(call).toMatchObject({
    timeKind: 'end',
    zoneKnown: true,
    method: 'POST',
    scheme: 'http',
    host: 'shop.test',
    port: 8080,
    path: '/orders',
    query: 'id=7',
    status: 302,
    resBytes: 310,
    clientIp: '192.0.2.14',
    userAgent: 'agent/1',
    referer: 'http://shop.test/',
    redirectUrl: '/login',
    requestHeaders: [['X-Tenant', 't-1']],
    requestBody: { text: 'eyJhIjoxfQ==', encoding: 'base64' },
    rawText: undefined,
  });
  expect(JSON.stringify(extrasOf(call))).not.toContain('body');
  expect(extrasOf(call)).toMatchObject({ dest_ip: '203.0.113.5', src_port: '50096' });
  expect(bare).toMatchObject({ host: '2001:db8::2', port: 80, path: '/', status: undefined, clientIp: '2001:db8::1', resBytes: 0 });
});

test('alerts repeat a transaction, and are skipped as other events are', async () => {
  expect(await readIssues(suricataHttp, bytes)).toEqual([
    "2: NOT_HTTP an event of Suricata's kind alert",
    "4: NOT_HTTP an event of Suricata's kind stats",
  ]);
});
