import type { Page } from '@playwright/test';

/** Titles of the screens as the rail names them, in its order. */
export const SCREENS = [
  'Overview',
  'Evidence',
  'Calls',
  'Chains',
  'Graph',
  'Inventory',
  'Identities',
  'Findings',
  'Report',
  'Cases',
  'Settings',
] as const;

/** Waits until nothing is loading any more and what moves has come to rest. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined)));
  });
}

/** Goes to a screen by the rail, and waits until it is there. */
export async function goToScreen(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: title }).click();
  await page.mouse.move(640, 20); // off the rail, whose tooltip would cover what is looked at
  await settle(page);
}
