import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { craftZip, zipMember } from '../support/archives.ts';
import { goToScreen } from '../support/screens.ts';
import { startServe } from '../support/serve.ts';

/** Looking at evidence starts a process of its own: on two busy cores that takes a while. Units: ms. */
const PATIENCE = 60_000;

const LOG = '192.0.2.7 - - [10/Oct/2026:13:55:01 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"\n';
const ZONELESS = `${JSON.stringify({ time: '2026-10-10 13:55:01', method: 'GET', path: '/b', status: 200, host: 'b.test' })}\n`;
const BUNDLE = {
  name: 'bundle.zip',
  mimeType: 'application/zip',
  buffer: craftZip([
    zipMember('gw.log', LOG),
    zipMember('copy.log', LOG),
    zipMember('local.ndjson', ZONELESS.repeat(3)),
    zipMember('notes.txt', 'Dear colleague'),
    zipMember('../../x.log', LOG),
  ]),
};

async function chooseBundle(win: Page): Promise<void> {
  const choosing = win.waitForEvent('filechooser');
  await win.getByRole('button', { name: 'Choose files…' }).click();
  await (await choosing).setFiles(BUNDLE);
}

/** Files below a folder, by name. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));

test('before anything is written a review says what was found; Escape leaves nothing, Enter imports what was chosen', async ({
  page: win,
}) => {
  test.setTimeout(3 * PATIENCE);
  const home = mkdtempSync(join(tmpdir(), 'spoor-intake-'));
  const served = await startServe([], { home });
  try {
    await win.goto(served.url);
    const before = filesIn(home);
    await chooseBundle(win);
    const review = win.getByRole('dialog', { name: 'New case from bundle.zip' });
    const rows = review.getByRole('region', { name: 'Sources' });
    await expect(rows.getByRole('row', { name: /gw\.log/ })).toContainText('Apache or nginx access log', { timeout: PATIENCE });
    await expect(rows.getByRole('row', { name: /notes\.txt/ })).toContainText('not recognised');
    await expect(rows.getByRole('row', { name: /gw\.log/ })).toContainText('same bytes as bundle.zip!copy.log');
    await expect(review.getByRole('region', { name: 'Not taken' })).toContainText('ARC_NAME');
    await rows.getByRole('button', { name: /local\.ndjson/ }).click();
    await expect(review.getByRole('region', { name: 'Preview of a source' })).toContainText('Their times name no zone');
    expect(await findAxeFaults(win, { within: '[role="dialog"]' })).toEqual([]);

    await win.keyboard.press('Escape');
    await expect(review).toHaveCount(0);
    await expect.poll(() => filesIn(home)).toEqual(before);

    await chooseBundle(win);
    await expect(review.getByRole('button', { name: /^Import 4 sources/ })).toBeFocused({ timeout: PATIENCE });
    await rows.getByRole('checkbox', { name: /copy\.log/ }).uncheck();
    await rows.getByRole('combobox', { name: /Zone of .*local\.ndjson/ }).fill('+02:00');
    await review.getByRole('textbox', { name: 'Case name' }).fill('Night shift');
    await win.keyboard.press('Enter');
    await expect(win.getByRole('heading', { level: 1 })).toHaveText('Overview', { timeout: PATIENCE });
    await goToScreen(win, 'Evidence');
    const sources = win.getByRole('region', { name: 'Sources' });
    await expect(sources.getByRole('row', { name: /local\.ndjson/ }).first()).toContainText('given: +02:00');
    await expect(sources.getByRole('row', { name: /copy\.log/ })).toHaveCount(0);
    await expect(win.getByRole('banner')).toContainText('Night shift');

    // What belongs to another case is not added to the open one.
    const choosing = win.waitForEvent('filechooser');
    await win.keyboard.press('ControlOrMeta+o');
    await (await choosing).setFiles(BUNDLE);
    const adding = win.getByRole('dialog', { name: 'Add bundle.zip to Night shift' });
    await adding.getByRole('button', { name: 'As a new case instead' }).click({ timeout: PATIENCE });
    await expect(review.getByRole('textbox', { name: 'Case name' })).toBeVisible({ timeout: PATIENCE });
    await win.keyboard.press('Escape');
    await expect(win.getByRole('heading', { level: 1 })).toHaveText('Cases');
  } finally {
    await served.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
