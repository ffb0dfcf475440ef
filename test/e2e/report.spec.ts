import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { goToScreen } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Report');
});

/** Exports in one format; returns the file's bytes and the SHA-256 that the screen offers to copy. */
async function exportAs(win: Page, format: 'HTML' | 'PDF' | 'JSON' | 'CSV'): Promise<{ readonly bytes: Buffer; readonly name: string }> {
  const downloading = win.waitForEvent('download');
  await win.getByRole('button', { name: `Export ${format}` }).click();
  const download = await downloading;
  const card = win.getByRole('region', { name: `${format} export` });
  await expect(card.getByText('Downloaded as')).toBeVisible();
  const bytes = readFileSync(await download.path());
  const hash = createHash('sha256').update(bytes).digest('hex');
  await expect(card.getByText(`${hash.slice(0, 12)}…${hash.slice(-8)}`)).toBeVisible();
  return { bytes, name: download.suggestedFilename() };
}

test('the preview shows the report, in a frame that can do nothing', async ({ win }) => {
  const frame = win.locator('iframe');
  await expect(frame).toHaveAttribute('sandbox', '');
  await expect(win.frameLocator('iframe').getByRole('heading', { name: 'Executive summary' })).toBeVisible();
});

test('HTML comes out as one file whose hash is the one on the screen', async ({ win }) => {
  const { bytes, name } = await exportAs(win, 'HTML');
  expect(name).toMatch(/\.html$/);
  const html = bytes.toString('utf8');
  expect(html).toContain('Content-Security-Policy');
  expect(html).not.toContain('<script');
});

test('JSON comes out in its schema, twice with the same bytes', async ({ win }) => {
  const first = await exportAs(win, 'JSON');
  const report: unknown = JSON.parse(first.bytes.toString('utf8'));
  expect(report).toMatchObject({ schema: 'spoor-report/1' });
  const second = await exportAs(win, 'JSON');
  expect(second.bytes.equals(first.bytes)).toBe(true);
});

test('CSV comes out with one line per finding', async ({ win }) => {
  const { bytes } = await exportAs(win, 'CSV');
  const lines = bytes.toString('utf8').trimEnd().split('\r\n');
  expect(lines[0]).toContain('id,family,severity');
  expect(lines.length).toBeGreaterThan(4);
});

test('PDF comes out as a PDF', async ({ win }) => {
  const { bytes, name } = await exportAs(win, 'PDF');
  expect(name).toMatch(/\.pdf$/);
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
});
