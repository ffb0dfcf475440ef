import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { printPdf } from '#electron/node/pdf/pdf.ts';
import { writeHtml } from '#shared/engine/report/html.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-pdf-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function htmlFile(): Promise<string> {
  const output = collect();
  writeHtml(sampleReportView(), output, nodeCrypto);
  const path = join(folder, 'report.html');
  await writeFile(path, output.text());
  return path;
}

test('the report prints tagged, outlined, on A4, twice to the same bytes, and leaves no profile behind', async () => {
  const html = await htmlFile();
  await printPdf(html, join(folder, 'a.pdf'));
  await printPdf(html, join(folder, 'b.pdf'));
  const [a, b] = [await readFile(join(folder, 'a.pdf')), await readFile(join(folder, 'b.pdf'))];
  expect(a.equals(b)).toBe(true);
  const text = a.toString('latin1');
  expect(text).toMatch(/^%PDF-/);
  expect(text).toContain('/StructTreeRoot');
  expect(text).toContain('/Outlines');
  expect(text).toContain('/Lang (en)');
  expect(text).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
  expect(text).not.toContain('/JavaScript');
  // What the report says itself, arrows and boxes to tick too, is drawn by the fonts that it brings: no machine's own comes in.
  const fonts = [...text.matchAll(/\/BaseFont \/([^\s/]+)/g)].map(([, name]) => name);
  expect(fonts.length).toBeGreaterThan(3);
  for (const name of fonts) expect(name).toMatch(/^[A-Z]{6}\+(?:Inter|JetBrainsMono)-/);
  expect((await readdir(folder)).sort()).toEqual(['a.pdf', 'b.pdf', 'report.html']);
}, 60_000);

test('a program that is no browser is unavailable, and there is no half a PDF', async () => {
  const html = await htmlFile();
  vi.stubEnv('CHROMIUM_PATH', '/bin/true');
  await expect(printPdf(html, join(folder, 'a.pdf'))).rejects.toMatchObject({ code: 'unavailable' });
  expect(existsSync(join(folder, 'a.pdf'))).toBe(false);
});

test('a page that is not there is unavailable and says which', async () => {
  await expect(printPdf(join(folder, 'none.html'), join(folder, 'a.pdf'))).rejects.toThrow('none.html');
}, 60_000);
