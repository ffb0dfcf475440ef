import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { startServe } from '../support/serve.ts';

const PHRASE = 'seven-quiet-otters-planted';
const OTHER = 'four-loud-herons-replanted';
const TOKEN = 'planted-path-4b1e';
const LOG = `192.0.2.7 - - [10/Oct/2026:13:55:01 +0000] "GET /${TOKEN} HTTP/1.1" 200 5 "-" "curl/8"\n`;
/** A new case of one line, on a busy machine. Units: ms. */
const PATIENCE = 60_000;

/** Files below a folder that hold a text. */
const holding = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name);

/** Everything that a page holds: its address, its elements with attributes, what it stores. */
const pageText = (win: Page): Promise<string> =>
  win.evaluate(() => [location.href, document.documentElement.outerHTML, JSON.stringify([localStorage, sessionStorage])].join('\n'));

/** Opens a dialog from the lock beside the title. */
async function ask(win: Page, deed: RegExp): Promise<void> {
  await win.getByRole('button', { name: /^Passphrase: / }).click();
  await win.getByRole('menuitem', { name: deed }).click();
}

test('a case is made encrypted, opens with its passphrase only, and is given another and none; neither they nor its evidence stand in clear', async ({
  page: win,
}) => {
  test.setTimeout(3 * PATIENCE);
  const home = mkdtempSync(join(tmpdir(), 'spoor-encrypted-'));
  const served = await startServe([], { home });
  try {
    await win.goto(served.url);
    const choosing = win.waitForEvent('filechooser');
    await win.getByRole('button', { name: 'Choose files…' }).click();
    await (await choosing).setFiles({ name: 'gw.log', mimeType: 'text/plain', buffer: Buffer.from(LOG) });
    const review = win.getByRole('dialog');
    const submit = review.getByRole('button', { name: /^Import 1 source/ });
    await expect(submit).toBeFocused({ timeout: PATIENCE });
    await review.getByLabel('Encrypt the case with a passphrase').check();
    await review.getByLabel('New passphrase').fill(PHRASE);
    await review.getByLabel('The same again').fill('something else');
    await expect(review).toContainText('The two are not the same');
    await expect(submit).toBeDisabled();
    await review.getByLabel('The same again').fill(PHRASE);
    expect(await findAxeFaults(win, { within: '[role="dialog"]' })).toEqual([]);
    await submit.click();
    await expect(win.getByRole('heading', { level: 1 })).toHaveText('Overview', { timeout: PATIENCE });
    await expect(win.getByRole('button', { name: 'Passphrase: this case is encrypted' })).toBeVisible();
    expect([...holding(join(home, 'cases'), TOKEN), ...holding(home, PHRASE)]).toEqual([]);

    // Closed by the command, and opened from the list.
    await win.keyboard.press('ControlOrMeta+k');
    await win.getByRole('combobox').fill('New case');
    await win.keyboard.press('Enter');
    await win.getByRole('table').getByRole('button', { name: 'gw' }).click();
    const dialog = win.getByRole('dialog', { name: 'Open gw' });
    await expect(dialog.getByLabel('Passphrase')).toBeFocused();
    await win.keyboard.type('seven quiet otters');
    await win.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toHaveText('Wrong passphrase, or the file is damaged');
    await expect(dialog.getByLabel('Passphrase')).toBeFocused();
    expect(await findAxeFaults(win, { within: '[role="dialog"]' })).toEqual([]);
    await win.keyboard.type(PHRASE);
    await win.keyboard.press('Enter');
    await expect(win.getByRole('heading', { level: 1 })).toHaveText('Overview');

    expect(await pageText(win)).not.toContain(PHRASE);
    expect(served.printed()).not.toContain(PHRASE);
    expect([...holding(join(home, 'cases'), TOKEN), ...holding(home, PHRASE)]).toEqual([]);

    // Changed: the old one no longer counts. Removed: the case is plain again.
    await ask(win, /^Change its passphrase/);
    const change = win.getByRole('dialog', { name: 'Change the passphrase of this case' });
    expect(await findAxeFaults(win, { within: '[role="dialog"]' })).toEqual([]);
    await change.getByLabel('Passphrase now').fill(PHRASE);
    await change.getByLabel('New passphrase').fill(OTHER);
    await change.getByLabel('The same again').fill(OTHER);
    await change.getByRole('button', { name: 'Change', exact: true }).click();
    await expect(change).toHaveCount(0, { timeout: PATIENCE });
    await ask(win, /^Remove its passphrase/);
    const remove = win.getByRole('dialog', { name: 'Remove the passphrase of this case' });
    expect(await findAxeFaults(win, { within: '[role="dialog"]' })).toEqual([]);
    await remove.getByLabel('Passphrase now').fill(PHRASE);
    await win.keyboard.press('Enter');
    await expect(remove.getByRole('alert')).toHaveText('That is not the passphrase of this case', { timeout: PATIENCE });
    await remove.getByLabel('Passphrase now').fill(OTHER);
    await win.keyboard.press('Enter');
    await expect(win.getByRole('button', { name: 'Passphrase: this case is not encrypted' })).toBeVisible({ timeout: PATIENCE });
    expect(holding(join(home, 'cases'), TOKEN)).toEqual(['gw.spoor']);
    expect(holding(home, OTHER)).toEqual([]);
  } finally {
    await served.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
