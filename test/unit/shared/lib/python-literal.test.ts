import { expect, test } from 'vitest';
import { parsePythonLiteral } from '#shared/lib/python-literal.ts';

test.each([
  [`{'id': 'sup-1', "of": "O'Neil", 'lines': [(1, 2.5), -3,]}`, { id: 'sup-1', of: "O'Neil", lines: [[1, 2.5], -3] }],
  [`{'a': True, 'b': False, 'c': None, 'd': 1e3, 7: {}}`, { a: true, b: false, c: null, d: 1000, 7: {} }],
  [String.raw`{'a': 'x\'y\n\x41\u00e9\q', 'b': r'\n'}`, { a: "x'y\nAé\\q", b: '\\n' }],
  [`{'id': 9007199254740993, 'of': -9_007_199_254_740_993}`, { id: '9007199254740993', of: '-9007199254740993' }],
  ['()', []],
])('%s is read as values', (text, expected) => {
  expect(parsePythonLiteral(text)).toEqual(expected);
});

test.each([
  'plain words',
  `{'a': `,
  `{'a' 'b'}`,
  `{'a': <Tool at 0x7f>}`,
  `{'a': 1} and more`,
  `{'a': open('/etc/passwd')}`,
  `['a' 'b']`,
  '{[1]: 2}',
  '['.repeat(5000),
])('%s is no value', (text) => {
  expect(parsePythonLiteral(text)).toBeUndefined();
});

test('a key that objects have by nature is a key like others', () => {
  expect(Object.keys(parsePythonLiteral(`{'__proto__': 1}`) as object)).toEqual(['__proto__']);
});
