// Draws every screen of the sample case, light and dark, into resources/screenshots. `npm run screenshots [name…]`;
// with `--all` every screen and state in every theme, into test-results/screens.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { drawAllScreens } from './all-screens.ts';
import { goToScreen, settle } from './screens.ts';
import { startServe } from './serve.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'resources/screenshots');

interface Screen {
  readonly name: string;
  readonly title: string;
  /** What to do once the screen is there, to show it with something open. */
  readonly arrange?: (page: Page) => Promise<void>;
}

const openFirstRow = async (page: Page): Promise<void> => {
  await page.getByRole('main').getByRole('row').nth(1).click();
};

const openGraph = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Graph' }).click();
  await page.locator('.node').first().waitFor();
};

const openCredential = async (page: Page): Promise<void> => {
  await page.getByRole('group', { name: 'What to show' }).getByRole('button', { name: 'Credentials' }).click();
  // At its start, for in its middle a row has links of its own.
  await page
    .getByRole('main')
    .getByRole('row')
    .nth(1)
    .click({ position: { x: 40, y: 12 } });
  await page.getByRole('heading', { name: 'Findings about it' }).waitFor();
};

const waitForReport = async (page: Page): Promise<void> => {
  await page.frameLocator('iframe').getByRole('heading').first().waitFor();
};

const screens: readonly Screen[] = [
  { name: 'start', title: 'Cases' },
  { name: 'overview', title: 'Overview' },
  { name: 'evidence', title: 'Evidence' },
  { name: 'chains', title: 'Chains' },
  { name: 'graph', title: 'Chains', arrange: openGraph },
  { name: 'inventory', title: 'Inventory' },
  { name: 'identities', title: 'Identities', arrange: openCredential },
  { name: 'findings', title: 'Findings' },
  { name: 'report', title: 'Report', arrange: waitForReport },
  // Last, because the call stays open on every screen.
  { name: 'calls', title: 'Calls', arrange: openFirstRow },
];

/** Draws the README's pictures; with words only those so named. */
async function drawReadmeScreens(wanted: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const served = await startServe([join(root, SAMPLE_BUNDLE)]);
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' });
  try {
    await served.opened();
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    await page.goto(served.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    for (const { name, title, arrange } of screens.filter((each) => wanted.length === 0 || wanted.includes(each.name))) {
      await goToScreen(page, title);
      await arrange?.(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        await page.waitForTimeout(300); // canvases redraw after the colours change
        const path = join(folder, `${name}-${colorScheme}.png`);
        await page.screenshot({ path, animations: 'disabled', caret: 'hide', scale: 'css' });
        console.log(`${path.slice(root.length + 1)} ${Math.round(statSync(path).size / 1024)} KiB`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
  } finally {
    await browser.close();
    await served.stop();
  }
  if (!existsSync(join(folder, 'overview-light.png'))) throw new Error('the README shows overview-light.png, which is not there');
}

const [first, ...rest] = process.argv.slice(2);
await (first === '--all' ? drawAllScreens(rest) : drawReadmeScreens(process.argv.slice(2)));
