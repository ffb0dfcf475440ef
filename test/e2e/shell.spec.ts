import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { dropFiles, test } from '../support/desktop.ts';
import { goToScreen } from '../support/screens.ts';

/** How long the sample may take to import and analyse on two busy cores. Units: ms. */
const IMPORT = 75_000;

/** Imports what the review shows, with the one key that it asks for. */
async function acceptReview(win: Page): Promise<void> {
  await expect(win.getByRole('dialog').getByRole('button', { name: /^Import \d+ source/ })).toBeFocused({ timeout: IMPORT });
  await win.keyboard.press('Enter');
}

async function dropSample(win: Page): Promise<void> {
  await expect(win.getByRole('button', { name: 'Choose files…' })).toBeVisible();
  await dropFiles(win, [SAMPLE_BUNDLE]);
  await acceptReview(win);
  await expect(win.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page', { timeout: IMPORT });
}

/** What the window's bar beside the icon is set to from now on, in order. */
async function recordProgress(app: ElectronApplication): Promise<() => Promise<readonly number[]>> {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const bars: number[] = [];
    Object.assign(globalThis, { bars });
    const set = window?.setProgressBar.bind(window);
    if (window !== undefined)
      window.setProgressBar = (value, options) => {
        bars.push(value);
        set?.(value, options);
      };
  });
  return () => app.evaluate(() => (globalThis as unknown as { readonly bars: readonly number[] }).bars);
}

test('a bundle dropped from the desktop becomes a case with its evidence accounted for, and the taskbar shows how far @shell', async ({
  app,
  win,
}) => {
  const shown = await recordProgress(app);
  await dropSample(win);
  await expect.poll(async () => (await shown()).at(-1), { timeout: IMPORT }).toBe(-1);
  const shares = (await shown()).filter((value) => value >= 0 && value <= 1);
  expect(shares.length).toBeGreaterThan(0);
  await goToScreen(win, 'Evidence');
  await expect(win.getByRole('main').getByText(/kong/i).first()).toBeVisible();
});

test('the incident opens as a chain whose calls end at the foreign host @shell', async ({ win }) => {
  await dropSample(win);
  await goToScreen(win, 'Chains');
  const waterfall = win.getByRole('treegrid');
  await expect(waterfall.getByRole('row', { name: /\/v1\/batches/ }).first()).toContainText('collect.dropzone.example');
  expect(Number(await waterfall.getAttribute('aria-rowcount'))).toBeGreaterThan(10);
});

test('the report is saved as a tagged PDF where the dialog says @shell', async ({ app, win }, info) => {
  await dropSample(win);
  const path = info.outputPath('incident.pdf');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await goToScreen(win, 'Report');
  await win.getByRole('button', { name: 'Export PDF' }).click();
  await expect(win.getByText('Saved as')).toBeVisible({ timeout: IMPORT });
  expect(existsSync(path)).toBe(true);
  expect(statSync(path).size).toBeGreaterThan(10_000);
  const facts = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
  expect(facts).toMatch(/Tagged:\s+yes/);
  expect(facts).toMatch(/Page size:.*A4/);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a save dialog that is dismissed writes nothing and is no failure @shell', async ({ app, win }) => {
  await dropSample(win);
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
  });
  await goToScreen(win, 'Report');
  await win.getByRole('button', { name: 'Export HTML' }).click();
  await expect(win.getByRole('button', { name: 'Export HTML' })).toBeEnabled();
  await expect(win.getByText('could not be written')).toHaveCount(0);
  await expect(win.getByText('Saved as')).toHaveCount(0);
});

test('the menu adds evidence that the dialog names @shell', async ({ app, win }) => {
  await expect(win.getByRole('button', { name: 'Choose files…' })).toBeVisible();
  await app.evaluate(({ dialog, Menu }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    Menu.getApplicationMenu()?.getMenuItemById('open')?.click();
  }, SAMPLE_BUNDLE);
  await acceptReview(win);
  await expect(win.getByRole('banner')).toContainText(/acme/i, { timeout: IMPORT });
});
