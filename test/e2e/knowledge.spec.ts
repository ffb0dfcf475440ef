import { expect } from '@playwright/test';
import { goToScreen } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

const LIST = 'principal,owner,kind,scopes,status\nsupport-agent,Support platform team,agent,tickets:read,active\n';

test('a list of principals is added to the case, listed with its hash, and taken out again; a wrong file says why', async ({ win }) => {
  await goToScreen(win, 'Evidence');
  await win.getByRole('button', { name: /^Knowledge…/ }).click();
  const dialog = win.getByRole('dialog', { name: 'Knowledge that is not evidence' });
  await expect(dialog).toContainText('The case was told nothing yet');
  const file = dialog.locator('input[type="file"]');
  await file.setInputFiles({ name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from('{ "rows": ') });
  await expect(dialog.getByRole('status')).toContainText('wrong.json:');
  await expect(dialog.getByRole('table')).toHaveCount(0);
  await file.setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
  await expect(dialog.getByRole('status')).toContainText('people.csv: added');
  await expect(dialog.getByRole('row', { name: /people\.csv/ })).toContainText(/[0-9a-f]{12}…/);
  await dialog.getByRole('button', { name: 'Take people.csv out' }).click();
  await expect(dialog).toContainText('The case was told nothing yet');
  await win.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
