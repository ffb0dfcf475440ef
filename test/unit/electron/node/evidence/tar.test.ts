import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEvidencePort } from '#electron/node/evidence/evidence.ts';
import { craftTar, craftTarMember, craftZip, expandToLines, paxRecord, zipMember } from '#test/support/archives.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);
const tar = craftTar([
  { name: './', type: '5' },
  { name: './b.log', content: 'two' },
  { name: 'logs/a.log', content: 'one' },
  { name: 'empty.log' },
]);
const membersOf = (name: string): string[] => [`${name}!b.log = two`, `${name}!empty.log = `, `${name}!logs/a.log = one`];

test('members are named after their archive, whichever way it is compressed and whatever it is called', async () => {
  const packed = {
    'a.tar': tar,
    'b.tgz': gzipSync(tar),
    'c.tar.gz': gzipSync(tar),
    'd.tar.zst': zstdCompressSync(tar),
    'e.log': gzipSync(tar),
  };
  for (const [name, bytes] of Object.entries(packed)) {
    await writeFile(at(name), bytes);
    expect(await expandToLines(at(name))).toEqual(membersOf(name));
  }
});

test('a tar in a zip and a zip in a compressed tar are read, and what they were unpacked into is deleted', async () => {
  const tempRoot = at('temp');
  await mkdir(tempRoot);
  await writeFile(
    at('a.zip'),
    craftZip([
      { name: 'b.tar', content: tar },
      { name: 'c.tgz', content: gzipSync(tar) },
    ]),
  );
  expect(await expandToLines(at('a.zip'), { tempRoot })).toEqual([...membersOf('a.zip!b.tar'), ...membersOf('a.zip!c.tgz')]);
  await writeFile(at('d.tar.gz'), gzipSync(craftTar([{ name: 'e.zip', content: craftZip([zipMember('f.log', 'deep')]) }])));
  expect(await expandToLines(at('d.tar.gz'), { tempRoot })).toEqual(['d.tar.gz!e.zip!f.log = deep']);
  expect(await readdir(tempRoot)).toEqual([]);
});

test('long names of ustar, of pax and of GNU tar are put together', async () => {
  const long = (letter: string): string => `${letter.repeat(120)}/${letter.repeat(120)}.log`;
  await writeFile(
    at('a.tar'),
    craftTar([
      { name: `${'u'.repeat(90)}.log`, prefix: 'logs/of', content: '1' },
      { name: 'PaxHeaders/p', type: 'x', content: paxRecord('mtime', '1.5') + paxRecord('path', long('ü')) },
      { name: 'cut short', content: '2' },
      { name: '././@LongLink', type: 'L', content: `${long('g')}\0`, magic: 'ustar  ' },
      { name: 'cut short', content: '3', magic: 'ustar  ' },
      { name: 'globals', type: 'g', content: paxRecord('comment', 'of no interest') },
      { name: 'old.log', content: '4', magic: '\0\0\0\0\0\0' },
    ]),
  );
  expect(await expandToLines(at('a.tar'))).toEqual([
    `a.tar!${long('g')} = 3`,
    `a.tar!logs/of/${'u'.repeat(90)}.log = 1`,
    'a.tar!old.log = 4',
    `a.tar!${long('ü')} = 2`,
  ]);
});

test('a size that only a pax record or a binary number can hold is read', async () => {
  const binary = craftTarMember({ name: 'b.log', content: 'two' });
  binary.fill(0, 124, 136);
  binary[124] = 0x80;
  binary[135] = 3;
  binary.write('        ', 148, 'latin1');
  binary.write(
    `${binary
      .subarray(0, 512)
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  );
  const pax = craftTarMember({ name: 'p', type: 'x', content: paxRecord('size', '3') });
  await writeFile(
    at('a.tar'),
    Buffer.concat([pax, craftTarMember({ name: 'a.log', content: 'one', declared: 0 }), binary, Buffer.alloc(1024)]),
  );
  expect(await expandToLines(at('a.tar'))).toEqual(['a.tar!a.log = one', 'a.tar!b.log = two']);
});

test('archives that were joined are read to the end of the last', async () => {
  await writeFile(at('a.tar'), Buffer.concat([craftTar([{ name: 'a.log', content: '1' }]), craftTar([{ name: 'b.log', content: '2' }])]));
  expect(await expandToLines(at('a.tar'))).toEqual(['a.tar!a.log = 1', 'a.tar!b.log = 2']);
});

test('the container is the file on disk; an archive inside it is noted with its hash', async () => {
  const inner = gzipSync(
    craftTar([
      { name: 'dir', type: '5' },
      { name: '._a.log', content: 'fork' },
      { name: 'a.log', content: 'x' },
    ]),
  );
  const outer = craftZip([{ name: 'in.tgz', content: inner }]);
  await writeFile(at('out.zip'), outer);
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const found = [];
  for await (const item of createEvidencePort().expand([{ path: at('out.zip') }], new AbortController().signal)) found.push(item);
  expect(found).toMatchObject([
    {
      source: { name: 'out.zip!in.tgz!a.log', size: 1 },
      container: {
        name: 'out.zip',
        sha256: sha256(outer),
        bytes: outer.length,
        notes: [
          `Unpacked from out.zip!in.tgz, ${String(inner.length)} bytes, SHA-256 ${sha256(inner)}.`,
          'Passed over in out.zip!in.tgz: 1 folder entries and 1 macOS resource files.',
        ],
      },
    },
  ]);
});

test('a quick look gives the sources of the names that are asked for, and hashes and unpacks nothing', async () => {
  const tempRoot = at('temp');
  await mkdir(tempRoot);
  await mkdir(at('e'));
  const logs = craftTar([
    { name: 'etc/nginx.conf', content: 'http {}' },
    { name: 'access.log', content: 'x'.repeat(5000) },
  ]);
  await writeFile(at('e/nginx.conf'), 'events {}');
  await writeFile(at('e/access.log'), 'lines');
  await writeFile(at('e/b.tar.gz'), gzipSync(logs));
  await writeFile(at('e/c.zip'), craftZip([zipMember('nginx.conf', 'in a zip'), zipMember('z.log'), { name: 'd.tar', content: logs }]));
  await writeFile(at('e/broken.zip'), 'PK\x03\x04');
  const only = (name: string): boolean => name.endsWith('.conf');
  const found: string[] = [];
  for await (const item of createEvidencePort({ tempRoot }).expand([{ path: at('e') }], new AbortController().signal, { only })) {
    if (item.kind === 'failure') throw new Error(item.message);
    expect(item.container).toBeUndefined();
    expect(await readdir(tempRoot)).toEqual([]);
    let text = '';
    for await (const chunk of item.source.chunks()) text += Buffer.from(chunk).toString();
    found.push(`${item.source.name} = ${text}`);
  }
  expect(found).toEqual([
    'e/b.tar.gz!etc/nginx.conf = http {}',
    'e/c.zip!d.tar!etc/nginx.conf = http {}',
    'e/c.zip!nginx.conf = in a zip',
    'e/nginx.conf = events {}',
  ]);
});

test.skipIf(process.platform === 'win32')('what the tar of this machine writes is read, in each of its formats', async () => {
  const name = `${'long'.repeat(30)}/${'name'.repeat(20)}.log`;
  await mkdir(join(at('in'), 'long'.repeat(30)), { recursive: true });
  await writeFile(join(at('in'), name), 'long');
  await writeFile(at('in/b.log'), 'short');
  for (const format of ['v7', 'gnu', 'pax']) {
    const files = format === 'v7' ? ['b.log'] : ['b.log', name];
    execFileSync('tar', [`--format=${format}`, '-cf', at(`${format}.tar`), '-C', at('in'), ...files]);
    expect(await expandToLines(at(`${format}.tar`))).toEqual(
      files.map((file) => `${format}.tar!${file} = ${file === name ? 'long' : 'short'}`),
    );
  }
});

test('what takes long before the first source is told: hashing and unpacking', async () => {
  await writeFile(at('a.tgz'), gzipSync(tar));
  const told: string[] = [];
  const onBytes = (name: string, bytes: number): void => void told.push(`${name} ${String(bytes)}`);
  for await (const item of createEvidencePort().expand([{ path: at('a.tgz') }], new AbortController().signal, { onBytes })) {
    if (item.kind === 'failure') throw new Error(item.message);
  }
  expect(told).toEqual([`a.tgz ${String(gzipSync(tar).length)}`, `a.tgz ${String(tar.length)}`]);
});
