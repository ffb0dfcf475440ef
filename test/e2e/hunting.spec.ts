import { expect } from '@playwright/test';
import { goToScreen } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

test('a finding leads to its detector, to calls like its own, and can be set aside with a reason and brought back', async ({ win }) => {
  await goToScreen(win, 'Findings');
  const card = win.getByRole('article');
  const title = (await card.getByRole('heading', { level: 2 }).textContent()) ?? '';

  await card.getByRole('button', { name: 'More like this' }).click();
  const similar = win.getByRole('dialog', { name: 'More like this' });
  await expect(similar.getByRole('row').nth(1)).toContainText('%');
  await win.keyboard.press('Escape');

  await card.getByRole('button', { name: 'Suppress…' }).click();
  const dialog = win.getByRole('dialog', { name: 'Suppress findings' });
  await expect(dialog.getByRole('status')).toContainText(/^Hides 1 finding/);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('a test of ours');
  await dialog.getByRole('button', { name: 'Suppress' }).click();
  await expect(win.getByText(/Show 1 set aside by suppression rules/)).toBeVisible();
  await expect(win.getByRole('option').filter({ hasText: title })).toHaveCount(0);

  await win.getByRole('button', { name: 'Suppressions' }).click();
  await expect(win.getByRole('row').nth(1)).toContainText('a test of ours');
  await win.getByRole('button', { name: /^Remove suppression/ }).click();
  await expect(win.getByText('No finding is suppressed')).toBeVisible();

  await win.getByRole('button', { name: 'Detectors' }).click();
  await win.getByRole('searchbox').fill('bola-enumeration');
  await win.getByRole('button', { name: /Object-id enumeration/ }).click();
  for (const part of ['What it catches', 'In this case', 'What it needs', 'Parameters', 'What it may mistake', 'Mapping'])
    await expect(win.getByRole('article').getByRole('heading', { level: 3, name: part })).toBeVisible();
});
