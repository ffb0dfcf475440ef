import { expect, type Locator, type Page } from '@playwright/test';
import { harFromCalls } from '../support/har-from-calls.ts';
import { testWith } from '../support/own-window.ts';
import { goToScreen, settle } from '../support/screens.ts';
import { ANALYSIS, analysed, editor, preview } from '../support/template-editor.ts';

const PATHS = ['/files/report', '/files/summary', '/files/summary/lines', '/users/7', '/users/8', '/users/9'];
const test = testWith({
  'shop.har': harFromCalls(PATHS.map((path, at) => ({ at: at * 3, url: `https://shop.test${path}`, headers: ['User-Agent: bot/1'] }))),
});

const tree = (win: Page): Locator => win.getByRole('treegrid', { name: 'Endpoints' });
const card = (win: Page): Locator => win.getByRole('article', { name: 'Endpoint' });
const endpointRow = (win: Page, template: string): Locator => tree(win).getByRole('row', { name: `GET ${template}`, exact: false });
const heading = (win: Page): Locator => card(win).getByRole('heading', { level: 2 });

/** Shows one endpoint of the Inventory by the keyboard alone and opens the editor with its key. */
async function editInInventory(win: Page, words: string): Promise<void> {
  await win.getByRole('searchbox', { name: 'Filter endpoints' }).fill(words);
  await settle(win);
  await tree(win).focus();
  await win.keyboard.press('End');
  await expect(card(win)).toBeVisible();
  await win.keyboard.press('e');
  await editor(win).waitFor();
  await settle(win);
}

async function analyseNow(win: Page): Promise<void> {
  await goToScreen(win, 'Evidence');
  await win.getByRole('button', { name: 'Analyse now' }).click();
  await analysed(win);
  await goToScreen(win, 'Inventory');
}

test('in the Inventory: two templates are merged, list and card follow, Undo takes it back, and a pin outlives another analysis', async ({
  win,
}) => {
  await goToScreen(win, 'Inventory');
  await editInInventory(win, 'files report');
  await editor(win).getByRole('button', { name: 'report' }).click();
  await editor(win)
    .getByRole('radio', { name: /^Values/ })
    .click();
  await expect(preview(win).getByRole('row', { name: 'GET /files/summary merges /files/{name} 1' })).toBeVisible();
  await editor(win).getByRole('button', { name: 'Apply and analyse' }).click();
  await expect(editor(win)).toHaveCount(0);
  await expect(heading(win)).toHaveText('GET /files/{name}', { timeout: ANALYSIS });
  await win.getByRole('searchbox', { name: 'Filter endpoints' }).fill('files');
  await expect(tree(win).getByRole('row', { name: /GET/ })).toHaveCount(2);
  await expect(endpointRow(win, '/files/{name}/lines')).toBeVisible();

  // Undo beside another rule that stays: the pin.
  await tree(win).focus();
  await win.keyboard.press('Control+z');
  await expect(win.getByText('Not analysed yet')).toBeVisible();
  await win.getByRole('searchbox', { name: 'Filter endpoints' }).fill('users');
  await endpointRow(win, '/users/{id}').click({ button: 'right' });
  await win.getByRole('menuitem', { name: 'Edit path templates…' }).click();
  await editor(win).getByRole('checkbox', { name: /^Pin/ }).click();
  await editor(win).getByRole('textbox', { name: 'The pinned template' }).fill('/users/{login}');
  await expect(
    preview(win)
      .getByRole('row', { name: /\/users\/\{login\}/ })
      .first(),
  ).toBeVisible();
  await editor(win).getByRole('button', { name: 'Apply and analyse' }).click();
  await expect(endpointRow(win, '/users/{login}')).toBeVisible({ timeout: ANALYSIS });
  await win.getByRole('searchbox', { name: 'Filter endpoints' }).fill('files');
  await expect(tree(win).getByRole('row', { name: /GET/ })).toHaveCount(3);
  await expect(endpointRow(win, '/files/summary/lines')).toBeVisible();

  await editInInventory(win, 'files report');
  await editor(win).getByRole('checkbox', { name: /^Pin/ }).click();
  await editor(win).getByRole('textbox', { name: 'The pinned template' }).fill('/files/{file}');
  await editor(win).getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(editor(win)).toHaveCount(0);
  await analyseNow(win);
  await win.getByRole('searchbox', { name: 'Filter endpoints' }).fill('');
  await expect(endpointRow(win, '/files/{file}')).toBeVisible();
  await expect(endpointRow(win, '/users/{login}')).toBeVisible();
});
