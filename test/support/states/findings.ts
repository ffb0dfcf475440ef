import type { Page } from '@playwright/test';
import { settle } from '../screens.ts';
import type { ScreenState } from './state.ts';

const state = (name: string, place: string, arrange?: ScreenState['arrange']): ScreenState => ({
  name,
  setting: 'sample',
  place,
  ...(arrange === undefined ? {} : { arrange }),
});

const card = (page: Page) => page.getByRole('article');

const scrolled = (share: number) => async (page: Page) => {
  await card(page).evaluate((element, part) => {
    element.scrollTop = part * element.scrollHeight;
  }, share);
  await settle(page);
};

const dialog = (button: string) => async (page: Page) => {
  await card(page).getByRole('button', { name: button }).click();
  await page.getByRole('dialog').waitFor();
  await settle(page);
};

async function likeIt(page: Page): Promise<void> {
  await dialog('More like this')(page);
  await page.getByRole('dialog').getByRole('row').nth(1).waitFor();
}

/** A finding in full, what one can say about it, and the detectors behind it. */
export const FINDINGS_STATES: readonly ScreenState[] = [
  state('findings-card-middle', '#/findings', scrolled(0.4)),
  state('findings-card-end', '#/findings', scrolled(1)),
  state('findings-merge', '#/findings', dialog('Merge…')),
  state('findings-suppress', '#/findings', dialog('Suppress…')),
  state('findings-like-it', '#/findings', likeIt),
  state('findings-detectors', '#/findings?tab=detectors'),
  state('findings-unanswered', '#/findings?tab=unanswered'),
  state('findings-suppressions', '#/findings?tab=suppressions'),
];
