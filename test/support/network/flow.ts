import { chromium } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { startServe } from '../serve.ts';
import { readTrace, tracedBy } from './trap.ts';

// The workbench in a browser: started on the sample, looked at screen by screen. Run inside of a network that leads nowhere.
const [log = ''] = process.argv.slice(2);
const served = await startServe([SAMPLE_BUNDLE], log === '' ? {} : { under: tracedBy(log, true) });
let screens = 0;
try {
  await served.opened();
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' });
  const page = await browser.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1[:/]|ws:\/\/127\.0\.0\.1[:/]|data:|blob:)/.test(request.url())) foreign.push(request.url());
  });
  await page.goto(served.url);
  const navigation = page.getByRole('navigation', { name: 'Screens' });
  await navigation.waitFor();
  const links = navigation.getByRole('link');
  for (let index = 0; index < (await links.count()); index += 1) {
    await links.nth(index).click();
    await page.getByRole('main').waitFor();
    await page.waitForLoadState('networkidle');
    screens += 1;
  }
  await browser.close();
  if (foreign.length > 0) throw new Error(`the page asked for ${foreign.join(' ')}`);
} finally {
  await served.stop();
}
const attempts = log === '' ? [] : readTrace(log);
for (const attempt of attempts) console.error(attempt);
console.log(`${String(screens)} screens, ${log === '' ? 'not traced' : `${String(attempts.length)} attempts`}`);
process.exitCode = screens > 0 && attempts.length === 0 ? 0 : 1;
