import { expect, type Page } from '@playwright/test';
import { cell, grid, rowCount, run, tabTo } from '../support/calls-page.ts';
import { harFromCalls } from '../support/har-from-calls.ts';
import { testWith } from '../support/own-window.ts';
import { goToScreen, settle } from '../support/screens.ts';
import { ANALYSIS, analysed, editor, preview } from '../support/template-editor.ts';

const PATHS = ['/files/report', '/files/summary', '/files/summary/lines', '/users/7', '/users/8', '/users/9', '/users/me', '/odd/<b>x'];
const test = testWith({
  'shop.har': harFromCalls(PATHS.map((path, at) => ({ at: at * 3, url: `https://shop.test${path}`, headers: ['User-Agent: bot/1'] }))),
});

async function callsOf(win: Page, endpoint: string): Promise<number> {
  await run(win, `endpoint:"${endpoint}"`);
  return rowCount(win);
}

async function expectCalls(win: Page, endpoint: string, calls: number): Promise<void> {
  await expect.poll(() => callsOf(win, endpoint), { timeout: ANALYSIS }).toBe(calls);
}

async function openEditor(win: Page, query: string): Promise<void> {
  await run(win, query);
  await cell(win, 0, 'path').click({ button: 'right' });
  await win.getByRole('menuitem', { name: 'Edit path templates…' }).click();
  await editor(win).waitFor();
  await settle(win);
}

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Calls');
});

test('by mouse: words are made values, the preview says what merges, the analysis follows, and Undo brings the endpoints back', async ({
  win,
}) => {
  await openEditor(win, 'path:/files/report');
  await editor(win).getByRole('button', { name: 'report' }).click();
  await expect(editor(win).getByRole('row', { name: /summary/ })).toBeVisible();
  await expect(editor(win).getByRole('button', { name: 'Apply', exact: true })).toBeDisabled();
  await editor(win)
    .getByRole('radio', { name: /^Values/ })
    .click();
  await expect(preview(win)).toContainText('3 calls would have another template');
  await expect(preview(win).getByRole('row', { name: 'GET /files/report merges /files/{name} 1' })).toBeVisible();
  await editor(win).getByRole('textbox', { name: 'Name of the parameter' }).fill('a b');
  await expect(preview(win).getByRole('alert')).toContainText('the name of a parameter is');
  await editor(win).getByRole('textbox', { name: 'Name of the parameter' }).fill('file');
  await expect(preview(win).getByRole('row', { name: 'GET /files/report merges /files/{file} 1' })).toBeVisible();
  await editor(win).getByRole('button', { name: 'Apply and analyse' }).click();
  await expect(editor(win)).toHaveCount(0);
  await expectCalls(win, 'GET shop.test/files/{file}', 2);

  await win.keyboard.press('Escape');
  await grid(win).focus();
  await win.keyboard.press('Control+z');
  await expect(win.getByText('Not analysed yet')).toBeVisible();
  await goToScreen(win, 'Evidence');
  await win.getByRole('button', { name: 'Analyse now' }).click();
  await analysed(win);
  await goToScreen(win, 'Calls');
  await expectCalls(win, 'GET shop.test/files/report', 1);
});

test('by keyboard: a value is kept as a word and the template is pinned', async ({ win }) => {
  await run(win, 'path:/users/8');
  await tabTo(win, grid(win));
  await win.keyboard.press('Home');
  await settle(win);
  await win.keyboard.press('Control+k');
  await win.keyboard.type('edit path templates');
  await win.keyboard.press('Enter');
  await editor(win).waitFor();
  await settle(win);
  await tabTo(win, editor(win).getByRole('checkbox', { name: '9 is always a word' }));
  await win.keyboard.press('Space');
  await expect(preview(win).getByRole('row', { name: 'GET /users/{id} splits off /users/9 1' })).toBeVisible();
  await tabTo(win, editor(win).getByRole('checkbox', { name: /^Pin/ }));
  await win.keyboard.press('Space');
  await win.keyboard.press('Tab');
  await win.keyboard.press('Control+a');
  await win.keyboard.type('/users/{login}');
  await expect(preview(win)).toContainText('/users/{login}');
  await tabTo(win, editor(win).getByRole('button', { name: 'Apply and analyse' }));
  await win.keyboard.press('Enter');
  await expect(editor(win)).toHaveCount(0);
  await expectCalls(win, 'GET shop.test/users/{login}', 3);
  await expectCalls(win, 'GET shop.test/users/9', 1);

  await openEditor(win, 'path:/users/7');
  await expect(editor(win)).toContainText('This template is pinned.');
  await editor(win).getByText('Rules on this host').click();
  await editor(win)
    .getByRole('checkbox', { name: /^Remove: pin/ })
    .click();
  await editor(win)
    .getByRole('checkbox', { name: /^Remove: word/ })
    .click();
  await expect(preview(win)).toContainText('4 calls would have another template');
  await win.keyboard.press('Escape');
  await expect(editor(win)).toHaveCount(0);
});

test('captured text is text: a path with markup is shown as it is', async ({ win }) => {
  await openEditor(win, 'path:/odd/*');
  await expect(editor(win).getByRole('button', { name: '<b>x' })).toBeVisible();
  await expect(editor(win).locator('b')).toHaveCount(0);
});
