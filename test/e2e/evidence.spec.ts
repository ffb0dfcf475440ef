import { expect } from '@playwright/test';
import { goToScreen } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Evidence');
});

test('every record and every byte of the sample is accounted for', async ({ win }) => {
  await expect(win.getByText(/Read .* = accepted .* \+ rejected 2 \+ skipped 0\s+balances/)).toBeVisible();
  await expect(win.getByText(/bytes accounted for\s+balances/)).toBeVisible();
  await expect(win.getByText('does not balance')).toHaveCount(0);
});

test('a file that no importer reads stays in sight, with the reason', async ({ win }) => {
  const row = win.getByRole('row', { name: /readme\.txt/ }).first();
  await expect(row).toContainText('not recognised');
  await expect(row).toContainText('no known format');
});

test('rejected records stand with place, code, reason and the start of their text', async ({ win }) => {
  const issues = win.getByRole('region', { name: 'List of records with an issue' });
  const row = issues.getByRole('row', { name: /JSON_SYNTAX/ }).filter({ hasText: 'sidecar.jsonl' });
  await expect(row).toContainText('sidecar.jsonl');
  await expect(row).toContainText('rejected');
  await expect(row).toContainText('{"');
});

test('a source narrows the issues to its own, shows its facts, and the link restores both', async ({ win }) => {
  await win.getByRole('button', { name: 'acme-shop-incident.zip!envoy/sidecar.jsonl', exact: true }).click();
  const facts = win.getByRole('region', { name: /Source .*sidecar\.jsonl/ });
  await expect(facts.getByText(/^[0-9a-f]{64}$/).first()).toBeVisible();
  const issues = win.getByRole('region', { name: 'List of records with an issue' });
  await expect(issues.getByRole('row')).toHaveCount(2);
  await win.reload();
  await expect(facts).toBeVisible();
  await facts.getByRole('link', { name: 'Its calls' }).click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(win).toHaveURL(/q=source/);
});

test('a kind of issue that there is none of says so, with its scope', async ({ win }) => {
  await win.getByRole('button', { name: 'acme-shop-incident.zip!specs/shop-api.yaml', exact: true }).click();
  await win.getByRole('button', { name: 'Rejected', exact: true }).click();
  await expect(win.getByText(/No record was rejected in .*shop-api\.yaml\./)).toBeVisible();
});

test('captures stand against the logs beside them, and each number opens its calls', async ({ win }) => {
  await win.getByRole('button', { name: 'Two sides' }).click();
  const capture = win.getByRole('region', { name: /^Capture .*support-agent\.har/ });
  await expect(capture.getByRole('row', { name: /gateway\.jsonl/ })).toContainText('ms');
  await expect(capture.getByText('To other hosts')).toBeVisible();
  await capture.getByRole('listitem').filter({ hasText: 'To other hosts' }).getByRole('link', { name: /calls/ }).click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(win).toHaveURL(/support-agent\.har/);
  await win.goBack();
  await expect(capture).toBeVisible();
});

test('arrow keys go from source to source', async ({ win }) => {
  await win
    .getByRole('button', { name: /support-agent\.har/ })
    .first()
    .focus();
  await win.keyboard.press('ArrowDown');
  await expect(win.getByRole('button', { name: /customer-browser\.har/ }).first()).toBeFocused();
});

test('the divider moves by keyboard and its place is remembered', async ({ win }) => {
  const divider = win.getByRole('separator');
  const before = Number(await divider.getAttribute('aria-valuenow'));
  await divider.focus();
  for (let step = 0; step < 3; step += 1) await win.keyboard.press('ArrowUp');
  await expect(divider).toHaveAttribute('aria-valuenow', String(before + 48));
  await win.reload();
  await expect(divider).toHaveAttribute('aria-valuenow', String(before + 48));
});
