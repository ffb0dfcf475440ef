import { expect, test } from 'vitest';
import { findNamedValues } from '#shared/engine/intake/masking/named-values.ts';

const named = (value: object): readonly string[] => {
  const json = JSON.stringify(value);
  return [...findNamedValues(json)].map(([start, [name = '']]) => `${name}: ${json.slice(start, json.indexOf('"', start + 1) + 1)}`);
};

test('a name beside a value is its name, in either order and at any depth', () => {
  expect(named({ env: [{ name: 'API_KEY', value: '3f9a77c0e1b2' }, { value: 'abcdef', key: 'token' }] })).toEqual([
    'API_KEY: "3f9a77c0e1b2"',
    'token: "abcdef"',
  ]); // prettier-ignore
});

test('values without a name beside them are none, nor is a text that a field begins with', () => {
  expect(named({ value: '3f9a77c0e1b2', a: { name: 'x' } })).toEqual([]);
  expect(named({ name: 'password', default: 'Please enter it' })).toEqual([]);
  expect(named({ name: 'pin', text: '1234' })).toEqual([]);
  expect(named({ required: ['password', 'text'], rows: [['token', 'string']] })).toEqual([]);
  expect(named({ list: [['api_key', '3f9a77c0e1b2', 'x']] })).toEqual([]);
});

test('any number of other pairs before it hides no name', () => {
  const points = Array.from({ length: 6000 }, () => '{"v":1}').join(',');
  const json = `{"points":[${points}],"env":[{"name":"DB_PASSWORD","value":"hunter22x9"}]}`;
  expect([...findNamedValues(json).values()]).toEqual([['DB_PASSWORD']]);
});
