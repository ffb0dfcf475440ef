import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { sampleFor } from './sample-case.ts';
import { startServe, type Served } from './serve.ts';

/** Servers of the sample that a worker has: each file of specs gets one with a copy of its own, so that none sees what another decided. */
interface Samples {
  readonly for: (file: string) => Promise<Served>;
}

/** Playwright's test with the sample case in a browser: `sample` is one `spoor serve` for the whole file, `win` a fresh page of it. */
export const test = base.extend<{ sample: Served; win: Page }, { samples: Samples }>({
  samples: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'spoor-copies-'));
      let last: { readonly file: string; readonly served: Served } | undefined;
      await use({
        async for(file) {
          if (last?.file === file) return last.served;
          await last?.served.stop();
          const home = mkdtempSync(join(folder, 'home-'));
          const served = await startServe([sampleFor(home)], { home });
          last = { file, served };
          await served.opened();
          return served;
        },
      });
      await last?.served.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  sample: async ({ samples }, use, { file }) => {
    await use(await samples.for(file));
  },
  win: async ({ page, sample }, use) => {
    await page.goto(sample.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await use(page);
  },
});
