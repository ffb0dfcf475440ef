import type { Locator, Page } from '@playwright/test';
import { cell, chip, details, grid } from '../calls-page.ts';
import { settle } from '../screens.ts';
import type { ScreenState } from './state.ts';

const item = (page: Page, name: string): Locator => page.getByRole('menuitem', { name });

async function openCall(page: Page, row: number): Promise<void> {
  await cell(page, row, 'path').click();
  await details(page).getByRole('tab').first().waitFor();
  await settle(page);
}

async function editChip(page: Page): Promise<void> {
  await chip(page, 'status >= 400').click();
  await item(page, 'Edit').click();
  await page.getByRole('textbox', { name: 'Condition' }).fill('statsu >= 400 or something longer than that');
  await page.keyboard.press('Enter');
  await page.locator('.chip-problem').waitFor();
}

async function searchFacet(page: Page): Promise<void> {
  for (const name of ['Status', 'Kind of principal'])
    await page.getByRole('group', { name, exact: true }).getByRole('button').first().click();
  const caller = page.getByRole('group', { name: 'Principal', exact: true });
  await caller.getByRole('button', { name: 'Search the values of principal' }).click();
  await caller.getByRole('searchbox').fill('a');
  await settle(page);
}

async function pickThree(page: Page): Promise<void> {
  for (const row of [1, 3, 4]) await cell(page, row, 'path').click({ modifiers: ['ControlOrMeta'] });
}

async function compareTwo(page: Page): Promise<void> {
  for (const row of [0, 2]) await cell(page, row, 'path').click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('region', { name: 'Two calls compared' }).waitFor();
  await settle(page);
}

async function tagWith(page: Page, tag: string): Promise<void> {
  await page.getByRole('button', { name: 'Tag this call' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Tag' }).fill(tag);
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const NOTE = 'The first call with this key.\nAsked the team on 3 October: nobody knows of a job that would make it at this hour.';

async function markCall(page: Page): Promise<void> {
  await openCall(page, 1);
  const star = page.getByRole('button', { name: 'Star', exact: true });
  if ((await star.getAttribute('aria-pressed')) === 'false') {
    await star.click();
    await page.getByRole('button', { name: 'Mark for the timeline', exact: true }).click();
    for (const tag of ['exfiltration', 'needs a second look by somebody who knows the shop']) await tagWith(page, tag);
    await page.getByRole('button', { name: 'Add a note to this call' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Note' }).fill(NOTE);
    await page.getByRole('dialog').getByRole('button', { name: 'Add the note' }).click();
  }
  await page.locator('.review-note').waitFor();
  await settle(page);
}

async function openViews(page: Page): Promise<void> {
  for (const name of ['Failed calls', 'Everything that the agents did with a name that is long']) {
    await page.getByRole('button', { name: 'Saved views' }).click();
    await item(page, 'Keep this view…').click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill(name);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^(Keep|Replace)$/ })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'Saved views' }).click();
  await item(page, 'Remove').hover();
  await page.getByRole('menu').nth(1).waitFor();
}

const calls = (name: string, query: string, arrange: NonNullable<ScreenState['arrange']>): ScreenState => ({
  name: `calls-${name}`,
  setting: 'sample',
  place: query === '' ? '#/calls' : `#/calls?q=${encodeURIComponent(query)}`,
  arrange,
});

const FILTERED = 'status >= 400 and -method:POST';

/** Calls with its filters, menus and dialogs open, calls picked and compared, and with what the analyst put on them. */
export const CALLS_STATES: readonly ScreenState[] = [
  {
    name: 'calls-chips',
    setting: 'sample',
    place: `#/calls?q=${encodeURIComponent(`${FILTERED} and path:*`)}&off=${encodeURIComponent('is:agent\n-host:api.*')}`,
  },
  calls('chip-menu', FILTERED, async (page) => {
    await chip(page, '-method:POST').click();
    await page.getByRole('menu').waitFor();
  }),
  calls('chip-wrong', FILTERED, editChip),
  calls('facets', '-method:GET', searchFacet),
  calls('columns', '', async (page) => {
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('dialog').waitFor();
  }),
  calls('cell-menu', '', async (page) => {
    await cell(page, 2, 'host').click({ button: 'right' });
    await page.getByRole('menu').waitFor();
  }),
  calls('cell-tools', '', (page) => cell(page, 2, 'status').hover()),
  calls('cell-cursor', '', async (page) => {
    await grid(page).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await settle(page);
  }),
  calls('picked', '', pickThree),
  calls('compared', 'method:POST', compareTwo),
  calls('beside', 'has:credential', async (page) => {
    await openCall(page, 1);
    await page.getByRole('button', { name: 'Details beside the table' }).click();
    await settle(page);
  }),
  calls('beside-request', 'has:credential method:POST', async (page) => {
    await openCall(page, 1);
    await page.getByRole('button', { name: 'Details beside the table' }).click();
    await page.getByRole('tab', { name: 'Request', exact: true }).click();
    await settle(page);
  }),
  calls('copy-menu', '', async (page) => {
    await openCall(page, 1);
    await page.getByRole('button', { name: 'Copy this call' }).click();
    await page.getByRole('menu').waitFor();
  }),
  calls('marks', '', markCall),
  calls('tag-dialog', '', async (page) => {
    await markCall(page);
    await page.getByRole('button', { name: 'Tag this call' }).click();
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    await settle(page);
  }),
  calls('note-dialog', '', async (page) => {
    await openCall(page, 1);
    await page.getByRole('button', { name: 'Add a note to this call' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(NOTE);
    await settle(page);
  }),
  calls('views', FILTERED, openViews),
  calls('view-name', FILTERED, async (page) => {
    await page.getByRole('button', { name: 'Saved views' }).click();
    await item(page, 'Keep this view…').click();
    await page.getByRole('dialog').waitFor();
    await settle(page);
  }),
];
