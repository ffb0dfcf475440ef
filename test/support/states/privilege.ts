import type { Page } from '@playwright/test';
import type { ScreenState } from './state.ts';

const LEAST = '#/identities?tab=least-privilege';

const show = (language: string) => async (page: Page) => {
  await page.getByRole('button', { name: language, exact: true }).click();
};

async function openNumber(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /incident calls stopped: show them/ })
    .first()
    .click();
}

/** Least privilege: the table, another language, the calls behind a number, a caller without scopes. */
export const PRIVILEGE_STATES: readonly ScreenState[] = [
  { name: 'identities-least-privilege', setting: 'sample', place: LEAST },
  { name: 'identities-least-privilege-openfga', setting: 'sample', place: LEAST, arrange: show('OpenFGA') },
  { name: 'identities-least-privilege-calls', setting: 'sample', place: LEAST, arrange: openNumber },
  {
    name: 'identities-least-privilege-no-scopes',
    setting: 'sample',
    place: `${LEAST}&principal=${encodeURIComponent('service:northmarket')}`,
  },
];
