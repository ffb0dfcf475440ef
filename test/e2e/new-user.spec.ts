import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Download, type Page } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { countPointers, tabTo } from '../support/by-keys.ts';
import { dropFiles } from '../support/drop-files.ts';
import { test } from '../support/empty-window.ts';

/** How long the sample may take to be read, analysed and printed on two busy cores. Units: ms. */
const WALK = 240_000;
const PATIENCE = 150_000;

async function download(win: Page, format: 'PDF' | 'HTML'): Promise<Download> {
  const [got] = await Promise.all([
    win.waitForEvent('download', { timeout: PATIENCE }),
    win.getByRole('button', { name: `Export ${format}` }).click(),
  ]);
  await expect(win.getByRole('region', { name: `${format} export` })).toContainText(`Downloaded as ${got.suggestedFilename()}`);
  return got;
}

test('six clicks lead from a dropped bundle to an accepted finding and a report as PDF and HTML', async ({ win }) => {
  test.setTimeout(WALK);
  await dropFiles(win, [resolve(import.meta.dirname, '../..', SAMPLE_BUNDLE)]);
  await win.getByRole('button', { name: /^Import \d+ source/ }).click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Overview', { timeout: PATIENCE });
  await win.getByRole('main').getByRole('link', { name: 'Finding', exact: true }).click();
  await win.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(win.getByRole('contentinfo')).toContainText('You accepted the finding “Sensitive data sent outside”');
  await win.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Report' }).click();
  await expect(win.getByText('13 of 14 findings undecided')).toBeVisible();
  const pdf = await download(win, 'PDF');
  expect(readFileSync(await pdf.path(), 'latin1').slice(0, 5)).toBe('%PDF-');
  const html = readFileSync(await (await download(win, 'HTML')).path(), 'utf8');
  expect(html).toContain('support-agent sent 14 card numbers and 33 e-mail addresses');
  expect(html).toMatch(/accepted/);
});

test('by keys alone a bundle is chosen, reviewed and imported, its first finding read, accepted with a note, and reported', async ({
  win,
}) => {
  test.setTimeout(WALK);
  const pointers = await countPointers(win);
  const main = win.getByRole('main');
  await tabTo(win, win.getByRole('button', { name: 'Choose files…' }));
  const [chooser] = await Promise.all([win.waitForEvent('filechooser'), win.keyboard.press('Enter')]);
  await chooser.setFiles(resolve(import.meta.dirname, '../..', SAMPLE_BUNDLE));

  const review = win.getByRole('dialog');
  const go = review.getByRole('button', { name: /^Import \d+ source/ });
  await expect(go).toBeFocused({ timeout: PATIENCE });
  await expect(review.getByRole('row', { name: /kong\/gateway\.jsonl/ })).toBeVisible();
  await tabTo(win, review.getByRole('textbox', { name: /Title|name/i }).first());
  await tabTo(win, go);
  await win.keyboard.press('Enter');
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Overview', { timeout: PATIENCE });

  await tabTo(win, main.getByRole('link', { name: 'Finding', exact: true }));
  await win.keyboard.press('Enter');
  await expect(win.getByRole('heading', { level: 2, name: /^support-agent sent 14 card numbers/ })).toBeVisible();
  const note = main.getByRole('button', { name: 'Note…' });
  await tabTo(win, note);
  await win.keyboard.press('Enter');
  await expect(win.getByRole('dialog').getByRole('textbox', { name: 'Note' })).toBeFocused();
  await win.keyboard.type('The owner confirms: not theirs.');
  await tabTo(win, win.getByRole('dialog').getByRole('button', { name: 'Keep the note' }));
  await win.keyboard.press('Enter');
  await expect(win.getByRole('dialog')).toHaveCount(0);
  await expect(note).toBeFocused();
  await tabTo(win, main.getByRole('button', { name: 'Accept', exact: true }), 'Shift+Tab');
  await win.keyboard.press('Enter');
  await expect(win.getByRole('contentinfo')).toContainText('You accepted the finding “Sensitive data sent outside”');

  await win.keyboard.press('Control+9');
  const save = win.getByRole('button', { name: 'Export HTML' });
  await tabTo(win, save);
  const [got] = await Promise.all([win.waitForEvent('download', { timeout: PATIENCE }), win.keyboard.press('Enter')]);
  const html = readFileSync(await got.path(), 'utf8');
  expect(html.replaceAll('<wbr>', '').includes('The owner confirms: not theirs.')).toBe(true);
  expect(html).toMatch(/accepted/);
  expect(await pointers()).toBe(0);
});
