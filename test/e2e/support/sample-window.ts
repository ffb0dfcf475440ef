import { test as base, type Page } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { startServe, type Served } from '../../support/serve.ts';

/** How long the sample may take to import and analyse on two busy cores. Units: ms. */
const IMPORT = 150_000;

/**
 * Playwright's test with a page of its own on the sample case. One `spoor serve` holds the case for all tests of a worker:
 * they read it, and none of them closes or changes it.
 */
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
  win: async ({ sample, page }, use) => {
    await page.goto(sample.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await use(page);
  },
});
