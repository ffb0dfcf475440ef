import { expect } from '@playwright/test';
import { goToScreen } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Findings');
});

test('the incident comes first, with its arithmetic, its evidence and what to do', async ({ win }) => {
  const card = win.getByRole('article');
  await expect(card.getByRole('heading', { level: 2 })).toContainText('card numbers');
  for (const part of ['What happened', 'Why it is reported', 'Observed against expected', 'Evidence', 'What to do', 'Mapping']) {
    await expect(card.getByRole('heading', { level: 3, name: part })).toBeVisible();
  }
  await expect(card.getByText(/^Severity: .* = critical/)).toBeVisible();
  await expect(card.getByRole('table').last().getByRole('row').nth(1)).toBeVisible();
});

test('arrow keys move through the list, the card and the link follow', async ({ win }) => {
  const list = win.getByRole('listbox', { name: 'Findings' });
  await list.focus();
  await win.keyboard.press('ArrowDown');
  const second = list.getByRole('option').nth(1);
  await expect(second).toHaveAttribute('aria-selected', 'true');
  const title = (await second.locator('p').first().textContent()) ?? '';
  await expect(win.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(title);
  await win.reload();
  await expect(win.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(title);
});

test('one key accepts the chosen finding, and opens it again', async ({ win }) => {
  const first = win.getByRole('listbox', { name: 'Findings' }).getByRole('option').first();
  await win.getByRole('listbox', { name: 'Findings' }).focus();
  await win.keyboard.press('a');
  await expect(first).toContainText('accepted');
  await win.keyboard.press('a');
  await expect(first).not.toContainText('accepted');
});

test('words narrow the list, and a filter that fits nothing says which', async ({ win }) => {
  await win.getByRole('searchbox').fill('scopes used');
  const options = win.getByRole('listbox', { name: 'Findings' }).getByRole('option');
  await expect(options).toHaveCount(1);
  await win.getByRole('searchbox').fill('zebra');
  await expect(win.getByText('Words looked for: zebra')).toBeVisible();
  await win.getByRole('button', { name: /^Show all/ }).click();
  expect(await options.count()).toBeGreaterThan(3);
});

test('the evidence of a finding opens as a query in Calls', async ({ win }) => {
  const link = win.getByRole('link', { name: /evidence calls$/ });
  const count = /^[\d\u2009]+/.exec((await link.textContent()) ?? '')?.[0] ?? 'none';
  await link.click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(win.getByRole('main')).toContainText(count);
});

test('the chain of a finding opens in Chains', async ({ win }) => {
  await win
    .getByRole('article')
    .getByRole('link', { name: /^Chain/ })
    .first()
    .click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Chains');
});

test('findings are decided with reasons, taken back with one key, and the case gets an outcome', async ({ win }) => {
  const card = win.getByRole('article');
  const option = win.getByRole('listbox', { name: 'Findings' }).getByRole('option');
  await card.getByRole('button', { name: 'Accept' }).click();
  await expect(option.first()).toContainText('accepted');
  await option.nth(1).click();
  await card.getByRole('button', { name: 'Dismiss…' }).click();
  await win.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('known job of the night');
  await win.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click();
  await expect(card.getByText('Dismissed: known job of the night')).toBeVisible();
  await win.keyboard.press('Control+z');
  await expect(card.getByText('Dismissed: known job of the night')).toHaveCount(0);
  await card.getByRole('button', { name: 'Merge…' }).click();
  await win.getByRole('dialog').getByRole('radio').first().check();
  await win.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
  await expect(option.nth(1)).toContainText('merged');
  await goToScreen(win, 'Overview');
  await expect(win.getByRole('link', { name: /^Decide on findings partly 2 of/ })).toBeVisible();
  await win.getByRole('button', { name: 'Set the outcome…' }).click();
  await win.getByRole('radio', { name: 'data exposed' }).check();
  await win.getByRole('button', { name: 'Set the outcome', exact: true }).click();
  await expect(win.getByText('Outcome: data exposed').first()).toBeVisible();
  await goToScreen(win, 'Cases');
  await expect(win.getByRole('button', { name: /^data exposed 1$/ })).toBeVisible();
});
