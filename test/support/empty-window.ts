import { test as base, type Page } from '@playwright/test';
import { startServe, type Served } from './serve.ts';

/** Playwright's test with a page on a `spoor serve` of its own that has no case: what a test opens or closes is its own. */
export const test = base.extend<{ served: Served; win: Page }>({
  served: async ({}, use) => {
    const served = await startServe();
    await use(served);
    await served.stop();
  },
  win: async ({ served, page }, use) => {
    await page.goto(served.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await use(page);
  },
});
