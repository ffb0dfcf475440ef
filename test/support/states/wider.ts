import type { Page } from '@playwright/test';
import { goToScreen, settle } from '../screens.ts';
import type { ScreenState } from './state.ts';

const state = (name: string, place: string, arrange?: ScreenState['arrange']): ScreenState => ({
  name,
  setting: 'sample',
  place,
  ...(arrange === undefined ? {} : { arrange }),
});

const click = (name: string) => async (page: Page) => {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
  await settle(page);
};

const dialog = (button: string) => async (page: Page) => {
  await page.getByRole('main').getByRole('button', { name: button }).click();
  await page.getByRole('dialog').waitFor();
  await settle(page);
};

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await settle(page);
}

async function openWork(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Background work' }).click();
  await page.getByRole('heading', { name: 'Background work' }).waitFor();
}

/** Side views, pictures and panels that are one step away from their screens. */
export const WIDER_STATES: readonly ScreenState[] = [
  state('overview-outcome', '#/overview', dialog('Set the outcome…')),
  state('evidence-calendar', '#/evidence', click('Calendar')),
  state('evidence-two-sides', '#/evidence', click('Two sides')),
  state('chains-flows', '#/chains', click('Flows')),
  state('chains-facts', '#/chains', dialog('Facts…')),
  state('chains-sessions', '#/chains', dialog('Sessions…')),
  state('graph-matrix', '#/graph?tab=matrix'),
  state('graph-table', '#/graph?q=agent%3A*', click('Table')),
  state('report-sections', '#/report', async (page) => {
    await page.locator('summary', { hasText: 'Sections' }).click();
    await settle(page);
  }),
  state('settings', '#/overview', (page) => goToScreen(page, 'Settings')),
  state('frame-palette', '#/overview', openPalette),
  state('frame-work', '#/overview', openWork),
];
