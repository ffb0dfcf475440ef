import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import yazl from 'yazl';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEvidencePort } from '#electron/node/evidence/evidence.ts';
import type { EvidenceOptions } from '#electron/node/evidence/evidence.ts';
import type { ExpandRequest } from '#shared/engine/ports.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);

/** A zip of texts, or of bytes. */
async function zipOf(members: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(members)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(content), name, { mtime: new Date(0) });
  }
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

/** What paths expand to, one line each: `name = text`, or `name ! CODE`. */
async function expand(requests: readonly ExpandRequest[], options: EvidenceOptions = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const item of createEvidencePort(options).expand(requests, new AbortController().signal)) {
    if (item.kind === 'failure') {
      lines.push(`${item.name} ! ${item.code}`);
      continue;
    }
    const parts: Uint8Array[] = [];
    for await (const chunk of item.source.chunks()) parts.push(chunk);
    const warnings = item.source.warnings?.().map((warning) => ` (${warning.code})`) ?? [];
    lines.push(`${item.source.name} = ${Buffer.concat(parts).toString()}${warnings.join('')}`);
  }
  return lines;
}

test('a file is named by its base name, a file in a folder by the way to it, and the order is fixed', async () => {
  await mkdir(at('bundle/logs/deep'), { recursive: true });
  for (const name of ['bundle/z.log', 'bundle/a.log', 'bundle/logs/b.log', 'bundle/logs/deep/c.log', 'single.log'])
    await writeFile(at(name), name);
  const expected = ['bundle/a.log', 'bundle/logs/b.log', 'bundle/logs/deep/c.log', 'bundle/z.log', 'single.log'].map(
    (name) => `${name} = ${name}`,
  );
  expect(await expand([{ path: at('bundle') }, { path: at('single.log') }])).toEqual(expected);
  expect(await expand([{ path: at('single.log') }, { path: `${at('bundle')}/` }])).toEqual(expected);
});

test('a given name stands in for the base name', async () => {
  await writeFile(at('upload-1'), 'x');
  expect(await expand([{ path: at('upload-1'), name: 'drop/capture.har' }])).toEqual(['drop/capture.har = x']);
});

test('members are named after their archive, in archives one level deeper too', async () => {
  const inner = await zipOf({ 'c.log': 'inner' });
  await writeFile(at('a.zip'), await zipOf({ 'dir/b.log': 'outer', 'b.zip': inner, 'dir/': '' }));
  expect(await expand([{ path: at('a.zip') }])).toEqual(['a.zip!b.zip!c.log = inner', 'a.zip!dir/b.log = outer']);
});

test('archives and compressed files are told by content, whatever they are called', async () => {
  await writeFile(at('capture.har'), await zipOf({ 'x.log': 'in a zip' }));
  await writeFile(at('plain.gz'), 'only named so');
  await writeFile(at('a.log.gz'), gzipSync('gzip'));
  await writeFile(at('b.log'), zstdCompressSync(Buffer.from('zstd')));
  await writeFile(at('c.zhar'), deflateSync('zlib'));
  await writeFile(at('d.txt'), 'x^ begins like zlib');
  expect(await expand([{ path: folder, name: 'f' }])).toEqual([
    'f/a.log.gz = gzip',
    'f/b.log = zstd',
    'f/c.zhar = zlib',
    'f/capture.har!x.log = in a zip',
    'f/d.txt = x^ begins like zlib',
    'f/plain.gz = only named so',
  ]);
});

test('the container is the file on disk, with its hash and what was passed over', async () => {
  const bytes = await zipOf({ 'dir/': '', '__MACOSX/._a.log': 'fork', 'a.log': 'x' });
  await writeFile(at('a.zip'), bytes);
  const found = [];
  for await (const item of createEvidencePort().expand([{ path: at('a.zip') }], new AbortController().signal)) found.push(item);
  expect(found).toMatchObject([
    {
      source: { name: 'a.zip!a.log', size: 1 },
      container: {
        name: 'a.zip',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        notes: ['Passed over in a.zip: 1 folder entries and 1 macOS resource files.'],
      },
    },
  ]);
});

test('names that clash are numbered by the hash of their content, in any order of the paths', async () => {
  await mkdir(at('one'));
  await mkdir(at('two'));
  await writeFile(at('one/a.log'), 'first');
  await writeFile(at('two/a.log'), 'second');
  const there = await expand([{ path: at('one/a.log') }, { path: at('two/a.log') }]);
  expect(await expand([{ path: at('two/a.log') }, { path: at('one/a.log') }])).toEqual(there);
  expect(there.map((line) => line.split(' = ')[0])).toEqual(['a.log', 'a.log~2']);
  const [lower] = ['first', 'second'].sort((a, b) =>
    createHash('sha256').update(a).digest('hex') < createHash('sha256').update(b).digest('hex') ? -1 : 1,
  );
  expect(there[0]).toBe(`a.log = ${String(lower)}`);
});

test('gzip members that follow each other are joined', async () => {
  await writeFile(at('a.gz'), Buffer.concat([gzipSync('one '), gzipSync('two')]));
  expect(await expand([{ path: at('a.gz') }])).toEqual(['a.gz = one two']);
});

test('a gzip stream that breaks off gives what decodes, with a warning; so do bytes after its end', async () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `line ${String(index * 7919)}\n`).join('');
  const packed = gzipSync(text);
  await writeFile(at('cut.gz'), packed.subarray(0, packed.length - 2000));
  const [cut = ''] = await expand([{ path: at('cut.gz') }]);
  expect(cut).toMatch(/^cut\.gz = line 0\n[^]* \(ARC_DAMAGED\)$/);
  expect(cut.length).toBeGreaterThan(text.length * 0.9);
  await writeFile(at('tail.gz'), Buffer.concat([gzipSync('all of it'), Buffer.from('garbage')]));
  expect(await expand([{ path: at('tail.gz') }])).toEqual(['tail.gz = all of it (ARC_DAMAGED)']);
});

test('empty files, folders and archives are no failure', async () => {
  await writeFile(at('empty.log'), '');
  await mkdir(at('nothing'));
  await writeFile(at('empty.zip'), await zipOf({}));
  await writeFile(at('holds-empty.zip'), await zipOf({ 'e.log': '' }));
  expect(await expand([{ path: folder, name: 'f' }])).toEqual(['f/empty.log = ', 'f/holds-empty.zip!e.log = ']);
});

test('a path that is not there is a failure, and the others are read', async () => {
  await writeFile(at('a.log'), 'x');
  expect(await expand([{ path: at('missing.log') }, { path: at('a.log') }])).toEqual(['a.log = x', 'missing.log ! IO_READ']);
});

test('the size is that of all files on disk', async () => {
  await mkdir(at('d'));
  await writeFile(at('d/a'), 'xxxx');
  await writeFile(at('b'), 'yyy');
  expect(await createEvidencePort().size([{ path: at('d') }, { path: at('b') }, { path: at('missing') }])).toBe(7);
});

test('what was unpacked on the way is deleted, after success, failure and a stop', async () => {
  const tempRoot = at('temp');
  await mkdir(tempRoot);
  await writeFile(at('a.zip'), await zipOf({ 'b.zip': await zipOf({ 'c.log': 'x' }) }));
  await expand([{ path: at('a.zip') }], { tempRoot });
  expect(await readdir(tempRoot)).toEqual([]);
  for await (const item of createEvidencePort({ tempRoot }).expand([{ path: at('a.zip') }], new AbortController().signal)) {
    expect(item.kind).toBe('source');
    expect(await readdir(tempRoot)).toHaveLength(1);
    break;
  }
  expect(await readdir(tempRoot)).toEqual([]);
});

test('a stop is a cancel', async () => {
  await writeFile(at('a.log'), 'x');
  const stop = new AbortController();
  stop.abort();
  const read = async (): Promise<void> => {
    for await (const item of createEvidencePort().expand([{ path: at('a.log') }], stop.signal)) expect(item).toBeUndefined();
  };
  await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
});
