import type { Page } from '@playwright/test';

/** The four themes, each as the system settings that bring it about. */
export const LOOKS = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'light-contrast', colorScheme: 'light', contrast: 'more' },
  { name: 'dark-contrast', colorScheme: 'dark', contrast: 'more' },
] as const;

/** The two sizes of window that every screen is looked at in. Units: CSS px. */
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

type Look = (typeof LOOKS)[number];

/** Asks for a theme as the operating system does, and waits until the page has it. */
export async function wearLook(page: Page, { name, colorScheme, contrast }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' });
  await page.waitForFunction((theme) => document.documentElement.dataset['theme'] === theme, name);
}
