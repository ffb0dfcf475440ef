import { crc32 as nodeCrc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { expect, test } from 'vitest';
import { crc32, zipStored, type ZipFile } from '#shared/lib/zip-store.ts';

const zipOf = (files: readonly ZipFile[]): Buffer => Buffer.concat([...zipStored(files)]);

/** What another program reads out of a zip, checksums checked. */
function unzip(bytes: Buffer): Promise<readonly ZipFile[]> {
  return new Promise((resolve, reject) => {
    const files: ZipFile[] = [];
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error !== null) {
        reject(error);
        return;
      }
      zip.on('error', reject);
      zip.on('end', () => {
        resolve(files);
      });
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, (failed, stream) => {
          if (failed !== null) {
            reject(failed);
            return;
          }
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => {
            const content = Buffer.concat(parts);
            expect(nodeCrc32(content)).toBe(entry.crc32);
            files.push({ name: entry.fileName, content: content.toString('utf8') });
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}

test('another program reads back every name and text', async () => {
  const files = [
    { name: 'README.txt', content: 'one\ntwo\n' },
    { name: 'a/ü.json', content: '' },
    { name: 'a/b.yaml', content: '“quoted”'.repeat(1000) },
  ];
  expect(await unzip(zipOf(files))).toEqual(files);
});

test('no files make a zip of nothing', async () => {
  expect(await unzip(zipOf([]))).toEqual([]);
});

test('the same texts give the same bytes', () => {
  expect(zipOf([{ name: 'a', content: 'b' }])).toEqual(zipOf([{ name: 'a', content: 'b' }]));
});

test('the checksum is that of ISO 3309', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});
