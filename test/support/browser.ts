import { test as base, type Page } from '@playwright/test';
import { startServe, type Served } from './serve.ts';

interface Options {
  /** Evidence that `spoor serve` is started with; none opens the start screen. */
  readonly evidence: readonly string[];
}

/**
 * Playwright's test with the workbench in a browser: `served` is a `spoor serve` of its own for each test, `win` its page.
 * With `test.use({ evidence: [SAMPLE_BUNDLE] })` the page opens once the evidence is imported and analysed.
 */
export const test = base.extend<Options & { served: Served; win: Page }>({
  evidence: [[], { option: true }],
  served: async ({ evidence }, use) => {
    const served = await startServe(evidence);
    await use(served);
    await served.stop();
  },
  win: async ({ served, evidence, page }, use) => {
    if (evidence.length > 0) await served.opened();
    await page.goto(served.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await use(page);
  },
});
