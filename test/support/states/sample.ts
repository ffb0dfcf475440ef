import type { Page } from '@playwright/test';
import { goToScreen, settle } from '../screens.ts';
import type { ScreenState } from './state.ts';

const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name }).first();

const click = (name: string | RegExp) => async (page: Page) => {
  await button(page, name).click();
  await settle(page);
};

async function openGraph(page: Page): Promise<void> {
  await button(page, 'Graph').click();
  await page.locator('.node').first().waitFor();
  await settle(page);
}

async function openFirstCall(page: Page): Promise<void> {
  await main(page).getByRole('row').nth(1).click();
  await main(page).getByRole('tab').first().waitFor();
  await settle(page);
}

const openTab = (name: string) => async (page: Page) => {
  await openFirstCall(page);
  // A tab may count what is in it: `Chain 5`.
  await page.getByRole('tab', { name: new RegExp(`^${name}(?: \\d+)?$`) }).click();
  await settle(page);
};

const typeQuery = (text: string) => async (page: Page) => {
  const input = page.locator('[data-query-input]');
  await input.click();
  await input.pressSequentially(text);
  await page.waitForTimeout(300); // values are fetched while one types
};

async function openSource(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Sources' }).locator('.row-button').first().click();
  await settle(page);
}

async function hoverRail(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Chains' }).hover();
  await page.getByRole('tooltip').waitFor();
}

async function dragOver(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [import.meta.filename], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) await devtools.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  await page.locator('.drop-overlay').waitFor();
  await devtools.detach();
}

const state = (name: string, place: string, arrange?: ScreenState['arrange']): ScreenState => ({
  name,
  setting: 'sample',
  place,
  ...(arrange === undefined ? {} : { arrange }),
});

const TABS = ['Request', 'Response', 'Timing', 'Credential', 'Chain', 'Raw'];

/** The screens of the sample case, as they come and with what can be opened in them. */
export const SAMPLE_STATES: readonly ScreenState[] = [
  state('overview', '#/overview'),
  state('overview-end', '#/overview', async (page) => {
    await page.locator('.view-scroll').evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
  }),
  state('evidence', '#/evidence'),
  state('evidence-source', '#/evidence', openSource),
  state('evidence-issue', '#/evidence', click('View raw place')),
  state('evidence-read-as', '#/evidence', async (page) => {
    await openSource(page);
    await button(page, /^Read again with other settings/).click();
    await page.getByRole('dialog').waitFor();
    await settle(page);
  }),
  state('evidence-withdraw', '#/evidence', async (page) => {
    await openSource(page);
    await button(page, 'Withdraw…').click();
    await page.getByRole('dialog').waitFor();
  }),
  state('calls', '#/calls'),
  state('calls-call', '#/calls?q=is:failed', openFirstCall),
  ...TABS.map((tab) =>
    state(`calls-call-${tab.toLowerCase()}`, `#/calls?q=${encodeURIComponent('path:/v1/tickets/* is:agent')}`, openTab(tab)),
  ),
  state('calls-query-wrong', '#/calls', typeQuery('status >= abc and (')),
  state('calls-query-offers', '#/calls', typeQuery('agent:')),
  state('calls-none', '#/calls?q=path%3A%2Fnowhere%20and%20status%20%3E%3D%20500'),
  state('chains', '#/chains'),
  state('chains-graph', '#/chains', openGraph),
  state('chains-graph-proof', '#/chains', async (page) => {
    await openGraph(page);
    await page.locator('.edge-name').first().click();
    await page.getByRole('region', { name: 'Proof of the link' }).waitFor();
    await settle(page);
  }),
  state('chains-graph-call', '#/chains', async (page) => {
    await openGraph(page);
    await page.locator('.node').first().focus();
    await page.keyboard.press('Enter');
    await settle(page);
  }),
  state('chains-table', '#/chains', click('Table')),
  state('chains-sequence', '#/chains', click('Sequence')),
  state('chains-messages', '#/chains', click('Messages')),
  state('graph', '#/graph?q=agent%3A*'),
  state('graph-time', '#/graph?tab=time'),
  state('graph-spread', '#/graph?tab=spread&q=agent%3A*'),
  state('chains-none', '#/chains?q=path%3A%2Fnowhere'),
  state('findings', '#/findings'),
  state('findings-none-fit', '#/findings', async (page) => {
    await page.getByRole('searchbox').fill('nothing is called so');
  }),
  state('report', '#/report', async (page) => {
    await page.frameLocator('iframe').getByRole('heading').first().waitFor();
  }),
  // With a case open a page that is loaded leaves the start by itself.
  state('cases', '#/overview', (page) => goToScreen(page, 'Cases')),
  state('frame-theme-menu', '#/overview', async (page) => {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menu').waitFor();
  }),
  state('frame-keys', '#/overview', async (page) => {
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByRole('dialog').waitFor();
  }),
  state('frame-rail-tooltip', '#/overview', hoverRail),
  state('frame-drop', '#/overview', dragOver),
];
