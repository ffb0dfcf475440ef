import { expect } from '@playwright/test';
import { goToScreen } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Overview');
});

test('the number of agents is a link to exactly these, each with its calls, and Back returns', async ({ win }) => {
  const link = win.getByRole('link', { name: /^\d+ agents$/ });
  const count = Number.parseInt((await link.textContent()) ?? '', 10);
  await link.click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Identities');
  await expect(win.getByRole('grid', { name: 'Principals' })).toHaveAttribute('aria-rowcount', String(count + 1));
  await win.goBack();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Overview');
});

test('finding number one stands at the top with its story, and a step opens its call', async ({ win }) => {
  const story = win.getByRole('region', { name: /card numbers/ });
  await expect(story.getByText('Critical')).toBeVisible();
  const steps = story.getByRole('listitem');
  expect(await steps.count()).toBeGreaterThanOrEqual(4);
  await steps.last().getByRole('link').click();
  await expect(win).toHaveURL(/#\/calls\?call=/);
});

test('the chain of finding number one is one click away', async ({ win }) => {
  await win.getByRole('link', { name: 'Chain', exact: true }).click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Chains');
  await expect(win).toHaveURL(/chain=/);
});

test('what changed against the baseline leads to its rows, and a row to exactly its calls', async ({ win }) => {
  const changes = win.getByRole('region', { name: 'What changed against the baseline' });
  await changes.getByRole('link', { name: '+1 host' }).click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Inventory');
  const rows = win.getByRole('row', { name: /^new / });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('collect.dropzone.example');
  await win.goBack();
  await changes
    .getByRole('link', { name: /collect\.dropzone/ })
    .first()
    .click();
  await expect(win).toHaveURL(/#\/calls\?q=host/);
  await expect(win.getByText(/^2 of .* calls$/)).toBeVisible();
});

test('a stretch of time can be chosen by keyboard and becomes the query of Calls', async ({ win }) => {
  await win.getByRole('slider').focus();
  await win.keyboard.press('ArrowRight');
  for (let step = 0; step < 20; step += 1) await win.keyboard.press('Shift+ArrowRight');
  await expect(win.getByText(/^2026-.* UTC: .* calls$/)).toBeVisible();
  await win.keyboard.press('Enter');
  await expect(win).toHaveURL(/time%20%3E%3D%202026-/);
  await expect(win.getByRole('alert')).toHaveCount(0);
});

test('dragging over the picture chooses a stretch too', async ({ win }) => {
  const picture = win.getByRole('slider');
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  if (box === null) throw new Error('the picture is not drawn');
  await win.mouse.move(box.x + 200, box.y + 40);
  await win.mouse.down();
  await win.mouse.move(box.x + 500, box.y + 40, { steps: 4 });
  await win.mouse.up();
  await win.getByRole('button', { name: 'Show these calls' }).click();
  await expect(win).toHaveURL(/#\/calls\?q=time/);
});

test('the picture has a table twin, one key away', async ({ win }) => {
  await win.getByRole('slider').focus();
  await win.keyboard.press('t');
  await expect(win.getByRole('columnheader', { name: 'From (UTC)' })).toBeVisible();
});

test('the keys of the screens work, and ? lists them', async ({ win }) => {
  for (const [digit, title] of [
    ['2', 'Evidence'],
    ['6', 'Inventory'],
    ['1', 'Overview'],
  ] as const) {
    await win.keyboard.press(`Control+${digit}`);
    await expect(win.getByRole('heading', { level: 1 })).toHaveText(title);
  }
  await win.keyboard.press('?');
  await expect(win.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await win.keyboard.press('Escape');
  await expect(win.getByRole('dialog')).toHaveCount(0);
});

test('the theme can be chosen and is remembered', async ({ win }) => {
  await win.getByRole('button', { name: 'Theme' }).click();
  await win.getByRole('menuitemradio', { name: 'Dark', exact: true }).click();
  await expect(win.locator('html')).toHaveAttribute('data-theme', 'dark');
  await win.reload();
  await expect(win.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a reload comes back to the same screen of the same case', async ({ win }) => {
  await goToScreen(win, 'Findings');
  await win.reload();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Findings');
  await expect(win.getByRole('listbox', { name: 'Findings' }).getByRole('option').first()).toBeVisible();
});
