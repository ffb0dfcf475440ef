import { expect, test } from 'vitest';
import { createPathTemplates } from '#shared/engine/passes/endpoints/path-templates.ts';
import type { PathRule } from '#shared/engine/passes/endpoints/path-rules.ts';
import type { RuleKind } from '#shared/model/template-rule.ts';
import { fc } from '#test/support/property.ts';

const HOST = 'api.test';

/** `word /users/me`, one rule a line. */
const rulesOf = (text: string): readonly PathRule[] =>
  text
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [kind = '', pattern = ''] = line.trim().split(' ');
      return { host: HOST, kind: kind as RuleKind, pattern };
    });

/** The templates of these paths, one request each, without repetition. */
function templates(rules: readonly PathRule[], paths: readonly string[], host = HOST): readonly string[] {
  const made = createPathTemplates(rules);
  for (const path of paths) made.add(host, path, true, 'GET');
  made.learn();
  return [...new Set(paths.map((path) => made.templateOf(host, path)))].sort();
}

const NAMES = 'amber basil cedar dune ember fjord grove heron iris juniper kestrel larch'.split(' ');
const USERS = NAMES.flatMap((name) => [`/users/${name}`, `/users/${name}/posts`]);

test('a place of values makes one endpoint of words: merge', () => {
  const paths = ['/files/report', '/files/summary', '/files/report/lines'];
  expect(templates([], paths)).toEqual(['/files/report', '/files/report/lines', '/files/summary']);
  expect(templates(rulesOf('value /files/{name}'), paths)).toEqual(['/files/{name}', '/files/{name}/lines']);
});

test('a kept word has an endpoint of its own, whatever it looks like: split', () => {
  const ids = Array.from({ length: 20 }, (_, at) => `/users/${String(at + 100)}`);
  expect(templates(rulesOf('word /users/107'), ids)).toEqual(['/users/107', '/users/{id}']);
  expect(templates(rulesOf('word /users/basil'), USERS)).toEqual([
    '/users/basil',
    '/users/basil/posts',
    '/users/{id}',
    '/users/{id}/posts',
  ]);
  const items = ids.flatMap((path) => [`${path}/7`, `${path}/8`]);
  expect(templates(rulesOf('word /users/{x}/7'), items)).toEqual(['/users/{id}/7', '/users/{userId}/{userId2}']);
});

test('a name stands for the values of its place alone: rename', () => {
  expect(templates(rulesOf('name /users/{login}'), USERS)).toEqual(['/users/{login}', '/users/{login}/posts']);
  expect(templates(rulesOf('name /users/{who}/orders/{userId}'), ['/users/7/orders/8'])).toEqual(['/users/{userId2}/orders/{userId}']);
  expect(templates(rulesOf('name /users/{x}/orders/{userId}\nname /users/{who}'), ['/users/7/orders/8'])).toEqual([
    '/users/{who}/orders/{userId}',
  ]);
});

test('keys in parentheses are a fixed part of a pattern, whatever their names are', () => {
  const paths = ['/Orders(5)', '/Orders(7)', '/Orders(5)/Lines(A=1,B=2)', '/Orders(7)/Items', '/Orders(7)/Notes'];
  expect(templates([], paths)).toContain('/Orders({orderId})/Lines(A={A},B={B})');
  expect(templates(rulesOf('value /Orders({id})/{part}'), paths)).toEqual(['/Orders({id})', '/Orders({orderId})/{part}']);
  expect(templates(rulesOf('pin /Orders({order})'), paths)).toContain('/Orders({order})');
  expect(templates(rulesOf('pin /Orders({order})/Lines(A={a},B={b})'), paths)).toContain('/Orders({order})/Lines(A={a},B={b})');
});

test('a pinned template takes the paths that fit it and no others', () => {
  const paths = [...USERS, '/users/amber/likes'];
  expect(templates(rulesOf('pin /users/{name}/posts'), paths)).toEqual(['/users/{id}', '/users/{id}/likes', '/users/{name}/posts']);
  expect(templates(rulesOf('pin /jobs/{id}:cancel'), ['/jobs/a:cancel', '/jobs/b'])).toEqual(['/jobs/b', '/jobs/{id}:cancel']);
});

test('rules of another host say nothing', () => {
  expect(templates(rulesOf('value /files/{name}'), ['/files/a', '/files/b'], 'other.test')).toEqual(['/files/a', '/files/b']);
});

test('of two rules that speak of one path the kept word wins, then the pin with the first literal, then the pin, then the place', () => {
  const paths = ['/users/me', '/users/anna', '/users/anna/posts'];
  expect(templates(rulesOf('pin /users/{name}\nword /users/me\nvalue /users/{x}'), paths)).toEqual([
    '/users/me',
    '/users/{name}',
    '/users/{x}/posts',
  ]);
  expect(templates(rulesOf('pin /{kind}/me\npin /users/{name}'), ['/users/me'])).toEqual(['/users/{name}']);
  expect(templates(rulesOf('value /users/{a}\nname /users/{b}'), paths)).toEqual(['/users/{b}', '/users/{b}/posts']);
  expect(templates(rulesOf('word /users/me\nvalue /users/{x}'), paths)).toEqual(['/users/me', '/users/{x}', '/users/{x}/posts']);
});

test('a word with a format is kept with it and without', () => {
  const paths = ['/files/a.json', '/files/report.json', '/files/report.json/lines', '/files/b'];
  expect(templates(rulesOf('value /files/{name}\nword /files/report.json'), paths)).toContain('/files/report.json');
  expect(templates(rulesOf('word /files/report\nvalue /files/{name}'), ['/files/report.json', '/files/x.json'])).toContain(
    '/files/report.json',
  );
});

test('hostile segments are literals like any other', () => {
  const odd = ["';DROP--", '\u202egpj.exe', '<img>', '__proto__', 'constructor', '{x}', '%'];
  const paths = odd.map((text) => `/files/${encodeURIComponent(text)}`);
  const rules = [
    ...rulesOf('value /files/{name}'),
    { host: HOST, kind: 'word' as const, pattern: '/files/__proto__' },
    { host: HOST, kind: 'word' as const, pattern: '/files/%7Bx%7D' },
  ];
  expect(templates(rules, paths)).toEqual(['/files/%7Bx%7D', '/files/__proto__', '/files/{name}']);
});

test('a rule that this version cannot read is passed over', () => {
  expect(templates([{ host: HOST, kind: 'pin', pattern: '/a/{rest*}' }], ['/a/b'])).toEqual(['/a/b']);
});

test('the order of rules and of paths does not count', () => {
  const rules = rulesOf(
    'pin /users/{name}/posts\nword /users/me\nvalue /files/{file}\nname /users/{login}\nvalue /{area}/list\nword /{x}/7\npin /{a}/{b}/posts\nname /files/{doc}',
  );
  const paths = [...USERS, '/users/me', '/users/me/posts', '/files/a', '/files/b/lines', '/files/7', '/users/7', '/other/x/posts'];
  const expected = templates(rules, paths);
  fc.assert(
    fc.property(fc.shuffledSubarray([...rules], { minLength: rules.length }), (shuffled) => {
      expect(templates(shuffled, paths)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});
