import { expect, type Page } from '@playwright/test';
import { goToScreen, SCREENS, settle } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';
import { findCutText, findPageOverflow, findSmallTargets } from '../support/targets.ts';

/** Seven screens, each entered anew on two busy cores. Units: ms. */
const EVERY_SCREEN = 120_000;

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset['theme']);

test('the theme follows what the system asks for until one is chosen', async ({ win }) => {
  await win.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
  await expect.poll(() => theme(win)).toBe('dark-contrast');
  await win.emulateMedia({ colorScheme: 'light', contrast: 'no-preference' });
  await expect.poll(() => theme(win)).toBe('light');
  await win.getByRole('button', { name: 'Theme' }).click();
  await win.getByRole('menuitemradio', { name: 'Light, high contrast' }).click();
  await win.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => theme(win)).toBe('light-contrast');
});

test('the measure of targets sees two small ones that are too near', async ({ win }) => {
  await win.evaluate(() => {
    const box = document.createElement('div');
    box.style.cssText = 'position: fixed; top: 200px; left: 300px; z-index: 99';
    for (const name of ['one', 'two']) {
      const button = document.createElement('button');
      button.style.cssText = 'width: 12px; height: 12px; padding: 0; overflow: hidden';
      button.setAttribute('aria-label', name);
      box.append(button);
    }
    document.body.append(box);
  });
  expect((await findSmallTargets(win)).join('\n')).toContain('"one" 12×12 beside');
});

/** 200 % zoom of 1280 by 800, and 400 % of 1280, which is 320 CSS px. */
for (const size of [
  { width: 640, height: 400 },
  { width: 320, height: 640 },
]) {
  test(`at ${String(size.width)} by ${String(size.height)} no screen scrolls sideways and nothing is out of reach`, async ({ win }) => {
    test.setTimeout(EVERY_SCREEN);
    for (const title of SCREENS) {
      await win.setViewportSize({ width: 1280, height: 800 });
      await goToScreen(win, title);
      await win.setViewportSize(size);
      await settle(win);
      const found = { ...(await findPageOverflow(win)), cut: await findCutText(win) };
      expect({ title, ...found }).toEqual({ title, wide: 0, tall: 0, cut: [] });
    }
  });
}

test('what the keyboard reaches is not covered by a head that stays', async ({ win }) => {
  test.setTimeout(EVERY_SCREEN);
  for (const title of ['Evidence', 'Findings', 'Overview'] as const) {
    await goToScreen(win, title);
    await win.getByRole('main').evaluate((main) => {
      for (const part of main.querySelectorAll('*')) part.scrollTop = part.scrollHeight;
    });
    // Backwards from the end of the page, so that what comes into sight comes from above, where heads stay.
    await win.getByRole('contentinfo').evaluate((footer) => {
      footer.tabIndex = -1;
      footer.focus();
    });
    for (let step = 0; step < 25; step += 1) {
      await win.keyboard.press('Shift+Tab');
      const covered = await win.evaluate(() => {
        const focused = document.activeElement;
        if (focused === null || focused === document.body || focused.closest('main') === null) return undefined;
        // Of a link in running text the first line: the box around two lines begins with words that are not its own.
        const box = focused.getClientRects()[0] ?? focused.getBoundingClientRect();
        const at = document.elementFromPoint(box.left + Math.min(8, box.width / 2), box.top + Math.min(8, box.height / 2));
        return at !== null && (focused.contains(at) || at.contains(focused)) ? undefined : focused.outerHTML.slice(0, 120);
      });
      expect({ title, covered }).toEqual({ title, covered: undefined });
    }
  }
});

test('what has the focus wears a ring that is seen, wider where more contrast is asked for', async ({ win }) => {
  await goToScreen(win, 'Evidence');
  const ring = async (): Promise<string> => {
    await win.getByRole('button', { name: 'Theme' }).focus();
    await win.keyboard.press('Tab');
    return win.evaluate(() => (document.activeElement === null ? '' : getComputedStyle(document.activeElement).outline));
  };
  expect(await ring()).toMatch(/solid 2px/);
  await win.emulateMedia({ contrast: 'more' });
  await expect.poll(() => theme(win)).toBe('light-contrast');
  expect(await ring()).toMatch(/solid 3px/);
});

test('under reduced motion nothing is animated', async ({ win }) => {
  await win.emulateMedia({ reducedMotion: 'reduce' });
  await win.getByRole('button', { name: 'Keys' }).click();
  await win.getByRole('dialog').waitFor();
  const lasting = await win.evaluate(() =>
    [...document.querySelectorAll('*')]
      .map((element) => getComputedStyle(element))
      .filter(({ transitionDuration, animationName, animationDuration }) => {
        const isLong = (durations: string): boolean => durations.split(',').some((each) => Number.parseFloat(each) > 0.001);
        return isLong(transitionDuration) || (animationName !== 'none' && isLong(animationDuration));
      })
      .map(({ transitionProperty, animationName }) => `${transitionProperty} ${animationName}`),
  );
  expect(lasting).toEqual([]);
});

test('under forced colours words, severities, bars and the selection are all drawn in the system’s colours', async ({ win }) => {
  await win.emulateMedia({ forcedColors: 'active' });
  const drawn = (selector: string, property: 'fill' | 'outlineStyle' | 'color') =>
    win
      .locator(selector)
      .first()
      .evaluate((element, key) => getComputedStyle(element)[key], property);
  await goToScreen(win, 'Overview');
  const ground = await win.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await drawn('h1', 'color')).not.toBe(ground);
  expect(await drawn('main .severity path', 'fill')).not.toBe(ground);
  const bars = await Promise.all(['.bar-ok', '.bar-failed', '.bar-finding'].map((bar) => drawn(bar, 'fill')));
  expect(new Set([...bars, ground]).size).toBe(4);
  await goToScreen(win, 'Findings');
  expect(await drawn('main [aria-selected="true"]', 'outlineStyle')).toBe('solid');
});
