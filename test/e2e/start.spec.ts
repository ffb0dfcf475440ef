import { mkdtempSync, rmSync, writeFileSync, mkdirSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { dropFiles } from '../support/drop-files.ts';
import { test } from '../support/empty-window.ts';
import { goToScreen } from '../support/screens.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/corpus/har');
const CHROME = join(fixtures, 'chrome-post-json-cookie.har');
const FIREFOX = join(fixtures, 'firefox77-post.har');
/** How long the sample may take to import and analyse on two busy cores. Units: ms. */
const IMPORT = 150_000;
/** How long a new case of two small files may take on a machine that is busy with other work. Units: ms. */
const SMALL_IMPORT = 60_000;

// Every test starts a server of its own and most start an import process: on two busy cores that alone is 15 s.
test.beforeEach(() => {
  test.setTimeout(IMPORT);
});

const title = (win: Page) => win.getByRole('heading', { level: 1 });

/** Imports what the review shows, with the one key that it asks for. */
async function importReviewed(win: Page): Promise<void> {
  await expect(win.getByRole('dialog').getByRole('button', { name: /^Import \d+ source/ })).toBeFocused({ timeout: SMALL_IMPORT });
  await win.keyboard.press('Enter');
}

async function choose(win: Page, files: Parameters<import('@playwright/test').FileChooser['setFiles']>[0]): Promise<void> {
  const choosing = win.waitForEvent('filechooser');
  await win.getByRole('button', { name: 'Choose files…' }).click();
  await (await choosing).setFiles(files);
  await importReviewed(win);
}

test('with nothing open there are two ways in, and no screen of a case', async ({ win }) => {
  await expect(win.getByRole('button', { name: 'Choose files…' })).toBeVisible();
  await expect(win.getByRole('button', { name: 'Open the sample case' })).toBeVisible();
  await expect(win.getByText('None yet on this machine.')).toBeVisible();
  await expect(win.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-disabled', 'true');
  expect(await findAxeFaults(win)).toEqual([]);
});

test('a chosen file becomes a case and its Overview opens', async ({ win }) => {
  await choose(win, CHROME);
  await expect(title(win)).toHaveText('Overview', { timeout: SMALL_IMPORT });
  await expect(win.getByRole('contentinfo')).toContainText('1 source');
});

test('a dropped folder is walked, and what is in it is listed as evidence', async ({ win }) => {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-drop-'));
  try {
    mkdirSync(join(folder, 'inner'));
    copyFileSync(CHROME, join(folder, 'chrome.har'));
    copyFileSync(FIREFOX, join(folder, 'inner/firefox.har'));
    writeFileSync(join(folder, 'notes.txt'), 'nothing that a machine would read');
    await dropFiles(win, [folder], 'drop');
    await importReviewed(win);
    await expect(title(win)).toHaveText('Overview', { timeout: SMALL_IMPORT });
    await win.keyboard.press('Control+2');
    await expect(win.getByRole('row', { name: /inner\/firefox\.har/ })).toBeVisible();
    await expect(win.getByRole('row', { name: /notes\.txt/ }).first()).toContainText('not recognised');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a drag over an open case says that it adds, and dropping adds to it', async ({ win }) => {
  await choose(win, CHROME);
  await expect(title(win)).toHaveText('Overview', { timeout: SMALL_IMPORT });
  await dropFiles(win, [FIREFOX], 'over');
  await expect(win.getByText('Drop to add to this case')).toBeVisible();
  await dropFiles(win, [FIREFOX], 'drop');
  await importReviewed(win);
  await expect(win.getByText('Drop to add to this case')).toHaveCount(0);
  await expect(win.getByRole('contentinfo')).toContainText('2 sources', { timeout: SMALL_IMPORT });
});

test('a drop at the moment the pointer enters an element is taken, and opens no file in the browser', async ({ win }) => {
  const devtools = await win.context().newCDPSession(win);
  const data = { items: [], files: [CHROME], dragOperationsMask: 1 };
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 640, y: 400, data });
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', x: 640, y: 400, data });
  await importReviewed(win);
  await expect(title(win)).toHaveText('Overview', { timeout: SMALL_IMPORT });
  expect(win.context().pages()).toEqual([win]);
});

test('what cannot be opened is listed with code and reason before the import, the rest comes into the case', async ({ win }) => {
  const har = {
    name: 'fine.har',
    mimeType: 'application/json',
    buffer: Buffer.from('{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[]}}'),
  };
  const zip = {
    name: 'broken.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('PK\u0003\u0004 this is where an archive ends', 'latin1'),
  };
  const choosing = win.waitForEvent('filechooser');
  await win.getByRole('button', { name: 'Choose files…' }).click();
  await (await choosing).setFiles([har, zip]);
  const refused = win.getByRole('region', { name: 'Not taken' }).getByRole('listitem');
  await expect(refused.filter({ hasText: 'broken.zip' })).toContainText(/[A-Z]+_[A-Z]+/, { timeout: SMALL_IMPORT });
  await importReviewed(win);
  await expect(title(win)).toHaveText('Overview', { timeout: SMALL_IMPORT });
});

test('a running import can be cancelled, and what was read is kept', async ({ win }) => {
  await win.getByRole('button', { name: 'Open the sample case' }).click();
  await win
    .getByRole('region', { name: 'Import' })
    .getByRole('button', { name: /^Cancel/ })
    .click();
  await expect(win.getByRole('heading', { name: /Drop files/ })).toBeVisible({ timeout: SMALL_IMPORT });
  await expect(win.getByRole('alert')).toHaveCount(0);
});

/** Lines of a log that takes some seconds to read, so that there is time to hold and to cancel it. */
const MANY_LINES = 250_000;

test('a large import shows how far it is, is held and goes on, and a cancel keeps what was read', async ({ win }) => {
  test.setTimeout(2 * IMPORT);
  const folder = mkdtempSync(join(tmpdir(), 'spoor-large-'));
  try {
    const paths = ['first.log', 'second.log'].map((name, number) => {
      const path = join(folder, name);
      const line = (index: number): string =>
        `192.0.2.7 - bot [10/Oct/2026:${String(index % 24).padStart(2, '0')}:55:01 +0000] "GET /v${String(number)}/a/${String(index % 500)} HTTP/1.1" 200 5 "-" "curl/8"\n`;
      writeFileSync(path, Array.from({ length: MANY_LINES }, (_, index) => line(index)).join(''));
      return path;
    });
    await choose(win, paths);
    const band = win.getByRole('region', { name: 'Import', exact: true });
    await band.getByRole('button', { name: 'Pause' }).click({ timeout: SMALL_IMPORT });
    await expect(band.getByRole('heading', { name: 'Import held: 2 files' })).toBeVisible({ timeout: SMALL_IMPORT });
    await expect(band).toContainText(/[\d.]+ %/);
    await expect(band).toContainText(/MB of [\d.]+ MB/);
    await expect(band).toContainText(/records accepted, 0 rejected/);
    expect(await findAxeFaults(win, { within: '.import-band' })).toEqual([]);
    await band.getByRole('button', { name: 'Resume' }).click();
    await expect(band.getByRole('heading', { name: 'Importing 2 files' })).toBeVisible({ timeout: SMALL_IMPORT });
    await band.getByRole('button', { name: 'Cancel and keep' }).click();

    await expect(title(win)).toHaveText('Evidence', { timeout: SMALL_IMPORT });
    const cancelled = win.getByRole('region', { name: 'Cancelled import' });
    await expect(cancelled).toContainText(/was interrupted after .* it can be read again or withdrawn/);
    await expect(win.getByRole('row', { name: /(first|second)\.log/ }).filter({ hasText: 'interrupted' })).toBeVisible();
    await expect(win.getByRole('button', { name: 'Analyse now' })).toBeVisible();
    await cancelled.getByRole('button', { name: 'Withdraw what was read…' }).click();
    await win.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true }).click();
    await expect(cancelled.getByRole('status')).toContainText('can be read again', { timeout: SMALL_IMPORT });
    await expect(win.getByRole('contentinfo')).toContainText('0 calls');

    await dropFiles(win, paths, 'drop');
    await importReviewed(win);
    await expect(title(win)).toHaveText('Overview', { timeout: IMPORT });
    await win.keyboard.press('Control+2');
    await expect(win.getByText(/accepted 500.000 \+ rejected 0/)).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the sample opens with its progress shown, closes, and opens again from the recent cases', async ({ win }) => {
  test.setTimeout(2 * IMPORT);
  await win.getByRole('button', { name: 'Open the sample case' }).click();
  await expect(win.getByRole('region', { name: 'Import' }).getByRole('progressbar')).toBeVisible();
  await expect(win.getByRole('contentinfo')).toContainText('Opening the sample case');
  await expect(title(win)).toHaveText('Overview', { timeout: IMPORT });
  await goToScreen(win, 'Cases');
  await win.getByRole('button', { name: 'Close this case' }).click();
  await expect(win.getByRole('button', { name: 'Open the sample case' })).toBeVisible();
  await win.getByRole('button', { name: /^Sample case/ }).click();
  await expect(title(win)).toHaveText('Overview', { timeout: SMALL_IMPORT });
});

test('a page without the token says what to do, and tries nothing', async ({ served, page }) => {
  await page.goto(served.url.replace(/#.*/, ''));
  await expect(page.getByRole('alert')).toContainText('no token');
});

test('when the server ends, the window says so and keeps what it shows', async ({ win, served }) => {
  await choose(win, CHROME);
  await expect(title(win)).toHaveText('Overview', { timeout: SMALL_IMPORT });
  await served.stop();
  await expect(win.getByRole('alert')).toContainText('Not connected to the engine');
  await expect(win.getByRole('contentinfo')).toContainText('1 source');
});
