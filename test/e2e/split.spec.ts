import { expect, type Page } from '@playwright/test';
import { test } from '../support/sample-window.ts';
import { goToScreen } from '../support/screens.ts';

const divider = (win: Page) => win.getByRole('separator').first();
const place = async (win: Page): Promise<number> => (await divider(win).boundingBox())?.x ?? Number.NaN;

test('a divider is moved by pointer and by keys, keeps its pixels over a resize and a reload, and a double click resets it', async ({
  win,
}) => {
  const complaints: string[] = [];
  win.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await goToScreen(win, 'Findings');
  const initial = await place(win);
  await win.mouse.move(initial, 400);
  await win.mouse.down();
  await win.mouse.move(initial + 40, 400);
  await win.mouse.move(initial + 80, 400);
  await win.mouse.up();
  expect(await place(win)).toBeCloseTo(initial + 80, 0);
  await divider(win).focus();
  await win.keyboard.press('ArrowLeft');
  const moved = await place(win);
  expect(moved).toBeCloseTo(initial + 64, 0);
  await win.setViewportSize({ width: 1600, height: 900 });
  await win.setViewportSize({ width: 1280, height: 800 });
  expect(await place(win)).toBeCloseTo(moved, 0);
  await win.reload();
  await divider(win).waitFor();
  expect(await place(win)).toBeCloseTo(moved, 0);
  await divider(win).press('Home');
  expect(Number(await divider(win).getAttribute('aria-valuenow'))).toBe(Number(await divider(win).getAttribute('aria-valuemin')));
  await divider(win).dblclick();
  await expect.poll(() => place(win)).toBeCloseTo(initial, 0);
  expect(complaints).toEqual([]);
});
