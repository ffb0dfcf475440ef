import { expect, test } from 'vitest';
import { groupsOf, serviceOf, toTree } from '#renderer/views/inventory/tree.ts';
import { endpointRow } from '#test/support/endpoint-row.ts';

const rows = [
  endpointRow('GET api.test/v1/orders', { calls: 3, sensitivity: 'S2', statuses: { 200: 2, 404: 1 }, spec: 'shadow' }),
  endpointRow('POST api.test/v1/orders', { calls: 2, firstSeen: '2026-10-01T00:00:00Z' }),
  endpointRow('GET api.test/v1/users/{id}'),
  endpointRow('GET pay.test/a'),
  endpointRow('GET pay.test/a/{id}'),
];
const draw = (isOpen: (key: string) => boolean = () => true): readonly string[] =>
  toTree(rows, isOpen).map((row) => `${'  '.repeat(row.level - 1)}${row.kind === 'endpoint' ? row.key : `${row.kind} ${row.name}`}`);

test('endpoints stand under host and service; one service, or a service of one endpoint, is no level of its own', () => {
  expect(draw()).toEqual([
    'host api.test',
    '  service orders',
    '    GET api.test/v1/orders',
    '    POST api.test/v1/orders',
    '  GET api.test/v1/users/{id}',
    'host pay.test',
    '  GET pay.test/a',
    '  GET pay.test/a/{id}',
  ]);
});

test('what is closed hides what stands in it', () => {
  const [host, service] = rows[0] === undefined ? [] : groupsOf(rows[0]);
  expect(draw((key) => key !== service)).toHaveLength(6);
  expect(draw((key) => key !== host)).toEqual(['host api.test', 'host pay.test', '  GET pay.test/a', '  GET pay.test/a/{id}']);
});

test('a group adds up calls and statuses, and has the highest level of its endpoints', () => {
  const [host] = toTree(rows, () => false);
  expect(host).toMatchObject({
    sum: {
      endpoints: 3,
      calls: 6,
      statuses: { 200: 4, 404: 1 },
      sensitivity: 'S2',
      specs: { shadow: 1, documented: 2 },
      firstSeen: '2026-10-01T00:00:00Z',
    },
  });
});

test('the service is what the gateway says unless that is the host, else the first segment that is no version', () => {
  const service = (template: string, named?: string): string =>
    serviceOf({ host: 'api.test', template, ...(named === undefined ? {} : { service: named }) });
  expect(service('/v1/orders', 'shop')).toBe('shop');
  expect(service('/v1/orders', 'api.test')).toBe('orders');
  expect(service('/api/v2/users/{id}')).toBe('users');
  expect(service('/v1')).toBe('v1');
  expect(service('/{id}')).toBe('/');
  expect(service('/')).toBe('/');
});
