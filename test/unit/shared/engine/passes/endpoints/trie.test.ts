import { expect, test } from 'vitest';

import { toTokens } from '#shared/engine/passes/endpoints/path-tokens.ts';
import { printTemplate } from '#shared/engine/passes/endpoints/template.ts';
import { createPathTrie } from '#shared/engine/passes/endpoints/trie.ts';

/** The templates of requests, one a line: `GET /users/7`, with ` x30` for as many of them, ` 404` for one that the server did not know. */
function templates(text: string): readonly string[] {
  const requests = text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, method = '', path = '', times = '1', unknown] = /^\s*(\S+) (\S+)(?: x(\d+))?( 404)?$/.exec(line) ?? [];
      return Array.from({ length: Number(times) }, () => ({ method, path, isKnown: unknown === undefined }));
    });
  const trie = createPathTrie();
  for (const { method, path, isKnown } of requests) trie.add('api.test', toTokens(path), isKnown, method);
  trie.learn();
  return [...new Set(requests.map(({ method, path }) => `${method} ${printTemplate(trie.templateOf('api.test', toTokens(path)))}`))].sort();
}

const lines = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join('\n');
const NAMES = 'amber basil cedar dune ember fjord grove heron iris juniper kestrel larch'.split(' ');

test('a version that is a bare number stays, ids that are numbers do not', () => {
  expect(templates(lines(12, (at) => `GET /rest/api/2/issue/${String(4000 + at * 7)}`))).toEqual(['GET /rest/api/2/issue/{id}']);
});

test('names are values where they share what follows, and a known word beside them stays', () => {
  const names = lines(12, (at) => `GET /users/${NAMES[at] ?? ''}/posts\nGET /users/${NAMES[at] ?? ''}`);
  expect(templates(`${names}\nGET /users/me x40\nPOST /users/search x30`)).toEqual([
    'GET /users/me',
    'GET /users/{id}',
    'GET /users/{id}/posts',
    'POST /users/search',
  ]);
});

test('twelve resources of one API are twelve places, though each has a list and its items', () => {
  const words = 'orders users invoices carts products tickets shipments payments refunds events reports teams'.split(' ');
  const found = templates(
    words.map((word, at) => `GET /${word} x9\nGET /${word}/${String(at + 1)} x5\nGET /${word}/${String(at + 70)} x5`).join('\n'),
  );
  expect(found).toEqual(words.flatMap((word) => [`GET /${word}`, `GET /${word}/{id}`]).sort());
});

test('a custom method and a format stay beside the value', () => {
  expect(templates(lines(9, (at) => `POST /v1/jobs/${String(at * 31)}:cancel`))).toEqual(['POST /v1/jobs/{id}:cancel']);
  expect(templates(lines(9, (at) => `GET /Accounts/AC${String(at * 7919 + 1000)}.json`))).toEqual(['GET /Accounts/{id}.json']);
});

test('names of files are values with their endings', () => {
  const endings = ['json', 'xml', 'csv', 'pdf', 'html', 'txt'];
  expect(templates(lines(12, (at) => `GET /v1/uploads/${NAMES[at] ?? ''}.${endings[at % 6] ?? ''}`))).toEqual(['GET /v1/uploads/{id}']);
});

test('an id that chance gave no digit is one when it is made like the others', () => {
  const ids = lines(12, (at) => `GET /orders/ord_${'abcdefghijkl'.charAt(at)}7x${String(at)}${at > 9 ? '' : 'q'}wkz`);
  expect(templates(`${ids}\nGET /orders/ord_abcdwkzz`)).toEqual(['GET /orders/{id}']);
});

test('two names without any id beside them stay: they may be two operations', () => {
  expect(templates('GET /internal/dump\nGET /internal/guess')).toEqual(['GET /internal/dump', 'GET /internal/guess']);
});

test('what a probe tried and nobody knew is one template', () => {
  expect(templates(`${lines(12, (at) => `GET /zz${NAMES[at] ?? ''} 404`)}\nGET /orders x9`)).toEqual(['GET /orders', 'GET /{id}']);
});

test('a flood of made-up hosts fills the places, and they are not gone through with every call', () => {
  const trie = createPathTrie();
  for (let host = 0; host < 110_000; host += 1) trie.add(`h${String(host)}.test`, ['admin', 'users'], true, 'GET');
  trie.learn();
  expect(trie.templateOf('h1.test', ['admin', 'users'])).toEqual(['admin', 'users']);
}, 90_000);

test('a place with a thousand words is not gone through for each id beside them', () => {
  const trie = createPathTrie();
  for (let at = 0; at < 999; at += 1)
    trie.add(
      'api.test',
      ['things', `w${'abcdefghij'.charAt(at % 10)}q${'klmnopqrst'.charAt((at / 10) % 10)}z${'uvwxyzabcd'.charAt(Math.floor(at / 100))}`],
      true,
      'GET',
    );
  for (let id = 0; id < 150_000; id += 1) trie.add('api.test', ['things', String(id)], true, 'GET');
  trie.learn();
  expect(trie.templateOf('api.test', ['things', '7'])).toEqual(['things', { type: 'int' }]);
}, 8000);

test('what a probe tried teaches nothing about the paths that are there', () => {
  const pages = 'GET /style.css x30\nGET /reset.css x30\nGET /about x9';
  const probes = lines(40, (at) => `GET /${NAMES[at % 12] ?? ''}${String(at)}.php 404`);
  expect(templates(`${pages}\n${probes}`).filter((template) => /css|about/.test(template))).toEqual(templates(pages));
});

test('a miss is placed where answered paths say that values stand, and beyond by the other misses', () => {
  const users = lines(12, (at) => `GET /users/${NAMES[at] ?? ''} x3\nGET /users/${NAMES[at] ?? ''}/posts x3`);
  expect(templates(`${users}\nGET /users/zebra 404\nGET /users/zebra/export 404\nGET /accounts/17/close 404`)).toEqual([
    'GET /accounts/{id}/close',
    'GET /users/{id}',
    'GET /users/{id}/export',
    'GET /users/{id}/posts',
  ]);
});
