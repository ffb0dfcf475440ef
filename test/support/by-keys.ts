import { expect, type Locator, type Page } from '@playwright/test';

/** Tab presses after which something counts as out of reach: nobody goes on for longer. */
const MOST = 80;

/** Counts presses of any pointer from now on; keys that press a button make a click, but no press. */
export async function countPointers(win: Page): Promise<() => Promise<number>> {
  await win.evaluate(() => {
    const page = globalThis as unknown as { pointers: number };
    page.pointers = 0;
    const count = (): void => {
      page.pointers += 1;
    };
    for (const kind of ['pointerdown', 'mousedown', 'mousemove', 'wheel']) addEventListener(kind, count, true);
  });
  return () => win.evaluate(() => (globalThis as unknown as { readonly pointers: number }).pointers);
}

/** Whether the focused element is told from others: a ring of its own, or of the field or row around it. */
const showsFocus = (element: Element): boolean => {
  for (let each: Element | null = element, up = 0; each !== null && up < 3; each = each.parentElement, up += 1) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    if ((outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none') return true;
  }
  return false;
};

/** Presses Tab until the focus is where it is wanted, and makes sure that it can be seen there and on the way. Errors: fails after 80 presses. */
export async function tabTo(win: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < MOST; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await expect.poll(() => wanted.evaluate(showsFocus), 'the focus can be seen').toBe(true);
      return;
    }
    await win.keyboard.press(key);
  }
  throw new Error(`${String(MOST)} presses of ${key} do not lead to ${String(wanted)}`);
}
