import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

import { makeSample, SAMPLE_NAME } from '#test/support/sample/bundle.ts';
import { writeZip } from '#test/support/sample/make-sample.ts';

const SAMPLE_PATH = `resources/samples/${SAMPLE_NAME}`;
/** What a repository and a first look can bear. Units: bytes. */
const SIZE_LIMIT = 2_000_000;

async function readMember(zip: ZipFile, entry: Entry): Promise<string> {
  const parts: Buffer[] = [];
  const stream = await zip.openReadStreamPromise(entry);
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

async function membersOf(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const members = new Map<string, string>();
  for await (const entry of zip.eachEntry()) members.set(entry.fileName, await readMember(zip, entry));
  return members;
}

test('the sample in the repository is what its generator makes', async () => {
  const members = await membersOf(readFileSync(SAMPLE_PATH));
  const made = makeSample().files;
  expect([...members.keys()]).toEqual(made.map(({ path }) => path));
  // Whole texts would make an unreadable difference.
  expect(made.filter(({ path, text }) => members.get(path) !== text).map(({ path }) => path)).toEqual([]);
});

test('the sample stays small', () => {
  expect(readFileSync(SAMPLE_PATH).byteLength).toBeLessThanOrEqual(SIZE_LIMIT);
});

test('zipping twice gives the same bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-sample-'));
  try {
    const files = [
      { path: 'a/b.txt', text: 'hello\n' },
      { path: 'c.txt', text: 'x'.repeat(10_000) },
    ];
    await writeZip(join(folder, 'one.zip'), files);
    await writeZip(join(folder, 'two.zip'), files);
    expect(readFileSync(join(folder, 'one.zip')).equals(readFileSync(join(folder, 'two.zip')))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
