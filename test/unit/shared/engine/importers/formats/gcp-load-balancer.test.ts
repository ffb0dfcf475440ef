import { expect, test } from 'vitest';
import { gcpLoadBalancer } from '#shared/engine/importers/formats/gcp-load-balancer.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test('latency with its unit, sizes as texts, a port in the address, the trace without its project', async () => {
  const [call] = await readCalls(gcpLoadBalancer, fixture('gcp-load-balancer/entries.jsonl'));
  expect(call?.time && printTime(call.time)).toBe('2025-11-20T13:35:27.558637Z');
  expect(call).toMatchObject({
    timeKind: 'start',
    durationMs: 5.192,
    method: 'GET',
    scheme: 'https',
    host: 'shop.example',
    path: '/a',
    query: 'b=1',
    status: 200,
    reqBytes: 29,
    resBytes: 780,
    clientIp: '192.0.2.7',
    upstream: '10.20.0.4',
    traceId: '5334e0e7aee6ec1b1a8c34db601241ab',
    spanId: 'e9004ce8eccc7c2d',
    requestId: 'h91ql8g1lpdqh2',
    route: 'map',
    service: 'orders',
  });
  expect(extrasOf(call)).toMatchObject({ statusDetails: 'response_sent_by_backend', 'client-port': '44120' });
});

test('a client that left early leaves neither status nor duration, but why', async () => {
  const call = (await readCalls(gcpLoadBalancer, fixture('gcp-load-balancer/entries.jsonl')))[1];
  expect(call?.time && printTime(call.time)).toBe('2025-11-20T13:35:29.000001Z');
  expect(call).toMatchObject({ status: undefined, durationMs: undefined, resBytes: undefined, zoneKnown: true });
  expect(extrasOf(call)['statusDetails']).toBe('client_disconnected_before_any_response');
});

test('entries without a request are skipped', async () => {
  expect(await readIssues(gcpLoadBalancer, fixture('gcp-load-balancer/entries.jsonl'))).toEqual([
    '3: NOT_HTTP a JSON record that is not a log entry with httpRequest',
  ]);
});
