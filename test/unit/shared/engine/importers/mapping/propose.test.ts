import { expect, test } from 'vitest';
import { proposeMapping } from '#shared/engine/importers/mapping/propose.ts';
import type { ProposedField } from '#shared/engine/importers/mapping/propose.ts';
import type { JsonObject } from '#shared/lib/json.ts';

const records = (count: number, make: (index: number) => JsonObject): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => make(index));
const find = (fields: readonly ProposedField[], target: string): ProposedField | undefined =>
  fields.find((field) => field.target === target);

test('names are known in every spelling', () => {
  for (const key of ['statusCode', 'Status-Code', 'status_code', '@status_code', 'STATUS_CODE']) {
    const { mapping } = proposeMapping(records(3, () => ({ [key]: 200 })));
    expect(mapping.fields.status).toHaveLength(1);
  }
});

test('a name whose values do not look like it is not taken', () => {
  const { mapping, left } = proposeMapping(records(3, () => ({ status: 'ok', host: 'not a host', ip: 'localhost?' })));
  expect(mapping.fields).toEqual({});
  expect(left.map(({ path }) => path)).toEqual(['status', 'host', 'ip']);
});

test.each([
  ['latency_ms', [3, 4], 'ms', 'sure', false],
  ['duration_ns', [3, 4], 'ns', 'sure', false],
  ['Duration (s)', [3.5, 4], 's', 'sure', false],
  ['took', ['4.5ms', '2s'], 'go', 'sure', false],
  ['latency_ms', ['1,500', '12,5', '1.234,5'], 'ms', 'sure', false],
  ['elapsed', ['0,25', '0,5'], 's', 'likely', true],
  ['latency_s', ['0.1, 0.2', '0.003'], 's', 'sure', false],
  ['request_time', [0.003, 0.2], 's', 'likely', true],
  ['latency', [105.9, 7.5], 'ms', 'likely', true],
  ['elapsed', [12, 30], 'ms', 'likely', true],
  ['elapsed', [120_000, 300_000], 'us', 'likely', true],
  ['duration', [120_000_000, 300_000_000], 'ns', 'likely', true],
] as const)('%s of %j is in %s, %s', (key, values, unit, trust, doubted) => {
  const { mapping, fields } = proposeMapping(records(values.length, (index) => ({ [key]: values[index] ?? 0 })));
  expect(mapping.duration).toEqual({ from: [expect.any(String)], unit });
  expect(find(fields, 'duration')?.trust).toBe(trust);
  expect(find(fields, 'duration')?.doubt !== undefined).toBe(doubted);
});

test('unknown names are guessed by their values only, and said to be a guess; the proposal is then not confident', () => {
  const { fields, confident } = proposeMapping(
    records(4, (index) => ({
      when: `2026-01-01T00:00:0${String(index)}Z`,
      what: 'GET',
      where: `/a/${String(index)}`,
      from: '10.0.0.1',
      resultcode: 200,
    })),
  );
  for (const target of ['time', 'method', 'url', 'clientIp', 'status']) expect(find(fields, target)?.trust).toBe('guess');
  expect(confident).toBe(false);
});

test('three digits alone are no status', () => {
  expect(proposeMapping(records(3, () => ({ price: 200 }))).mapping.fields.status).toBeUndefined();
});

test('small numbers are no times', () => {
  expect(proposeMapping(records(3, (index) => ({ time: index, ts: 12 }))).mapping.time).toBeUndefined();
});

test('times without a zone are a doubt', () => {
  const { fields } = proposeMapping(records(2, () => ({ time: '2026-01-01 10:00:00' })));
  expect(find(fields, 'time')?.doubt).toBe('the times name no zone');
});

test('secrets under names of headers go where headers are masked', () => {
  const { mapping } = proposeMapping(
    records(2, () => ({ authorization: 'Bearer x', api_key: 'k', http_x_tenant: 't', sent_http_x_cache: 'HIT', http_version: '1.1' })),
  );
  expect(mapping.requestHeaders?.named).toEqual({
    authorization: ['authorization'],
    'x-api-key': ['api_key'],
    'x-tenant': ['http_x_tenant'],
  });
  expect(mapping.responseHeaders?.named).toEqual({ 'x-cache': ['sent_http_x_cache'] });
});

test('what is left is told with how often it stands there', () => {
  const { left } = proposeMapping([
    { status: 200, pid: 1, req: { method: 'GET', x: 1 } },
    { status: 200, pid: 1 },
  ]);
  expect(left).toEqual([
    { path: 'pid', records: 2 },
    { path: 'req.x', records: 1 },
  ]);
});

test('no records give an empty proposal', () => {
  expect(proposeMapping([])).toMatchObject({ records: 0, fields: [], left: [], confident: false });
});
