import { expect, test } from 'vitest';
import { yamlValues } from '#shared/engine/intake/masking/yaml-values.ts';
import { fc } from '#test/support/property.ts';

/** The value below the name `password` in the text. */
function below(text: string): string | undefined {
  const name = text.indexOf('password');
  const found = yamlValues(text)(name, text.indexOf(':', name) + 2);
  if (found !== undefined) expect(text.startsWith(found.value, found.start)).toBe(true);
  return found?.value;
}

test.each([
  ['password: |\n  a\n  b\nnext: 1', 'a\n  b'],
  ['password: >-\n\n    a\n', 'a'],
  ['password: |2- # of the shop\n    a\n', 'a'],
  ['password: |\r\n  a\r\nnext: 1', 'a'],
  ['  - password: |\n      a\n    next: 1', 'a'],
  ['{"m":"password: |\\n  a\\nnext: 1"}', 'a'],
  ['password: \n  "hunter-2"\n', 'hunter-2'],
])('%j has %j below its name', (text, value) => {
  expect(below(text)).toBe(value);
});

test.each([
  'password: hunter2',
  'password: |\nnext: 1',
  'password: \n  type: string\n',
  'password: \nhunter-2\n',
  'password: \n  two words\n',
])('%j has nothing below its name', (text) => {
  expect(below(text)).toBeUndefined();
});

test('whatever stands around a block, it is a part of the text and ends before what stands less deep', () => {
  const line = fc.constantFrom('', ' ', '  a', '    b c', '\t', 'next: 1', '- x', '"', '\\n', '#');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\\n'), (lines, end) => {
      const found = below(`password: |${end}${lines.join(end)}`);
      expect(found ?? '').not.toMatch(/(?:^|\n)next: 1/);
    }),
  );
});

test('names inside of a line that never end their block do not read it again and again', () => {
  const line = ' x password: |\n';
  const text = `a${line.repeat(20_000)}`;
  const valueOf = yamlValues(text);
  const started = performance.now();
  for (let at = text.indexOf('password'); at >= 0; at = text.indexOf('password', at + 1)) valueOf(at, at + 'password: '.length);
  expect(performance.now() - started).toBeLessThan(1000);
});
