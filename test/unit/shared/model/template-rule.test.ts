import { expect, test } from 'vitest';
import { parsePattern, placeOfPattern, ruleProblem } from '#shared/model/template-rule.ts';

const place = (text: string): string => {
  const parsed = parsePattern(text);
  return parsed.ok ? placeOfPattern(parsed.parts) : parsed.why;
};

test('a place is a pattern without the names of its parameters', () => {
  expect(place('/users/{name}/posts')).toBe('/users/{}/posts');
  expect(place('/jobs/{id}:cancel')).toBe('/jobs/{}:cancel');
  expect(place('/odd/%7Bx%7D')).toBe('/odd/%7Bx%7D');
  expect(place('/Orders({id})/Lines(A={a},B={b})')).toBe('/Orders({})/Lines(A={},B={})');
});

test('what is no pattern says why', () => {
  const none = [
    '',
    '/',
    'users',
    '/a//b',
    '/a/{',
    '/a/{}',
    '/a/{x}y/b',
    '/a/{x}y',
    '/a/b{x}',
    '/Orders({})',
    '/Orders({id},)',
    '/Orders(x{id})',
    '/a/\u0001b',
    '/a/\ud800',
    `/${'a/'.repeat(30)}b`,
  ];
  for (const text of none) expect([text, parsePattern(text).ok]).toEqual([text, false]);
});

test('captured text of any script is a literal', () => {
  for (const text of ["/'; DROP TABLE template_rule; --", '/<script>alert(1)<', '/\u202egpj.exe', '/größe', '/a b'])
    expect([text, parsePattern(text).ok]).toEqual([text, true]);
});

test('each kind of rule ends as it must', () => {
  expect(ruleProblem('word', '/users/me')).toBeUndefined();
  expect(ruleProblem('word', '/users/{id}')).toMatch('ends with that word');
  expect(ruleProblem('value', '/files/{name}')).toBeUndefined();
  expect(ruleProblem('value', '/files/name')).toMatch('a name in braces');
  expect(ruleProblem('name', '/files/{name}.json')).toMatch('a name in braces');
  expect(ruleProblem('pin', '/a/{x}/b/{x}')).toMatch('differently');
  expect(ruleProblem('pin', '/Orders({x})/{x}')).toMatch('differently');
  expect(ruleProblem('word', '/Orders({x})')).toMatch('ends with that word');
});
