import { expect, test } from 'vitest';
import { printOff } from '#renderer/state/off-conditions.ts';
import { parsePins, withoutPins, withoutLast, withPins } from '#renderer/filter/pinned.ts';

test('what is pinned is asked with every query, once, and an or of the query stays an or', () => {
  expect(withPins('', ['host:a'])).toBe('host:a');
  expect(withPins('status:404', ['host:a', 'is:write'])).toBe('status:404 and host:a and is:write');
  expect(withPins('host:b or host:c', ['is:write'])).toBe('(host:b or host:c) and is:write');
  expect(withPins('HOST:a status:404', ['host:a'])).toBe('HOST:a status:404');
  expect(withPins('status:404', ['host:a or host:b'])).toBe('status:404 and (host:a or host:b)');
});

test('the bar shows the query without what is pinned, however it came back', () => {
  for (const query of ['', 'status:404', '(host:b or host:c)'])
    expect(withoutPins(withPins(query, ['is:write', 'host:a']), ['is:write', 'host:a'])).toBe(query);
  expect(withoutPins('status:404 host:b', ['host:a'])).toBe('status:404 host:b');
  expect(withoutPins('status:404 and (host:a or host:b)', ['host:a or host:b'])).toBe('status:404');
});

test('a query that nobody understands stays as it was typed, and so does a pin of a damaged link nowhere', () => {
  expect(withPins('status:(', ['host:a'])).toBe('status:(');
  expect(parsePins(printOff(['host:a', 'status:(', '']))).toEqual(['host:a']);
  expect(parsePins(undefined)).toEqual([]);
});

test('the last condition that is dropped is one of the query, and only then one that is pinned', () => {
  expect(withoutLast('host:a is:write', ['is:failed'])).toEqual({
    dropped: 'is:write',
    asked: 'host:a and is:failed',
    to: { query: 'host:a', pin: 'is:failed' },
  });
  expect(withoutLast('', ['is:failed', 'host:a'])).toEqual({ dropped: 'host:a', asked: 'is:failed', to: { query: '', pin: 'is:failed' } });
  expect(withoutLast('', [])).toBeUndefined();
});
