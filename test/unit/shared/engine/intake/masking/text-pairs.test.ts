import { expect, test } from 'vitest';
import { findTextPairs } from '#shared/engine/intake/masking/text-pairs.ts';

const pairs = (text: string): readonly string[] =>
  findTextPairs(text).map(({ name, start, value }) => {
    expect(text.startsWith(value, start)).toBe(true);
    return `${name}: ${value}`;
  });

test.each([
  ['- name: DB_PASSWORD\n    value: a1', 'DB_PASSWORD: a1'],
  ['- value: "a 1"\n  name: DB_PASSWORD', 'DB_PASSWORD: a 1'],
  ['x {"name": "pw", "value": "a 1"} y', 'pw: a 1'],
  ['{\\"key\\":\\"pw\\",\\"value\\":\\"a1\\"}', 'pw: a1'],
  ['<set name="pw" value=\'a 1\'/>', 'pw: a 1'],
  ['<name>pw</name>\n  <value>a1</value>', 'pw: a1'],
  ['name=pw&value=a1&x=2', 'pw: a1'],
])('%j is a pair', (text, pair) => {
  expect(pairs(text)).toEqual([pair]);
});

test('a name without a value at its side is none', () => {
  expect(pairs('name: pw\nother: 1\nvalue: a1')).toEqual([]);
  expect(pairs('filename=pw value=a1')).toEqual([]);
  expect(pairs('name: pw valueFrom: a1')).toEqual([]);
});

test('a text made of the words of pairs is read in bounded time', () => {
  const hostile = `${'name: '.repeat(20_000)}value: ${' '.repeat(100_000)}${'\\'.repeat(100_000)}${'value="'.repeat(20_000)}`;
  const started = performance.now();
  findTextPairs(hostile);
  expect(performance.now() - started).toBeLessThan(2000);
});

test.each([
  ['val=', 262_144],
  ['value:', 43_690],
  ['value=a name', 20_000],
])('%j over and over is read in bounded time', (word, times) => {
  const started = performance.now();
  findTextPairs(word.repeat(times));
  expect(performance.now() - started).toBeLessThan(3000);
});
