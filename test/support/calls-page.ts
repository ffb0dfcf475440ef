import { expect, type Locator, type Page } from '@playwright/test';
import { settle } from './screens.ts';

// The parts of the Calls screen as a person finds them: by role and by name.

/** The query as text. */
export const queryBar = (win: Page): Locator => win.getByRole('combobox', { name: 'Query over all calls' });

/** The table of calls. */
export const grid = (win: Page): Locator => win.getByRole('grid', { name: 'Calls' });

/** The query's conditions as chips. */
export const chips = (win: Page): Locator => win.getByRole('toolbar', { name: 'Conditions' });

/** The chip of a condition, by the condition as it is written: the button that opens what it can do. */
export const chip = (win: Page, text: string): Locator => chips(win).getByTitle(text, { exact: true });

/** The details of the selected call. */
export const details = (win: Page): Locator => win.getByRole('region', { name: /^Call / });

/** The row at an index, counted from 0. */
export const row = (win: Page, index: number): Locator => grid(win).locator(`[aria-rowindex="${String(index + 2)}"]`);

/** The cell of a column in the row at an index, counted from 0. */
export const cell = (win: Page, index: number, column: string): Locator => row(win, index).locator(`[data-column="${column}"]`);

/** The cell or row that the keyboard is on, as the grid tells assistive technology. */
export async function activeElement(win: Page): Promise<Locator> {
  const id = await grid(win).getAttribute('aria-activedescendant');
  return win.locator(`[id="${id ?? 'none'}"]`);
}

/** Calls that fit, as the grid counts its rows. */
export const rowCount = async (win: Page): Promise<number> => Number(await grid(win).getAttribute('aria-rowcount')) - 1;

/** Types a query and runs it. */
export async function run(win: Page, query: string): Promise<void> {
  await queryBar(win).fill(query);
  await queryBar(win).press('Enter');
  await settle(win);
}

/** Presses Tab, or Shift+Tab, until the focus is on an element or inside it. */
export async function tabTo(win: Page, element: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await element.waitFor();
  for (let tries = 0; tries < 120; tries++) {
    if (await element.evaluate((found) => found.contains(document.activeElement))) return;
    await win.keyboard.press(key);
  }
  throw new Error('Tab does not lead there');
}

/** Checks that the query is this one, and that everything that follows from it is there. */
export async function expectQuery(win: Page, query: string | RegExp): Promise<void> {
  await expect(queryBar(win)).toHaveValue(query);
  await settle(win);
}
