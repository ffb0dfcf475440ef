import { describe, expect, test } from 'vitest';
import { listGraphqlOperations, MAX_DOCUMENT } from '#shared/engine/intake/operations/graphql-document.ts';
import { fc } from '#test/support/property.ts';

const shapes = (text: string): readonly string[] =>
  listGraphqlOperations(text).map(({ type, name, fields }) => `${type} ${name ?? '-'}: ${fields.join(' ')}`);

describe('operations of a document', () => {
  test.each([
    ['query GetUser($id: ID!) { user(id: $id) { name } }', ['query GetUser: user']],
    ['{ user { name } orders(first: 3) { id } }', ['query -: user orders']],
    ['mutation { login(name: "a") { token } }', ['mutation -: login']],
    ['subscription OnOrder @live { orderAdded { id } }', ['subscription OnOrder: orderAdded']],
    ['query A { a } query B { b }', ['query A: a', 'query B: b']],
    ['\ufeff# query Nope { x }\n,query,Real{me{id}}', ['query Real: me']],
    ['{ a: user { id } b: user { id } }', ['query -: user']],
    ['query ($f: Filter = {a: [{b: 1}], c: "}"}) { items(f: $f) { id } }', ['query -: items']],
    ['{ say(text: """ } query Evil { "x" \\""" { """) { ok } after }', ['query -: say after']],
    [
      '{ ...Top ... on Query @include(if: true) { b } ... { c } } fragment Top on Query { a ...More } fragment More on Query { d ...Top }',
      ['query -: b c a d'],
    ],
    ['query { query mutation { fragment } on type }', ['query -: query mutation on type']],
  ])('%s', (text, expected) => {
    expect(shapes(text)).toEqual(expected);
  });

  test('a document that is cut off names what came before', () => {
    expect(shapes('query GetUser { user(id: 7) { na')).toEqual(['query GetUser: user']);
    expect(shapes('query GetUser')).toEqual([]);
  });

  test.each([
    'shoes',
    '{"query": {"match": "x"}}',
    '{ "a": 1 }',
    '{ a: { b: 1 } }',
    'SELECT { a } FROM b',
    'type Query { a: Int }',
    'query letters in the mail',
    '',
    '}{',
    '{}',
    'query __proto__',
    'constructor { a }',
  ])('no GraphQL: %s', (text) => {
    expect(shapes(text)).toEqual([]);
  });
});

describe('hostile documents', () => {
  test.each([
    ['nesting', `{ a ${'{ b '.repeat(30_000)}`],
    ['parentheses', `{ a${'('.repeat(60_000)}`],
    ['open strings', '{ a(b: "' + '\\"'.repeat(30_000)],
    ['open block strings', '{ a(b: ' + '"""\\"""'.repeat(9_000)],
    ['quotes', '{ ' + '"a\n'.repeat(20_000)],
    ['comments', '#'.repeat(60_000)],
    ['spreads', `{ ${'...F '.repeat(10_000)} } fragment F on Q { ...F }`],
    ['inline fragments', '{ ' + '... on A { '.repeat(5_000)],
    ['aliases', '{ ' + 'a: '.repeat(20_000)],
    ['operations', 'query A { a } '.repeat(4_000)],
  ])('%s cost one pass', (_, text) => {
    const start = performance.now();
    const found = listGraphqlOperations(text);
    expect(performance.now() - start).toBeLessThan(500);
    expect(found.length).toBeLessThanOrEqual(51);
  });

  test('any text gives names of GraphQL and few of them, and never throws', () => {
    const word = fc.constantFrom(
      'query',
      'mutation',
      'fragment',
      'on',
      'a',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '...',
      '@',
      ':',
      '$',
      '"',
      '"""',
      '\\',
      '#',
      '\n',
      ' ',
      ',',
      '=',
      '7',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 200 }).map((words) => words.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          for (const { name, fields } of listGraphqlOperations(text)) {
            expect(fields.length).toBeGreaterThan(0);
            for (const each of [...fields, ...(name === undefined ? [] : [name])]) expect(each).toMatch(/^[A-Za-z_]\w*$/);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('what is written is found, whatever stands between the tokens', () => {
    const name = fc.stringMatching(/^[A-Za-z_]\w{0,12}$/).filter((text) => !['on', 'fragment'].includes(text));
    const blank = fc.constantFrom(' ', '\n', '\t,', ' # query X { y } \n', '\ufeff ');
    fc.assert(
      fc.property(
        fc.constantFrom('query', 'mutation', 'subscription'),
        name,
        fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
        blank,
        (type, own, fields, between) => {
          const selection = fields.map((field) => `alias : ${field} ( x : { y : [ "}" ] } ) @skip ( if : true ) { id }`).join(' ');
          const text = `${type} ${own} ( $v : [ Int ! ] = [ 1 ] ) { ${selection} }`.replaceAll(' ', between);
          expect(listGraphqlOperations(text)).toEqual([{ type, name: own, fields }]);
        },
      ),
    );
  });

  test('what stands behind the limit is not read', () => {
    expect(shapes(`${' '.repeat(MAX_DOCUMENT)}{ a }`)).toEqual([]);
  });
});
