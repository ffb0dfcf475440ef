import { expect, test } from 'vitest';
import {
  countValues,
  endpointFields,
  filterEndpoints,
  parseFilter,
  printCondition,
  stateOf,
  withCondition,
} from '#renderer/views/inventory/filter.ts';
import { endpointRow } from '#test/support/endpoint-row.ts';

const rows = [
  endpointRow('GET api.test/v1/orders', { spec: 'shadow', sensitivity: 'S3' }),
  endpointRow('POST api.test/v1/orders', { flags: ['moves-money'], severity: 'high', findings: 2 }),
  endpointRow('GET api.test/v1/users/{id}', { sensitivity: 'S2', types: ['email', 'phone'] }),
  endpointRow('GET /healthz', { spec: 'no-spec' }),
];
const ids = (text: string): readonly string[] => filterEndpoints(rows, parseFilter(text)).map(({ id }) => id);

test('what is no condition on a known field is a word, in any case', () => {
  expect(parseFilter('Orders spec:shadow -method:GET time:10')).toEqual({
    words: ['orders', 'time:10'],
    conditions: [
      { field: 'spec', value: 'shadow', not: false },
      { field: 'method', value: 'GET', not: true },
    ],
  });
  expect(parseFilter('  ')).toEqual({ words: [], conditions: [] });
});

test('conditions of one field are alternatives, those of several fields all hold, every word must be found', () => {
  expect(ids('level:S3 level:S2')).toEqual(['GET api.test/v1/orders', 'GET api.test/v1/users/{id}']);
  expect(ids('level:S3 level:S2 method:POST')).toEqual([]);
  expect(ids('orders POST')).toEqual(['POST api.test/v1/orders']);
  expect(ids('-spec:documented')).toEqual(['GET api.test/v1/orders', 'GET /healthz']);
});

test('a host that no record names, kinds of data and the worst finding can be asked for', () => {
  expect(ids('host:none')).toEqual(['GET /healthz']);
  expect(ids('data:phone')).toEqual(['GET api.test/v1/users/{id}']);
  expect(ids('finding:high')).toEqual(['POST api.test/v1/orders']);
});

test('a condition replaces what the text said of its value, and leaves what else was typed', () => {
  const condition = { field: 'spec', value: 'shadow', not: false };
  expect(withCondition('orders -spec:shadow spec:orphan', condition, true)).toBe('orders spec:orphan spec:shadow');
  expect(withCondition('orders spec:shadow', condition, false)).toBe('orders');
});

test('a value with blanks comes back from the text as it was', () => {
  const condition = { field: 'service', value: 'order service', not: false };
  expect(parseFilter(printCondition(condition)).conditions).toEqual([condition]);
  expect(stateOf(parseFilter(printCondition({ ...condition, not: true })), 'service', 'order service')).toBe('excluded');
});

test('values are counted among the rows that fit all other fields; those of other rows count 0', () => {
  const spec = endpointFields.find(({ id }) => id === 'spec');
  if (spec === undefined) throw new Error('no field spec');
  expect(countValues(rows, parseFilter('method:POST spec:shadow'), spec)).toEqual([
    { value: 'documented', count: 1 },
    { value: 'shadow', count: 0 },
    { value: 'no-spec', count: 0 },
  ]);
});

test('codes are shown in words and stay codes in the filter', () => {
  const wordOf = (field: string, value: string) => endpointFields.find(({ id }) => id === field)?.wordOf?.(value);
  expect(wordOf('spec', 'no-spec')).toBe('no description');
  expect(wordOf('level', 'S3')).toBe('S3 secret');
  expect(wordOf('method', 'GET')).toBeUndefined();
});
