import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { startServe } from '../support/serve.ts';
import { test } from '../support/sample-window.ts';
import { goToScreen, settle } from '../support/screens.ts';

const title = (win: Page) => win.getByRole('heading', { level: 1 });
const palette = (win: Page) => win.getByRole('dialog', { name: 'Find a command' });
const keyMap = (win: Page) => win.getByRole('dialog', { name: 'Keys' });
const option = (win: Page, name: string | RegExp) => palette(win).getByRole('option', { name });

/** Presses Tab until the focus is on the button of this name. */
async function tabTo(win: Page, name: string): Promise<void> {
  // Found once: by its name among the hundreds of buttons of Settings it takes longer than the press of a key.
  const button = await win.getByRole('button', { name, exact: true }).elementHandle();
  for (let tries = 0; tries < 80; tries++) {
    if (await button.evaluate((element) => element === document.activeElement)) return;
    await win.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${name}`);
}

test('by keyboard alone: the palette goes to a screen, and Back and Forward go between the two', async ({ win }) => {
  await goToScreen(win, 'Overview');
  await win.keyboard.press('Control+k');
  await expect(palette(win).getByRole('combobox')).toBeFocused();
  await win.keyboard.type('evid');
  await expect(palette(win).getByRole('option').first()).toContainText('Evidence');
  await win.keyboard.press('Enter');
  await expect(title(win)).toHaveText('Evidence');
  await expect(palette(win)).toHaveCount(0);
  await win.keyboard.press('Alt+ArrowLeft');
  await expect(title(win)).toHaveText('Overview');
  await win.keyboard.press('Alt+ArrowRight');
  await expect(title(win)).toHaveText('Evidence');
});

test('by mouse alone: the palette’s button, a command, and the buttons for Back and Forward', async ({ win }) => {
  await goToScreen(win, 'Overview');
  await win.getByRole('button', { name: /^Find a command/ }).click();
  await option(win, /^Chains/).click();
  await expect(title(win)).toHaveText('Chains');
  await expect(win.getByRole('button', { name: 'Forward' })).toBeDisabled();
  await win.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(title(win)).toHaveText('Overview');
  await win.getByRole('button', { name: 'Forward' }).click();
  await expect(title(win)).toHaveText('Chains');
});

test('the palette finds an export and goes to its button', async ({ win }) => {
  await win.keyboard.press('Control+k');
  await win.keyboard.type('export pdf');
  await expect(option(win, /^Export PDF/)).toBeVisible();
  await win.keyboard.press('Enter');
  await expect(title(win)).toHaveText('Report');
  await expect(win.getByRole('button', { name: 'Export PDF' })).toBeFocused();
});

test('the palette shows keys, lists what cannot be done with its reason, and puts first what was used last', async ({ win }) => {
  await goToScreen(win, 'Overview');
  await win.keyboard.press('Control+k');
  await expect(option(win, /^Calls/)).toContainText('Ctrl 3');
  const copy = option(win, /^Copy this case/);
  await expect(copy).toHaveAttribute('aria-disabled', 'true');
  await expect(copy).toContainText('This case can be written');
  await win.keyboard.type('theme: dark');
  await win.keyboard.press('Enter');
  await expect(win.locator('html')).toHaveAttribute('data-theme', 'dark');
  await win.keyboard.press('Control+k');
  await win.keyboard.type('theme:');
  await win.keyboard.press('Control+k');
  await expect(palette(win)).toHaveCount(0);
  await win.keyboard.press('Control+k');
  await win.keyboard.type('qxqxqx');
  await expect(palette(win)).toContainText('has “qxqxqx” in its name');
});

test('a command that moves the focus may do so: the palette gives it back first', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await win.keyboard.press('Control+k');
  await win.keyboard.type('focus the query');
  await win.keyboard.press('Enter');
  await expect(win.locator('[data-query-input]')).toBeFocused();
});

test('an earlier query is found in the palette and runs in Calls', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await win.locator('[data-query-input]').fill('status >= 500');
  await win.keyboard.press('Enter');
  await settle(win);
  await goToScreen(win, 'Overview');
  await win.keyboard.press('Control+k');
  await win.keyboard.type('status >= 500');
  await win.keyboard.press('Enter');
  await expect(title(win)).toHaveText('Calls');
  await expect(win.locator('[data-query-input]')).toHaveValue('status >= 500');
});

test('the palette, the key map and the panel of background work break no policy and have nothing that axe finds', async ({ win }) => {
  const complaints: string[] = [];
  win.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  win.on('pageerror', (error) => complaints.push(error.message));
  const look = async (): Promise<void> => {
    await settle(win);
    expect(await findAxeFaults(win)).toEqual([]);
    await win.keyboard.press('Escape');
  };
  await win.keyboard.press('Control+k');
  await expect(palette(win)).toBeVisible();
  await look();
  await win.keyboard.press('?');
  await expect(keyMap(win)).toContainText('Find a command');
  await look();
  await win.getByRole('button', { name: /^Background work/ }).click();
  await look();
  expect(complaints).toEqual([]);
});

test('by keyboard alone: a key is changed, holds over a reload, and is restored', async ({ win }) => {
  await win.keyboard.press('Control+,');
  await expect(title(win)).toHaveText('Settings');
  await tabTo(win, 'Change the key of Chains');
  await win.keyboard.press('Enter');
  await expect(win.getByRole('textbox', { name: 'New key of Chains' })).toBeFocused();
  await win.keyboard.press('Control+3');
  await expect(win.getByText('This is the key of “Calls” (Screens).')).toBeVisible();
  await win.keyboard.press('F8');
  await expect(win.getByText('This is the key of “Calls” (Screens).')).toHaveCount(0);
  await win.keyboard.press('Enter');
  await win.reload();
  await expect(title(win)).toHaveText('Settings');
  await expect(win.getByRole('contentinfo')).toContainText('sources'); // keys of screens of a case wait for it
  await win.keyboard.press('Control+4');
  await expect(title(win)).toHaveText('Settings');
  await win.keyboard.press('F8');
  await expect(title(win)).toHaveText('Chains');
  await win.keyboard.press('?');
  await expect(keyMap(win)).toContainText('F8');
  await win.keyboard.press('Escape');
  await win.keyboard.press('Control+,');
  await tabTo(win, 'Restore the key of Chains');
  await win.keyboard.press('Enter');
  await win.keyboard.press('Control+4');
  await expect(title(win)).toHaveText('Chains');
});

test('a key that another command has is taken from there when it is kept', async ({ win }) => {
  await goToScreen(win, 'Settings');
  await win.getByRole('button', { name: 'Change the key of Chains' }).click();
  await win.keyboard.press('Control+3');
  await win.getByRole('button', { name: 'Keep, and take it from there' }).click();
  await expect(win.getByRole('row', { name: /^Calls no key/ })).toBeVisible();
  await win.keyboard.press('Control+3');
  await expect(title(win)).toHaveText('Chains');
  await goToScreen(win, 'Settings');
  await win.getByRole('button', { name: 'Restore all keys' }).click();
  await win.keyboard.press('Control+3');
  await expect(title(win)).toHaveText('Calls');
});

test('letter keys can be switched off, and keys with Ctrl go on', async ({ win }) => {
  await goToScreen(win, 'Settings');
  await win.getByRole('checkbox', { name: /^Keys without Ctrl or Alt/ }).uncheck();
  await goToScreen(win, 'Overview');
  await win.keyboard.press('?');
  await expect(keyMap(win)).toHaveCount(0);
  await win.keyboard.press('Control+k');
  await expect(palette(win)).toBeVisible();
});

test('settings by mouse: a theme, the rows of tables, and every limit with its reason and its place', async ({ win }) => {
  await goToScreen(win, 'Settings');
  await win.getByRole('radio', { name: 'Dark', exact: true }).check();
  await expect(win.locator('html')).toHaveAttribute('data-theme', 'dark');
  await win.getByRole('radio', { name: 'Roomy' }).check();
  const limit = win.getByRole('row', { name: /^Members of one archive/ });
  await expect(limit).toContainText('100\u2009000');
  await expect(limit).toContainText('electron/node/evidence/archive.ts');
  await expect(win.getByRole('row', { name: /^Line or record/ })).toContainText('16 MiB');
  await win.reload();
  await expect(win.getByRole('radio', { name: 'Roomy' })).toBeChecked();
});

test('work that has ended stays in the panel of background work with what it came to', async ({ win }) => {
  await goToScreen(win, 'Report');
  const download = win.waitForEvent('download');
  await win.getByRole('button', { name: /JSON/ }).first().click();
  await download;
  await win.getByRole('button', { name: /^Background work/ }).click();
  const panel = win.getByRole('dialog', { name: 'Background work' });
  await expect(panel).toContainText(/Writing the JSON report\s*finished in/);
  await panel.getByRole('button', { name: 'Clear' }).click();
  await expect(panel).toContainText('Nothing is running.');
  await win.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
});

test('a case that another Spoor has open says READ-ONLY, refuses files, and is copied to be worked on', async ({ page }) => {
  test.setTimeout(180_000);
  const home = mkdtempSync(join(tmpdir(), 'spoor-home-'));
  const har = resolve(import.meta.dirname, '../fixtures/corpus/har/chrome-post-json-cookie.har');
  const owner = await startServe([har], { home });
  const other = await startServe([], { home });
  try {
    await owner.opened();
    await page.goto(other.url);
    await page.getByRole('button', { name: 'chrome-post-json-cookie' }).click();
    await expect(page.getByText('READ-ONLY')).toBeVisible({ timeout: 60_000 });
    await goToScreen(page, 'Cases');
    await expect(page.getByRole('button', { name: 'Choose files…' })).toBeDisabled();
    await goToScreen(page, 'Evidence');
    await page.getByRole('button', { name: 'Copy to my cases' }).click();
    await expect(page.getByText('READ-ONLY')).toHaveCount(0, { timeout: 60_000 });
    await expect(page.getByRole('contentinfo')).toContainText('chrome-post-json-cookie-2.spoor');
  } finally {
    await other.stop();
    await owner.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
