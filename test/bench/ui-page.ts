import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';

import { settle } from '#test/support/screens.ts';
import { startServe } from '#test/support/serve.ts';
import { importWithSpoor, runSpoor } from './spoor.ts';
import { addProbe } from './ui-probe.ts';

/** Imports a file into a new case of that name and analyses it. Gives the path of the case. */
export async function makeCase(name: string, file: string, folder: string): Promise<string> {
  const casePath = join(folder, `${name}.spoor`);
  await importWithSpoor(casePath, file);
  await runSpoor('analyze', casePath, '--json', '--quiet');
  return casePath;
}

/** Opens a case in a browser of its own and measures there. */
export async function withPage<T>(casePath: string, run: (page: Page, serverPid: number) => Promise<T>): Promise<T> {
  const served = await startServe([], { cases: [casePath] });
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' });
    await addProbe(page);
    await page.goto(served.url);
    await settle(page);
    return await run(page, served.pid);
  } finally {
    await browser.close();
    await served.stop();
  }
}
