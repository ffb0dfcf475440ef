import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { startServe } from '../serve.ts';
import { QUIET_BROWSER, tracedBy } from './trap.ts';

// `node idle-window.ts SECONDS LOG`, inside of a network that leads nowhere: opens the sample, then does nothing.
const [seconds = '60', log = ''] = process.argv.slice(2);
const DAY = '24:00:00';

const served = await startServe([SAMPLE_BUNDLE], log === '' ? {} : { under: tracedBy(log, true) });
try {
  await served.opened();
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: [...QUIET_BROWSER] });
  const page = await browser.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!/^((http|ws):\/\/127\.0\.0\.1[:/]|data:|blob:)/.test(request.url())) foreign.push(request.url());
  });
  await page.clock.install();
  await page.goto(served.url);
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await wait(Number(seconds) * 1000);
  await page.clock.fastForward(DAY);
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await browser.close();
  if (foreign.length > 0) throw new Error(`the page asked for ${foreign.join(' ')}`);
  console.log(`idle for ${seconds} s, then a day of the page's clock`);
} finally {
  await served.stop();
}
