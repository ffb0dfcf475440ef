import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pagesOfDestinations, printNumbered } from '#electron/node/pdf/pages.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-pages-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A file of three pages in a tree of two levels, as Chromium lays it out: `findings` leads to the third one. */
function threePages(): Buffer {
  const objects = [
    '<</Type /Catalog\n/Pages 2 0 R\n/Dests 7 0 R>>',
    '<</Type /Pages\n/Count 3\n/Kids [3 0 R 4 0 R]>>',
    '<</Type /Pages\n/Count 2\n/Kids [5 0 R 6 0 R]>>',
    '<</Type /Page\n/Parent 2 0 R>>',
    '<</Type /Page\n/Parent 3 0 R>>',
    '<</Type /Page\n/Parent 3 0 R>>',
    '<</summary [6 0 R /XYZ 1.5 823.9 0]\n/findings [4 0 R /XYZ 1.5 500 0]\n/gone [9 0 R /XYZ 0 0 0]>>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${String(index + 1)} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${entries}trailer\n<</Size 8\n/Root 1 0 R>>\nstartxref\n${String(table)}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}

test('destinations have the numbers of their pages, in the order of the tree', () => {
  expect([...pagesOfDestinations(threePages())]).toEqual([
    ['summary', 2],
    ['findings', 3],
  ]);
});

test.each([
  ['no PDF', 'hello'],
  ['nothing', ''],
  ['a PDF without a table', '%PDF-1.7\nstartxref\n9\n%%EOF'],
])('%s has no destinations', (_, text) => {
  expect([...pagesOfDestinations(Buffer.from(text))]).toEqual([]);
});

test('the second print has the numbers written in, and nothing of it stays', async () => {
  const [html, scratch] = [join(folder, 'a.html'), join(folder, 'b.html')];
  await writeFile(html, '<li>Findings <!--page:findings--></li><li>Gone <!--page:gone--></li><p>&lt;!--page:findings--&gt;</p>');
  const seen: string[] = [];
  await printNumbered(html, scratch, async (path) => {
    seen.push(await readFile(path, 'utf8'));
    return threePages();
  });
  expect(seen[1]).toBe('<li>Findings 3</li><li>Gone </li><p>&lt;!--page:findings--&gt;</p>');
  expect(existsSync(scratch)).toBe(false);
});

test('a page without contents is printed once', async () => {
  const html = join(folder, 'a.html');
  await writeFile(html, '<p>nothing to number</p>');
  let prints = 0;
  await printNumbered(html, join(folder, 'b.html'), () => {
    prints += 1;
    return Promise.resolve(threePages());
  });
  expect(prints).toBe(1);
});
