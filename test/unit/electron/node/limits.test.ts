import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { hostLimits } from '#electron/node/limits.ts';

const root = resolve(import.meta.dirname, '../../../..');

test('every limit in the list is the constant of the file that it names', async () => {
  for (const { where, name, value } of hostLimits) {
    const module = (await import(pathToFileURL(resolve(root, where)).href)) as Readonly<Record<string, unknown>>;
    expect({ where, name, value: module[name] }).toEqual({
      where,
      name,
      value,
    });
  }
});

test('no limit is listed twice, and each says what it is and why', () => {
  const places = hostLimits.map(({ where, name }) => `${where} ${name}`);
  expect(new Set(places).size).toBe(places.length);
  expect(hostLimits.filter(({ what, why }) => what === '' || why === '')).toEqual([]);
});

test('the limits on archives that keep a bomb out are among them', () => {
  const archives = hostLimits.filter(({ where }) => where.startsWith('electron/node/evidence/')).map(({ name }) => name);
  expect(archives).toEqual(expect.arrayContaining(['MAX_MEMBERS', 'MAX_ARCHIVES', 'MAX_RATIO', 'MAX_UNPACKED_BYTES']));
});
