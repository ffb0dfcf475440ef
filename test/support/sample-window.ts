import { test as base, type Page } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { startServe, type Served } from './serve.ts';

/** How long the sample may take to import and analyse on two busy cores. Units: ms. */
const IMPORT = 240_000;

/** Playwright's test with the sample case in a browser: `sample` is one `spoor serve` for the whole file, `win` a fresh page of it. */
export const test = base.extend<{ win: Page }, { sample: Served }>({
  sample: [
    async ({}, use) => {
      const served = await startServe([SAMPLE_BUNDLE]);
      await served.opened();
      await use(served);
      await served.stop();
    },
    { scope: 'worker', timeout: IMPORT },
  ],
  win: async ({ page, sample }, use) => {
    await page.goto(sample.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await use(page);
  },
});
