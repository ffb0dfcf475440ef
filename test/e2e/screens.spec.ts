import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { goToScreen, SCREENS, settle } from '../support/screens.ts';
import { startServe, type Served } from '../support/serve.ts';

/** How long the sample may take to import and analyse on two busy cores. Units: ms. */
const IMPORT = 150_000;

let served: Served | undefined;
let page: Page | undefined;
const complaints: string[] = [];
const hosts = new Set<string>();

const getPage = (): Page => {
  if (page === undefined) throw new Error('the page is not open');
  return page;
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(IMPORT);
  served = await startServe([SAMPLE_BUNDLE]);
  await served.opened();
  page = await browser.newPage({ reducedMotion: 'reduce' });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(served.url);
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
});

test.afterAll(async () => {
  await page?.close();
  await served?.stop();
});

for (const title of SCREENS) {
  test(`${title} has nothing that axe finds wrong, light and dark`, async () => {
    const win = getPage();
    await goToScreen(win, title);
    for (const colorScheme of ['light', 'dark'] as const) {
      await win.emulateMedia({ colorScheme });
      await settle(win);
      // The report in its frame is a document of its own, under a policy that lets no tool in.
      const { violations, passes } = await new AxeBuilder({ page: win }).exclude('iframe').analyze();
      expect(passes.length).toBeGreaterThan(5);
      expect(violations.map((each) => `${colorScheme}: ${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
        [],
      );
    }
    await win.emulateMedia({ colorScheme: 'light' });
  });

  test(`${title} shows nothing cut off at 1280 by 800`, async () => {
    const win = getPage();
    await goToScreen(win, title);
    const overflow = await win.evaluate(() => ({
      wide: document.documentElement.scrollWidth - window.innerWidth,
      tall: document.documentElement.scrollHeight - window.innerHeight,
    }));
    expect(overflow).toEqual({ wide: 0, tall: 0 });
  });
}

test('the page asks nobody but the local server, and breaks no policy', async () => {
  const win = getPage();
  for (const title of SCREENS) await goToScreen(win, title);
  expect([...hosts].filter((host) => host !== '')).toEqual([new URL(served?.url ?? '').host]);
  expect(complaints).toEqual([]);
});

test('the token leaves the address bar at once', () => {
  expect(getPage().url()).not.toContain('token');
});
