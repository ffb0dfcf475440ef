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

/** Waits until nothing is loading any more and what moves has come to rest; what moves for ever (a spinner) is not waited for. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  // Asked again and again, never by an animation's own promise: that of an animation whose element is no longer drawn may stay open for ever.
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      document.getAnimations().every((each) => each.playState !== 'running' || each.effect?.getComputedTiming().endTime === Infinity),
  );
}

/** Goes to a screen by the rail, and waits until it is there. */
export async function goToScreen(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: title }).click();
  await page.mouse.move(640, 20); // off the rail, whose tooltip would cover what is looked at
  await settle(page);
}
