import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { activeElement, cell, details, expectQuery, grid, rowCount, run, tabTo } from '../support/calls-page.ts';
import { harFromCalls } from '../support/har-from-calls.ts';
import { SIZES } from '../support/looks.ts';
import { testWith } from '../support/own-window.ts';
import { goToScreen, settle } from '../support/screens.ts';
import { startServe } from '../support/serve.ts';

const SHOP = harFromCalls(
  Array.from({ length: 10 }, (_, index) => ({
    at: index * 3,
    url: `https://shop.test/v1/items/${String(index)}${index === 4 || index === 7 ? '?api_key=sk_live_4eC39HqLyjWDarjtT1zdp7dc' : ''}`,
    headers: ['User-Agent: bot/1'],
  })),
);

const test = testWith({ 'shop.har': SHOP });

const marks = (win: Page): Locator => win.getByRole('region', { name: 'Your marks' });
const markButton = (win: Page, name: string): Locator => marks(win).getByRole('button', { name, exact: true });
const palette = (win: Page): Locator => win.getByRole('dialog', { name: 'Find a command' });
const savedViews = (win: Page): Locator => win.getByRole('button', { name: 'Saved views' });
const reviewCell = (win: Page, row: number): Locator => cell(win, row, 'review');

/** Puts the keyboard on a row, as a person without a mouse does. */
async function goToRow(win: Page, row: number): Promise<void> {
  await tabTo(win, grid(win));
  await win.keyboard.press('Home');
  for (let down = 0; down < row; down++) await win.keyboard.press('ArrowDown');
  await settle(win);
}

async function keepView(win: Page, name: string, button: 'Keep' | 'Replace'): Promise<void> {
  await savedViews(win).click();
  await win.getByRole('menuitem', { name: 'Keep this view…' }).click();
  const dialog = win.getByRole('dialog', { name: 'Keep this view' });
  await dialog.getByRole('textbox', { name: 'Name of the view' }).fill(name);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Calls');
});

for (const viewport of SIZES) {
  test.describe(`at ${String(viewport.width)} px`, () => {
    test.use({ viewport });

    test('by keyboard alone: a call gets a star, a mark, a tag and a note, and each is undone and done again', async ({ win }) => {
      const tag = `exfil-${String(viewport.width)}`;
      await goToRow(win, 0);
      await win.keyboard.press('s');
      await expect(reviewCell(win, 0).getByRole('img', { name: 'starred' })).toBeVisible();
      await win.keyboard.press('m');
      await expect(reviewCell(win, 0).getByRole('img', { name: 'on the timeline' })).toBeVisible();
      await win.keyboard.press('#');
      const dialog = win.getByRole('dialog', { name: 'Tag 1 call' });
      await expect(dialog.getByRole('textbox', { name: 'Tag' })).toBeFocused();
      await win.keyboard.type(tag);
      await win.keyboard.press('Enter');
      await expect(reviewCell(win, 0).getByRole('img', { name: `tag ${tag}` })).toBeVisible();
      await expect(grid(win)).toBeFocused();
      await win.keyboard.press('n');
      await expect(win.getByRole('dialog', { name: 'Add a note' }).getByRole('textbox', { name: 'Note' })).toBeFocused();
      await win.keyboard.type('first seen here');
      await win.keyboard.press('Control+Enter');
      await expect(reviewCell(win, 0).getByRole('img', { name: '1 note' })).toBeVisible();
      await expect(grid(win)).toBeFocused();

      for (let step = 0; step < 4; step++) await win.keyboard.press('Control+z');
      await expect(reviewCell(win, 0)).toBeEmpty();
      await settle(win);
      await win.keyboard.press('Control+Shift+z');
      await expect(reviewCell(win, 0).getByRole('img')).toHaveCount(1);
      await win.keyboard.press('Control+y');
      await expect(reviewCell(win, 0).getByRole('img')).toHaveCount(2);
      await win.keyboard.press('Control+k');
      await win.keyboard.type('undo');
      await expect(palette(win).getByRole('option').first()).toContainText(/Undo: marked \S+#\d+ for the timeline/);
      await win.keyboard.press('Enter');
      await win.keyboard.press('Control+z');
      await expect(reviewCell(win, 0)).toBeEmpty();
    });

    test('by mouse alone: marks, tags and notes are put on a call beside its facts, changed and taken off', async ({ win }) => {
      const tag = `by mouse ${String(viewport.width)}`;
      await cell(win, 1, 'path').click();
      await markButton(win, 'Star').click();
      await expect(markButton(win, 'Star')).toHaveAttribute('aria-pressed', 'true');
      await markButton(win, 'Mark for the timeline').click();
      await expect(markButton(win, 'Mark for the timeline')).toHaveAttribute('aria-pressed', 'true');
      await markButton(win, 'Tag this call').click();
      await win.getByRole('dialog').getByRole('textbox', { name: 'Tag' }).fill(tag);
      await win.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
      await expect(marks(win).getByText(tag)).toBeVisible();

      await cell(win, 2, 'path').click();
      await markButton(win, 'Tag this call').click();
      const known = win.getByRole('dialog').getByRole('listitem').filter({ hasText: tag });
      await known.getByRole('button').first().click();
      await expect(marks(win).getByText(tag)).toBeVisible();
      await markButton(win, `Take off the tag ${tag}`).click();
      await expect(marks(win).getByText(tag)).toHaveCount(0);

      await markButton(win, 'Add a note to this call').click();
      await win.getByRole('dialog').getByRole('textbox', { name: 'Note' }).fill('looks\nodd');
      await win.getByRole('dialog').getByRole('button', { name: 'Add the note' }).click();
      const note = marks(win).getByRole('list', { name: 'Notes' }).getByRole('listitem');
      await expect(note).toContainText('odd');
      await note.getByRole('button', { name: 'Edit the note' }).click();
      await note.getByRole('textbox', { name: 'Note' }).fill('harmless');
      await note.getByRole('button', { name: 'Keep' }).click();
      await expect(note).toContainText('harmless');
      await expect(note).toContainText('edited');
      await note.getByRole('button', { name: 'Remove the note' }).click();
      await expect(note).toHaveCount(0);

      await cell(win, 1, 'path').click();
      await markButton(win, 'Star').click();
      await markButton(win, 'Mark for the timeline').click();
      await markButton(win, `Take off the tag ${tag}`).click();
      await expect(reviewCell(win, 1)).toBeEmpty();
    });
  });
}

test('known tags have the keys 1 to 5, picked calls get them together, and queries find tags, stars and notes', async ({ win }) => {
  await goToRow(win, 3);
  await win.keyboard.press('#');
  await win.keyboard.type('suspicious');
  await win.keyboard.press('Enter');
  await expect(reviewCell(win, 3).getByRole('img')).toHaveCount(1);
  for (const row of [5, 6]) await cell(win, row, 'path').click({ modifiers: ['ControlOrMeta'] });
  await grid(win).focus();
  await win.keyboard.press('Control+k');
  await win.keyboard.type('tag suspicious');
  const digit = /Tag (\d): suspicious/.exec(
    (await palette(win)
      .getByRole('option', { name: /^Tag \d: suspicious/ })
      .textContent()) ?? '',
  )?.[1];
  await win.keyboard.press('Escape');
  await grid(win).focus();
  await win.keyboard.press(digit ?? 'none');
  await expect(reviewCell(win, 6).getByRole('img', { name: 'tag suspicious' })).toBeVisible();
  await win.getByRole('region', { name: 'Picked calls' }).getByRole('button', { name: 'Star', exact: true }).click();
  await expect(reviewCell(win, 5).getByRole('img', { name: 'starred' })).toBeVisible();
  await run(win, 'tag:suspicious');
  await expect.poll(() => rowCount(win)).toBe(3);
  await run(win, 'is:starred and tag:suspicious');
  await expect.poll(() => rowCount(win)).toBe(2);
  await win.getByRole('button', { name: 'Pick none' }).click();
  await goToRow(win, 0);
  await win.keyboard.press('n');
  await win.keyboard.type('asked the team about it');
  await win.keyboard.press('Control+Enter');
  await run(win, 'has:note and note:team');
  await expect.poll(() => rowCount(win)).toBe(1);
});

test('by keyboard alone: brackets go from marked call to marked call, braces from finding to finding', async ({ win }) => {
  for (const row of [2, 8]) {
    await goToRow(win, row);
    await win.keyboard.press('m');
    await expect(reviewCell(win, row).getByRole('img', { name: 'on the timeline' })).toBeVisible();
  }
  await win.keyboard.press('Home');
  const at = async (): Promise<number> => Number(await (await activeElement(win)).getAttribute('aria-rowindex')) - 2;
  for (const [key, row] of [
    [']', 2],
    [']', 8],
    ['[', 2],
  ] as const) {
    await win.keyboard.press(key);
    await expect.poll(at, key).toBe(row);
    await expect(grid(win)).toBeFocused();
  }
  await win.keyboard.press('Home');
  await win.keyboard.press('}');
  await expect.poll(at).toBeGreaterThan(0);
  const finding = await at();
  await expect(cell(win, finding, 'findings').getByRole('img')).toBeVisible();
});

test('a view is kept, opened, replaced and removed, with what is switched off, the order and the columns', async ({ win }) => {
  await run(win, 'method:GET and host:shop.test');
  await win.getByRole('button', { name: 'Switch off: host:shop.test' }).click();
  await grid(win).getByRole('button', { name: 'Path' }).click();
  await settle(win);
  await keepView(win, 'By path', 'Keep');
  await win.getByRole('button', { name: 'Clear the query' }).click();
  await grid(win).getByRole('button', { name: 'Time' }).click();
  await savedViews(win).click();
  await win.getByRole('menuitem', { name: 'By path' }).click();
  await expectQuery(win, 'method:GET');
  await expect(win.getByRole('button', { name: 'Switch on: host:shop.test' })).toBeVisible();
  await expect(win).toHaveURL(/sort=path/);

  await run(win, 'method:GET and path:*items*');
  await keepView(win, 'By path', 'Replace');
  await run(win, '');
  await savedViews(win).click();
  await win.getByRole('menuitem', { name: 'By path' }).click();
  await expectQuery(win, 'method:GET and path:*items*');
  await savedViews(win).click();
  await win.getByRole('menuitem', { name: 'Remove' }).press('ArrowRight');
  await expect(win.getByRole('menu').nth(1).getByRole('menuitem', { name: 'By path' })).toBeFocused();
  await win.keyboard.press('Enter');
  await savedViews(win).click();
  await expect(win.getByRole('menuitem')).toHaveText(['Keep this view…', 'Make this query a detector…']);
});

test('what the analyst did is there again after the case was closed and opened', async ({ win }) => {
  await goToRow(win, 9);
  await win.keyboard.press('s');
  await win.keyboard.press('#');
  await win.keyboard.type('kept');
  await win.keyboard.press('Enter');
  await expect(reviewCell(win, 9).getByRole('img')).toHaveCount(2);
  await expect(win.getByRole('dialog')).toHaveCount(0);
  await win.keyboard.press('n');
  await expect(win.getByRole('textbox', { name: /note/i })).toBeFocused();
  await win.keyboard.type('kept as well');
  await win.keyboard.press('Control+Enter');
  await expect(reviewCell(win, 9).getByRole('img')).toHaveCount(3);
  await run(win, 'tag:kept');
  await keepView(win, 'Kept calls', 'Keep');
  await goToScreen(win, 'Cases');
  await win.getByRole('button', { name: 'Close this case' }).click();
  // While it is still open its link only goes to its Overview.
  await expect(win.getByRole('button', { name: 'Open the sample case' })).toBeVisible();
  await win.getByRole('button', { name: /^shop/ }).click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Overview');
  await goToScreen(win, 'Calls');
  await savedViews(win).click();
  await win.getByRole('menuitem', { name: 'Kept calls' }).click();
  await expectQuery(win, 'tag:kept');
  await cell(win, 0, 'path').click();
  await expect(markButton(win, 'Star')).toHaveAttribute('aria-pressed', 'true');
  await expect(marks(win)).toContainText('kept as well');
  await expect(details(win)).toContainText('kept');
});

test('in a case that can only be read nothing is marked, and the window says why', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-read-'));
  const har = join(folder, 'shop.har');
  writeFileSync(har, SHOP);
  const owner = await startServe([har], { home: folder });
  const other = await startServe([], { home: folder });
  try {
    await owner.opened();
    await page.goto(other.url);
    await page.getByRole('button', { name: /^shop/ }).click();
    await expect(page.getByText('READ-ONLY')).toBeVisible();
    await goToScreen(page, 'Calls');
    await goToRow(page, 0);
    for (const name of ['Star', 'Mark for the timeline', 'Tag this call', 'Add a note to this call']) {
      const button = details(page).getByRole('button', { name });
      await expect(button).toBeDisabled();
      await expect(button).toHaveAttribute('title', 'This case is open in another Spoor, so it can only be read here');
    }
    await grid(page).focus();
    for (const key of ['s', 'm', 't', 'n']) await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(reviewCell(page, 0)).toBeEmpty();
  } finally {
    await other.stop();
    await owner.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
