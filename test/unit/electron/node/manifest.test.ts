import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkManifest, MANIFEST, writeManifest } from '#electron/node/manifest.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spoor-manifest-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const put = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};

test('files that are as they were written are the same', async () => {
  put('a.txt', 'a');
  put(MANIFEST, `${hash('a')}  a.txt\n`);
  expect(await checkManifest(folder)).toEqual([{ name: 'a.txt', state: 'same' }]);
});

test('a changed file, a missing one, one that was added and a link are told apart', async () => {
  put('a.txt', 'A');
  put('new.txt', 'n');
  symlinkSync('/dev/zero', join(folder, 'link'));
  mkdirSync(join(folder, 'dir'));
  put(MANIFEST, `${hash('a')}  a.txt\n${hash('b')}  b.txt\n${hash('')}  link\n${hash('')}  dir\n`);
  expect((await checkManifest(folder)).map(({ name, state }) => `${name}: ${state}`)).toEqual([
    'a.txt: changed',
    'b.txt: missing',
    'dir: no plain file',
    'link: no plain file',
    'new.txt: not in the manifest',
  ]);
});

test.each(['../a.txt', '/etc/passwd', 'a/../b', 'a//b', 'a/', 'a/.b', 'a\\b', 'a/b/c/d', '.hidden', 'a\0b', ''])(
  'a manifest that names %j is refused, and nothing of it is opened',
  async (name) => {
    put(MANIFEST, `${hash('a')}  ${name}\n`);
    await expect(checkManifest(folder)).rejects.toMatchObject({ code: 'damaged-file' });
  },
);

test('files in folders are verified where they stand, and a folder that is a link is not followed', async () => {
  mkdirSync(join(folder, 'events'));
  mkdirSync(join(folder, 'other'));
  mkdirSync(join(folder, 'far'));
  put('events/001.json', '{}');
  put('events/new.json', '');
  put('other/x', '');
  put('far/a.http', 'a');
  symlinkSync(join(folder, 'far'), join(folder, 'linked'));
  put(MANIFEST, `${hash('{}')}  events/001.json\n${hash('a')}  gateways/kong.yaml\n${hash('a')}  linked/a.http\n`);
  expect((await checkManifest(folder)).map(({ name, state }) => `${name}: ${state}`)).toEqual([
    'events/001.json: same',
    'events/new.json: not in the manifest',
    'far: not in the manifest',
    'gateways/kong.yaml: missing',
    'linked: not in the manifest',
    'linked/a.http: no plain file',
    'other: not in the manifest',
  ]);
});

test('a manifest that was written here is kept, and a case beside it is no stranger', async () => {
  put('b.csv', 'b');
  put('a.html', 'a');
  put('case.spoor', 'changes');
  await writeManifest(folder, ['b.csv', 'a.html']);
  expect(await checkManifest(folder)).toEqual([
    { name: 'a.html', state: 'same' },
    { name: 'b.csv', state: 'same' },
  ]);
});

test('a manifest that is a link is not followed', async () => {
  symlinkSync('/dev/zero', join(folder, MANIFEST));
  await expect(checkManifest(folder)).rejects.toMatchObject({ code: 'damaged-file' });
});
