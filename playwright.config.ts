import { defineConfig } from '@playwright/test';
import { QUIET_BROWSER } from './test/support/network/trap.ts';

/** In `npm run no-network` the browser looks no names up, as in the desktop app: what its maker lets it ask for is none of ours to count. */
const QUIET = process.env['SPOOR_TRACES'] === undefined ? [] : [...QUIET_BROWSER];

/** Locale and zone are fixed so that what the screens print is the same anywhere. */
export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/support/sample-case.ts',
  outputDir: 'test-results/playwright',
  fullyParallel: false,
  forbidOnly: true,
  retries: process.env['CI'] === undefined ? 0 : 1, // the last lines of a run name each flow that needed it
  workers: 2, // two cores; a flow mostly waits

  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    actionTimeout: 45_000, // half a flow's time: what hangs is named, with its line
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: QUIET },
  },
  projects: [
    { name: 'browser', testIgnore: '**/shell*.spec.ts' },
    { name: 'shell', testMatch: '**/shell*.spec.ts' },
  ],
});
