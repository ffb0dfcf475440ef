import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from '../support/sample-window.ts';
import { goToScreen } from '../support/screens.ts';

const isClean = async (win: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page: win }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
};

test('the map leads from an agent over its line to the calls, and its table says the same', async ({ win }) => {
  await goToScreen(win, 'Graph');
  await win.locator('.map-node').first().focus();
  await win.keyboard.press('Enter');
  const box = win.getByRole('region', { name: 'Chosen box' });
  await expect(box).toBeVisible();
  await box.getByRole('grid').focus();
  await win.keyboard.press('ArrowDown');
  await win.keyboard.press('Enter');
  const calls = win.getByRole('region', { name: 'Chosen line' }).getByRole('grid', { name: 'Calls of the line' });
  await expect(calls.getByRole('row').nth(1)).toBeVisible();
  await isClean(win);
  const boxes = await win.locator('.map-node').count();
  await win.getByRole('button', { name: 'Table' }).click();
  await expect(win.getByRole('grid', { name: 'Boxes of the map' })).toHaveAttribute('aria-rowcount', String(boxes + 1));
});

test('a cell of the counts over time opens exactly its calls', async ({ win }) => {
  await goToScreen(win, 'Graph');
  await win.getByRole('button', { name: 'Over time' }).click();
  const grid = win.locator('.heat');
  await grid.focus();
  await win.keyboard.press('ArrowRight');
  const says = win.locator('.graph-cell');
  const count = /: (\S+) calls?/.exec((await says.textContent()) ?? '')?.[1] ?? 'none';
  await isClean(win);
  await says.getByRole('link', { name: 'Open the calls' }).click();
  await expect(win.locator('.filter-count')).toContainText(`${count} of`);
});
