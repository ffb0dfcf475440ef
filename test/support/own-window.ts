import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { startServe, type Served } from './serve.ts';

/** How long a handful of calls may take to import and analyse on two busy cores. Units: ms. */
const IMPORT = 120_000;

/** Playwright's test with a case of its own evidence, file names to their text: one `spoor serve` for the whole file, `win` a fresh page of it. */
export const testWith = (evidence: Readonly<Record<string, string>>) =>
  base.extend<{ win: Page }, { own: Served }>({
    own: [
      async ({}, use) => {
        const folder = mkdtempSync(join(tmpdir(), 'spoor-own-'));
        for (const [name, text] of Object.entries(evidence)) writeFileSync(join(folder, name), text);
        const served = await startServe(Object.keys(evidence).map((name) => join(folder, name)));
        await served.opened();
        await use(served);
        await served.stop();
        rmSync(folder, { recursive: true, force: true });
      },
      { scope: 'worker', timeout: IMPORT },
    ],
    win: async ({ page, own }, use) => {
      await page.goto(own.url);
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
      await use(page);
    },
  });
