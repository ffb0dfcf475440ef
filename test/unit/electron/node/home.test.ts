import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { homeFolder, openCaseFolder, toFileName } from '#electron/node/home.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'spoor-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

test('SPOOR_HOME names the folder', () => {
  expect(homeFolder({ SPOOR_HOME: '/somewhere' })).toBe('/somewhere');
  expect(homeFolder({ SPOOR_HOME: '', XDG_DATA_HOME: '/data' })).toMatch(/spoor$/i);
});

test.each([
  ['Sample case: Acme Outfitters', 'Sample-case-Acme-Outfitters'],
  ['../../etc/passwd', 'etc-passwd'],
  ['CON', 'case'],
  ['', 'case'],
  ['...', 'case'],
  ['日本', 'case'],
  ['a\u0000b', 'a-b'],
  ['café', 'cafe'],
])('the title %j becomes the file name %j', (title, name) => {
  expect(toFileName(title)).toBe(name);
});

test('a title that is taken gets a number', () => {
  const folder = openCaseFolder(home);
  expect(folder.newId('Case')).toBe('Case.spoor');
  writeFileSync(folder.pathOf('Case.spoor'), '');
  expect(folder.newId('Case')).toBe('Case-2.spoor');
});

test('a case is listed under the title it was remembered by, newest first', () => {
  const folder = openCaseFolder(home);
  writeFileSync(folder.pathOf('a.spoor'), 'x');
  folder.remember('a.spoor', 'The first');
  writeFileSync(join(folder.cases, 'notes.txt'), 'not a case');
  expect(folder.list().map(({ id, title, bytes }) => ({ id, title, bytes }))).toEqual([{ id: 'a.spoor', title: 'The first', bytes: 1 }]);
});

test.each(['../a.spoor', '/etc/passwd', 'missing.spoor', 'notes.txt', ''])(
  'an id that is no case of the folder finds nothing: %j',
  (id) => {
    const folder = openCaseFolder(home);
    writeFileSync(join(home, 'a.spoor'), 'outside of the folder');
    expect(folder.find(id)).toBeUndefined();
  },
);

test('a damaged index only loses the titles', () => {
  const folder = openCaseFolder(home);
  writeFileSync(folder.pathOf('a.spoor'), '');
  writeFileSync(join(home, 'titles.json'), '{"a.spoor": ');
  expect(folder.list()[0]?.title).toBe('a');
  expect(readdirSync(folder.cases)).toEqual(['a.spoor']);
});
