import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { startServe, type Served } from './serve.ts';

/** How long the sample may take to import and analyse on two busy cores. Units: ms. */
const IMPORT = 240_000;

/** Samples that a worker has: read once, then one untouched copy for each file of specs, so that no file sees what another decided. */
interface Samples {
  readonly for: (file: string) => Promise<Served>;
}

/** Reads the sample into `folder` and tells the path of its case, which nobody has open any more. */
async function importSample(folder: string): Promise<string> {
  const served = await startServe([SAMPLE_BUNDLE], { home: folder });
  await served.opened();
  await served.stop();
  const [path] = globSync(join(folder, 'cases', '*.spoor'));
  if (path === undefined) throw new Error(`the sample left no case:\n${served.printed()}`);
  return path;
}

/** Playwright's test with the sample case in a browser: `sample` is one `spoor serve` for the whole file, `win` a fresh page of it. */
export const test = base.extend<{ sample: Served; win: Page }, { samples: Samples }>({
  samples: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'spoor-sample-'));
      const path = await importSample(folder);
      let last: { readonly file: string; readonly served: Served } | undefined;
      await use({
        async for(file) {
          if (last?.file === file) return last.served;
          await last?.served.stop();
          const home = mkdtempSync(join(folder, 'home-'));
          const copy = join(home, 'cases', basename(path));
          mkdirSync(join(home, 'cases'));
          copyFileSync(path, copy);
          const served = await startServe([copy], { home });
          last = { file, served };
          await served.opened();
          return served;
        },
      });
      await last?.served.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: IMPORT },
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
