import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { traefikJson } from '#shared/engine/importers/formats/traefik-json.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/traefik-json/access.jsonl', import.meta.url)));

test('durations are nanoseconds, times the start in UTC, and prefixed keys are headers', async () => {
  const [item] = callsOf(await readAll(traefikJson, bytes));
  expect(item?.call).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 0.357313,
    method: 'GET',
    scheme: 'https',
    host: 'shop.test',
    port: 8443,
    path: '/orders',
    query: 'page=2',
    status: 200,
    reqBytes: 0,
    resBytes: 357,
    clientIp: '10.1.0.7',
    upstream: '172.17.0.3:80',
    route: 'orders@docker',
    service: 'orders@docker',
    timings: [
      ['origin', 0.324669],
      ['overhead', 0.032644],
    ],
    requestHeaders: [
      ['User-Agent', 'agent/1'],
      ['Authorization', 'Bearer 8f14e45fceea167a5a36dedd4bea2543'],
    ],
    responseHeaders: [['Content-Type', 'application/json']],
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2026-01-08T14:19:15.980170Z');
  expect(item?.call.consumer).toBeUndefined();
  expect(item?.call.extras).toContainEqual(['service-url', 'http://172.17.0.3:80']);
});

test('a list in ClientHost is what callers claimed; the peer stands in ClientAddr', async () => {
  const [, item] = callsOf(await readAll(traefikJson, bytes));
  expect(item?.call).toMatchObject({
    clientIp: '172.71.122.85',
    forwardedFor: '192.168.1.100,10.0.0.50',
    consumer: 'alice',
    route: 'root@file -> orders@file',
    port: undefined,
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2026-01-08T14:20:00.000000Z');
});

test('names of version 1 and records with few fields are read, and messages of the server are skipped', async () => {
  const items = await readAll(traefikJson, bytes);
  expect(callsOf(items)[2]?.call).toMatchObject({
    clientIp: '10.1.0.8',
    upstream: '10.0.0.5:80',
    route: 'orders-frontend',
    service: 'orders-backend',
    status: 404,
  });
  expect(issuesOf(items).map(({ severity, code, record }) => [severity, code, record])).toEqual([['skip', 'NOT_HTTP', 3]]);
});
