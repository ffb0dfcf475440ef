import { expect, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { row, run } from '../support/calls-page.ts';
import { test } from '../support/sample-window.ts';
import { goToScreen } from '../support/screens.ts';

const isClean = async (win: Page): Promise<void> => {
  expect(await findAxeFaults(win)).toEqual([]);
};

test('the map leads from an agent over its line to the calls, and its table says the same', async ({ win }) => {
  await goToScreen(win, 'Graph');
  await win.locator('.map-node').first().focus();
  const all = await win.locator('.map-node').count();
  await win.keyboard.press('h');
  await expect(win.getByRole('button', { name: '1 box hidden: show all' })).toBeVisible();
  await win.keyboard.press('Alt+ArrowLeft');
  await expect(win.locator('.map-node')).toHaveCount(all);
  await win.locator('.map-node').first().focus();
  await win.keyboard.press('p');
  await win.keyboard.press('ArrowRight');
  await win.keyboard.press('p');
  const ways = win.getByRole('region', { name: 'Ways between two nodes' });
  await expect(ways.getByRole('list', { name: 'Steps of the chosen way' }).getByRole('listitem')).toHaveCount(2);
  await isClean(win);
  await ways.getByRole('button', { name: 'Close the ways' }).click();
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

test('from a call one key leads to the graph of its chain', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await run(win, 'has:finding and agent:support-agent');
  await row(win, 0).click();
  await win.keyboard.press('g');
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Graph');
  await expect(win).toHaveURL(/#\/graph\?q=chain%3A/);
});
