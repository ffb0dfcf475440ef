/** Electron's security checklist (4.2 of the trust design): what the source must say, and that each item has the tests it names. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { electronChecklist } from '#test/support/trust/electron-checklist.ts';

const root = join(import.meta.dirname, '../..');
const ITEMS = 20;

/** The code of a file, or of every source file in a folder, without comments. */
const codeOf = (where: string): string => {
  const path = join(root, where);
  const files = statSync(path).isDirectory() ? globSync('**/*.{ts,tsx}', { cwd: path }).map((file) => join(path, file)) : [path];
  return files
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
};

test('the list has each of the 20 items once, in order', () => {
  expect(electronChecklist.map(({ item }) => item)).toEqual(Array.from({ length: ITEMS }, (_, index) => index + 1));
});

test.each(electronChecklist)('item $item, $name: the source keeps it, and its tests are there', ({ source, tests }) => {
  expect(source.length).toBeGreaterThan(0);
  for (const { where, has, hasNot } of source) {
    const code = codeOf(where);
    expect(code.length, where).toBeGreaterThan(100);
    if (has !== undefined) expect(has.test(code), `${where} has ${String(has)}`).toBe(true);
    if (hasNot !== undefined) expect(hasNot.exec(code)?.[0], `${where} has none of ${String(hasNot)}`).toBeUndefined();
  }
  for (const [file, title] of tests) expect(readFileSync(join(root, file), 'utf8').includes(title), `${file}: ${title}`).toBe(true);
});
