import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { openZip } from '#electron/node/zip-output.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-zip-output-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function zipTo(path: string, files: Readonly<Record<string, string>>): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const zip = openZip(path);
  for (const [name, text] of Object.entries(files)) {
    const file = zip.open(name);
    file.write(text);
    await file.commit();
  }
  return zip.commit();
}

test('a zip holds its files by name, and size and hash are those of the zip', async () => {
  const path = join(folder, 'a.zip');
  const { bytes, sha256 } = await zipTo(path, { 'README.txt': 'read me', 'gateways/kong.yaml': 'é' });
  const whole = readFileSync(path);
  expect([bytes, sha256]).toEqual([whole.length, createHash('sha256').update(whole).digest('hex')]);
  const zip = await fromBufferPromise(whole);
  const read: (readonly [string, string])[] = [];
  for await (const entry of zip.eachEntry()) {
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    expect(crc32(bytes)).toBe(entry.crc32);
    read.push([entry.fileName, bytes.toString('utf8')]);
  }
  expect(read).toEqual([
    ['README.txt', 'read me'],
    ['gateways/kong.yaml', 'é'],
  ]);
});

test('the same files give the same bytes in every zone', async () => {
  const zone = process.env['TZ'];
  const hashes: string[] = [];
  for (const each of ['UTC', 'Pacific/Apia', 'America/Caracas']) {
    process.env['TZ'] = each;
    hashes.push((await zipTo(join(folder, 'zone.zip'), { a: 'same' })).sha256);
  }
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
  expect(new Set(hashes).size).toBe(1);
});

test('a zip that is given up leaves nothing', () => {
  const path = join(folder, 'never.zip');
  const zip = openZip(path);
  const file = zip.open('a');
  file.write('half');
  file.abandon();
  zip.abandon();
  expect(existsSync(path)).toBe(false);
});
