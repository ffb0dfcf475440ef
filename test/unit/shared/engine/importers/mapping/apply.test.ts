import { expect, test } from 'vitest';
import { compileMapping } from '#shared/engine/importers/mapping/apply.ts';
import type { JsonObject } from '#shared/lib/json.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import type { Mapping } from '#shared/model/mapping.ts';
import { printTime } from '#shared/model/units.ts';

const apply = (mapping: Partial<Mapping>, record: JsonObject, zone = 0): ImportedCall =>
  compileMapping({ name: 'test', requires: [], fields: {}, ...mapping }).toCall(record, '', zone);
const timeOf = (format: string, value: string | number, zone = 0): string | undefined => {
  const { time } = apply({ time: { from: ['t'], format, kind: 'start' } }, { t: value }, zone);
  return time === undefined ? undefined : printTime(time);
};

test.each([
  ['auto', 1591367999.305988, '2020-06-05T14:39:59.305988Z'],
  ['auto', '1591367999305', '2020-06-05T14:39:59.305000Z'],
  ['auto', '2026-01-08T15:20:00+01:00', '2026-01-08T14:20:00.000000Z'],
  ['auto', '[10/Oct/2000:13:55:36 -0700]', '2000-10-10T20:55:36.000000Z'],
  ['auto', '2022/06/15 - 15:37:07', '2022-06-15T15:37:07.000000Z'],
  ['auto', 'Wed, 08 Dec 2021 14:02:43 GMT', '2021-12-08T14:02:43.000000Z'],
  ['auto', 'Jan 23, 2018 @ 21:31:57.266', '2018-01-23T21:31:57.266000Z'],
  ['auto', '2018-01-23 21:31:57.266 +0100 CET', '2018-01-23T20:31:57.266000Z'],
  ['s', '86400', '1970-01-02T00:00:00.000000Z'],
  ['us', 1591367999305988, '2020-06-05T14:39:59.305988Z'],
  ['ms', 'yesterday', undefined],
  ['clf', '2020-06-05T14:39:59Z', undefined],
])('a time as %s: %j', (format, value, expected) => {
  expect(timeOf(format, value)).toBe(expected);
});

test('a time that names no zone is read in the assumed one, unless it is known to be UTC', () => {
  expect(timeOf('iso', '2026-01-01 00:30:00', 60)).toBe('2025-12-31T23:30:00.000000Z');
  const time = { from: ['t'], format: 'iso', kind: 'start', utc: true } as const;
  expect(apply({ time }, { t: '2026-01-01 00:30:00' }, 60)).toMatchObject({ zoneKnown: true, time: 1767227400000000 });
});

test('date and time of day may stand apart', () => {
  const time = { from: ['c'], date: ['d'], format: 'iso', kind: 'end' } as const;
  expect(apply({ time }, { d: '2026-01-01', c: '10:00:00' })).toMatchObject({ timeText: '2026-01-01 10:00:00', timeKind: 'end' });
});

test.each([
  ['s', 0.1234567, 123.4567],
  ['ms', '12', 12],
  ['us', 1500, 1.5],
  ['ns', 2337877, 2.337877],
  ['s', '250ms', 250],
  ['s', '0.001, 0.002 : 0.003', 6],
  ['s', '0.001, -', undefined],
  ['ms', '1,5', 1.5],
  ['ms', '1,500', 1.5],
  ['ms', '0,25', 0.25],
  ['ms', '1.234,5', 1234.5],
  ['ms', '1.234.567,5', 1_234_567.5],
  ['s', '0.1,0.2', 300],
  ['s', '1, 2', 3000],
  ['go', '4.529µs', 0.004529],
  ['go', 7, undefined],
  ['ms', -1, undefined],
  ['ms', '-', undefined],
] as const)('a length in %s: %j is %j ms', (unit, value, ms) => {
  expect(apply({ duration: { from: ['d'], unit } }, { d: value }).durationMs).toBe(ms);
});

test('fields of their own go before the URL, and the URL before the request line', () => {
  const fields = { request: ['r'], url: ['u'], method: ['m'], host: ['h'], path: ['p'], query: ['q'] };
  expect(apply({ fields }, { r: 'GET /a?b=1 HTTP/1.1', h: 'x.test:81' })).toMatchObject({
    method: 'GET',
    path: '/a',
    query: 'b=1',
    host: 'x.test',
    port: 81,
  });
  expect(apply({ fields }, { r: 'GET /a HTTP/1.1', u: 'https://y.test/c?d', m: 'PUT' })).toMatchObject({
    method: 'PUT',
    scheme: 'https',
    host: 'y.test',
    path: '/c',
    query: 'd',
  });
  expect(apply({ fields }, { u: 'https://y.test/decoded path', p: '/raw%20path', q: '?x=1' })).toMatchObject({
    path: '/raw%20path',
    query: 'x=1',
  });
});

test('absent, dash, empty and zero are told apart', () => {
  const fields = { resBytes: ['b'], status: ['s'], consumer: ['c'] };
  expect(apply({ fields }, { b: 0, s: 0, c: '-' })).toMatchObject({ resBytes: 0, status: undefined, consumer: undefined });
  expect(apply({ fields }, { b: '', s: '200', c: '' })).toMatchObject({ resBytes: undefined, status: 200, consumer: undefined });
});

test('of the hops of a list the nearest is the client, and the whole list is kept', () => {
  expect(apply({ fields: { clientIp: ['c'] } }, { c: '1.2.3.4, 10.0.0.1:5000' })).toMatchObject({
    clientIp: '10.0.0.1',
    forwardedFor: '1.2.3.4, 10.0.0.1:5000',
  });
});

test('paths reach into objects and lists, and a key that has a dot wins', () => {
  const fields = { method: ['a.b'], upstream: ['tries[-1].ip'], service: ["['x.y'].z"] };
  expect(apply({ fields }, { a: { b: 'GET' }, tries: [{ ip: '1' }, { ip: '2' }], 'x.y': { z: 's' } })).toMatchObject({
    method: 'GET',
    upstream: '2',
    service: 's',
  });
  expect(apply({ fields }, { 'a.b': 'PUT', a: { b: 'GET' } }).method).toBe('PUT');
});

test('what no field takes is kept, and so is another value of an alternative', () => {
  const fields = { status: ['status', 'upstream_status'], method: ['req.method'] };
  const { extras } = apply({ fields }, { status: 200, upstream_status: 502, req: { method: 'GET', id: 7 }, list: [1], nothing: null });
  expect(extras).toEqual([
    ['req.id', '7'],
    ['list', '[1]'],
    ['upstream_status', '502'],
  ]);
});

test('headers come from objects, lists, text, keys with a prefix, and single keys', () => {
  const requestHeaders = { maps: ['h'], prefix: 'in_', named: { 'x-api-key': ['key'] } };
  const headersOf = (record: JsonObject): ImportedCall['requestHeaders'] => apply({ requestHeaders }, record).requestHeaders;
  expect(headersOf({ h: { A: ['1', '2'] }, in_B: 'x', key: 'k' })).toEqual([
    ['A', '1'],
    ['A', '2'],
    ['B', 'x'],
    ['x-api-key', 'k'],
  ]);
  expect(headersOf({ h: [{ name: 'A', value: '1' }] })).toEqual([['A', '1']]);
  expect(headersOf({ h: 'Host: x\r\nA: b: c' })).toEqual([
    ['Host', 'x'],
    ['A', 'b: c'],
  ]);
});

test('bodies keep their encoding; a body that is JSON is its text', () => {
  const call = apply(
    { requestBody: { from: ['q'], encoding: 'base64' }, responseBody: { from: ['s'], encoding: 'base64' } },
    { q: 'eHg=', s: { a: 1 } },
  );
  expect(call).toMatchObject({ requestBody: { text: 'eHg=', encoding: 'base64' }, responseBody: { text: '{"a":1}', encoding: 'text' } });
});

test("MongoDB's extended JSON is what it says", () => {
  const call = apply(
    { time: { from: ['t'], format: 'auto', kind: 'start' }, fields: { requestId: ['_id'] } },
    { t: { $date: { $numberLong: '1591367999305' } }, _id: { $oid: 'abc' } },
  );
  expect(call).toMatchObject({ time: 1591367999305000, requestId: 'abc' });
});
