import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { cell, chip, chips, expectQuery, grid, queryBar, rowCount, run, tabTo } from '../support/calls-page.ts';
import { SIZES } from '../support/looks.ts';
import { test } from '../support/sample-window.ts';
import { goToScreen, settle } from '../support/screens.ts';

const facet = (win: Page, title: string): Locator =>
  win.getByRole('toolbar', { name: 'Fields and their values' }).getByRole('group', { name: title, exact: true });
const value = (win: Page, title: string, text: string): Locator => facet(win, title).getByRole('button', { name: new RegExp(`^${text} `) });
const chipButton = (win: Page, name: string): Locator => chips(win).getByRole('button', { name, exact: true });
const menuItem = (win: Page, name: string): Locator => win.getByRole('menuitem', { name });

/** Goes to an item of the open menu by arrow keys and takes it: what is typed into a menu counts as one word only while no key is a second late. */
async function takeByKey(win: Page, name: string): Promise<void> {
  const item = menuItem(win, name);
  await item.waitFor();
  for (let tries = 0; tries < 30; tries++) {
    if (await item.evaluate((element) => element === document.activeElement)) {
      await win.keyboard.press('Enter');
      return;
    }
    await win.keyboard.press('ArrowDown');
  }
  throw new Error(`arrow keys do not lead to ${name}`);
}

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Calls');
});

for (const viewport of SIZES) {
  test.describe(`at ${String(viewport.width)} px`, () => {
    test.use({ viewport });

    test('by mouse alone: conditions come from values, are switched off and on, turned round, isolated, and Back restores', async ({
      win,
    }) => {
      const all = await rowCount(win);
      await value(win, 'Status', '404').click();
      await value(win, 'Method', 'GET').click();
      await expectQuery(win, 'status:404 and method:GET');
      const both = await rowCount(win);
      expect(both).toBeLessThan(all);

      await chipButton(win, 'Switch off: status:404').click();
      await expectQuery(win, 'method:GET');
      await expect(win).toHaveURL(/off=status%3A404/);
      expect(await rowCount(win)).toBeGreaterThan(both);
      await win.reload();
      await expect(chipButton(win, 'Switch on: status:404')).toHaveAttribute('aria-pressed', 'false');
      await chipButton(win, 'Switch on: status:404').click();
      await expectQuery(win, 'method:GET and status:404');
      expect(await rowCount(win)).toBe(both);

      await chip(win, 'method:GET').click();
      await menuItem(win, 'Exclude instead').click();
      await expectQuery(win, '-method:GET and status:404');
      await chip(win, 'status:404').click();
      await menuItem(win, 'Only this').click();
      await expectQuery(win, 'status:404');
      await win.getByRole('button', { name: 'Back', exact: true }).click();
      await expectQuery(win, '-method:GET and status:404');
      await chipButton(win, 'Remove: status:404').click();
      await expectQuery(win, '-method:GET');
    });

    test('by keyboard alone: chips are walked through, turned round, moved, edited and removed, and the focus stays among them', async ({
      win,
    }) => {
      await win.keyboard.press('/');
      await win.keyboard.type('status >= 400 and method:GET and is:agent');
      await win.keyboard.press('Enter');
      await settle(win);
      await tabTo(win, chips(win));
      await expect(chip(win, 'status >= 400')).toBeFocused();

      await win.keyboard.press('Enter');
      await takeByKey(win, 'Exclude');
      await expectQuery(win, 'not status >= 400 and method:GET and is:agent');
      await expect(chip(win, 'not status >= 400')).toBeFocused();
      await win.keyboard.press('Enter');
      await takeByKey(win, 'Move right');
      await expectQuery(win, 'method:GET and not status >= 400 and is:agent');
      await expect(chip(win, 'not status >= 400')).toBeFocused();

      await win.keyboard.press('ArrowRight');
      await expect(chipButton(win, 'Switch off: not status >= 400')).toBeFocused();
      await win.keyboard.press('Space');
      await expectQuery(win, 'method:GET and is:agent');
      await expect(chipButton(win, 'Switch on: not status >= 400')).toBeFocused();
      await win.keyboard.press('Space');
      await expectQuery(win, 'method:GET and is:agent and not status >= 400');
      await expect(chipButton(win, 'Switch off: not status >= 400')).toBeFocused();

      await win.keyboard.press('Delete');
      await expectQuery(win, 'method:GET and is:agent');
      await expect(chip(win, 'is:agent')).toBeFocused();
      await win.keyboard.press('Delete');
      await expect(chip(win, 'method:GET')).toBeFocused();
      await win.keyboard.press('Backspace');
      await expectQuery(win, '');
      await expect(queryBar(win)).toBeFocused();
      await win.keyboard.press('Alt+ArrowLeft');
      await expectQuery(win, 'method:GET');
    });
  });
}

test('a pinned chip stays when the query and the screen change, narrows what is asked, and is unpinned by its menu', async ({ win }) => {
  await run(win, 'status >= 400 and method:GET');
  const both = await rowCount(win);
  await chip(win, 'status >= 400').click();
  await menuItem(win, 'Pin: keep it with every query').click();
  await expectQuery(win, 'method:GET');
  await expect(win).toHaveURL(/pin=status/);
  expect(await rowCount(win)).toBe(both);
  await run(win, 'method:POST');
  await goToScreen(win, 'Chains');
  await expect(chips(win).locator('.chip-pinned')).toHaveText(/status ≥ 400/);
  await goToScreen(win, 'Calls');
  await win.reload();
  await chip(win, 'status >= 400').click();
  await menuItem(win, 'Unpin').click();
  await expectQuery(win, 'method:POST and status >= 400');
  await expect(win).not.toHaveURL(/pin=/);
});

test('a chip is edited in place; a wrong text says why and changes nothing', async ({ win }) => {
  await run(win, 'status >= 400 and method:GET');
  await chip(win, 'status >= 400').click();
  await menuItem(win, 'Edit').click();
  const input = win.getByRole('textbox', { name: 'Condition' });
  await expect(input).toBeFocused();
  await input.fill('statsu >= 500');
  await input.press('Enter');
  await expect(chips(win).getByRole('status')).toHaveText('no field is called statsu; did you mean status?');
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await expectQuery(win, 'status >= 400 and method:GET');
  await input.fill('status >= 500');
  await input.press('Enter');
  await expectQuery(win, 'status >= 500 and method:GET');
  await expect(chip(win, 'status >= 500')).toBeFocused();
  await win.keyboard.press('Enter');
  await menuItem(win, 'Edit').click();
  await win.keyboard.type('7');
  await win.keyboard.press('Escape');
  await expectQuery(win, 'status >= 500 and method:GET');
  await expect(chip(win, 'status >= 500')).toBeFocused();
});

test('chips are moved by dragging; one that is switched off neither moves nor is moved over', async ({ win }) => {
  await run(win, 'status >= 400 and method:GET and is:agent');
  await chip(win, 'is:agent').dragTo(chip(win, 'status >= 400'));
  await expectQuery(win, 'is:agent and status >= 400 and method:GET');
  await chipButton(win, 'Switch off: status >= 400').click();
  await expectQuery(win, 'is:agent and method:GET');
  await chip(win, 'is:agent').dragTo(chip(win, 'status >= 400'));
  await expectQuery(win, 'is:agent and method:GET');
  await chip(win, 'method:GET').click();
  await expect(menuItem(win, 'Move left')).toBeVisible();
  await expect(menuItem(win, 'Move right')).toHaveCount(0);
});

test('a second value of a field joins the first, an excluded one is counted 0 and greyed, and each is forgotten again', async ({ win }) => {
  await value(win, 'Status', '404').click();
  await value(win, 'Status', '402').click();
  await expectQuery(win, 'status:(404 or 402)');
  await expect(value(win, 'Status', '404')).toHaveAttribute('aria-pressed', 'true');
  const none = value(win, 'Status', '200');
  await expect(none).toHaveText(/^2000 calls$/);
  const color = (element: Locator) => element.locator('.facet-text').evaluate((found) => getComputedStyle(found).color);
  expect(await color(none)).not.toBe(await color(value(win, 'Status', '404')));
  await value(win, 'Status', '404').click();
  await expectQuery(win, 'status:402');
  await value(win, 'Status', '402').click();
  await expectQuery(win, '');

  const exclude = facet(win, 'Method').getByRole('button', { name: 'No calls with method GET' });
  await exclude.click();
  await expectQuery(win, '-method:GET');
  await expect(value(win, 'Method', 'GET')).toHaveText(/^GET0 calls$/);
  await expect(exclude).toHaveAttribute('aria-pressed', 'true');
  await exclude.click();
  await expectQuery(win, '');
});

test('by keyboard alone: fields are found, opened, searched and their values chosen; what is open holds over a reload', async ({ win }) => {
  const field = win.getByRole('searchbox', { name: 'Find a field' });
  await tabTo(win, field);
  await win.keyboard.type('path');
  await expect(facet(win, 'Status')).toHaveCount(0);
  const path = facet(win, 'Path').getByRole('button', { name: /^Path/ });
  // All fields are one stop of the Tab key; arrow keys go through them.
  await tabTo(win, path);
  await expect(path).toHaveAttribute('aria-expanded', 'false');
  await win.keyboard.press('Enter');
  await expect(path).toHaveAttribute('aria-expanded', 'true');
  const search = facet(win, 'Path').getByRole('button', { name: 'Search the values of path' });
  // It comes with the values, which are asked for first.
  await expect(search).toBeVisible();
  await win.keyboard.press('ArrowDown');
  await expect(search).toBeFocused();
  await win.keyboard.press('Enter');
  await tabTo(win, facet(win, 'Path').getByRole('searchbox'));
  await win.keyboard.type('batches');
  const found = facet(win, 'Path').locator('.facet-choose');
  await expect(found.first()).toContainText('batches');
  await settle(win);
  for (const text of await found.allTextContents()) expect(text).toContain('batches');
  await win.keyboard.press('Shift+Tab');
  await expect(search).toBeFocused();
  await win.keyboard.press('ArrowDown');
  await expect(found.first()).toBeFocused();
  await win.keyboard.press('Enter');
  await expectQuery(win, /^path:.*batches/);
  await expect(found.first()).toBeFocused();

  await win.reload();
  await expect(facet(win, 'Path').getByRole('button', { name: /^Path/ })).toHaveAttribute('aria-expanded', 'true');
  await facet(win, 'Path').getByRole('button', { name: /^Path/ }).click();
  await win.reload();
  await expect(facet(win, 'Path').getByRole('button', { name: /^Path/ })).toHaveAttribute('aria-expanded', 'false');
  await win.getByRole('button', { name: 'Fields', exact: true }).click();
  await expect(win.getByRole('region', { name: 'Fields' })).toHaveCount(0);
});

test('by mouse alone: a cell includes and excludes its value by its buttons and by its menu', async ({ win }) => {
  const method = (await cell(win, 0, 'method').innerText()).trim();
  await cell(win, 0, 'method').hover();
  await cell(win, 0, 'method').getByRole('button', { name: 'Only calls with this method' }).click();
  await expectQuery(win, `method:${method}`);
  await expect(win).not.toHaveURL(/call=/);
  await cell(win, 0, 'method').hover();
  await cell(win, 0, 'method').getByRole('button', { name: 'No calls with this method' }).click();
  await expectQuery(win, `-method:${method}`);

  const status = (await cell(win, 1, 'status').innerText()).trim();
  await cell(win, 1, 'status').click({ button: 'right' });
  await menuItem(win, 'Include this status').click();
  await expectQuery(win, `-method:${method} and status:${status}`);
  await cell(win, 1, 'status').click({ button: 'right' });
  await menuItem(win, 'Only this status').click();
  await expectQuery(win, `status:${status}`);
  await cell(win, 2, 'time').click({ button: 'right' });
  await expect(menuItem(win, 'Pick')).toBeVisible();
  await expect(menuItem(win, 'Include this time')).toHaveCount(0);
  await menuItem(win, 'Calls within a minute of it').click();
  await expectQuery(win, /^time >= \S+ and time < \S+$/);
});

test('by keyboard alone: a cell filters by + − and =, and by the menu that Shift F10 opens on it', async ({ win }) => {
  // From the query, Escape goes on to the rows.
  await queryBar(win).focus();
  await win.keyboard.press('Escape');
  await win.keyboard.press('Escape');
  await expect(grid(win)).toBeFocused();
  await win.keyboard.press('ArrowDown');
  for (let right = 0; right < 3; right++) await win.keyboard.press('ArrowRight');
  const method = (await cell(win, 0, 'method').innerText()).trim();
  await expect(cell(win, 0, 'method')).toHaveClass(/cursor/);
  await win.keyboard.press('+');
  await expectQuery(win, `method:${method}`);
  await expect(grid(win)).toBeFocused();
  await win.keyboard.press('-');
  await expectQuery(win, `-method:${method}`);
  await expect(grid(win)).toBeFocused();
  const other = (await grid(win).locator('.cursor').innerText()).trim();
  expect(other).not.toBe(method);
  await win.keyboard.press('=');
  await expectQuery(win, `method:${other}`);

  await win.keyboard.press('Shift+F10');
  await expect(menuItem(win, 'Include this method')).toBeVisible();
  await win.keyboard.press('Escape');
  await expect(grid(win)).toBeFocused();
  await win.keyboard.press('Shift+F10');
  await takeByKey(win, 'Exclude');
  await expectQuery(win, `-method:${other}`);
  await expect(grid(win)).toBeFocused();
});

test('the keyboard stays on the call whose details are shown when a condition moves it to another row', async ({ win }) => {
  await run(win, 'is:agent');
  await cell(win, 7, 'path').click();
  const row = grid(win).getByRole('row', { selected: true });
  const reference = new URL(win.url()).hash;
  await value(win, 'Method', (await cell(win, 7, 'method').innerText()).trim()).click();
  await settle(win);
  expect(new URL(win.url()).hash.split('call=')[1]).toBe(reference.split('call=')[1]);
  await expect(row).toHaveClass(/active/);
  await expect(row).toBeInViewport();
  // Another order shows what comes first in it; the call stays the chosen one.
  await grid(win).getByRole('button', { name: 'Status' }).click();
  await settle(win);
  await expect(cell(win, 0, 'path')).toBeInViewport();
  expect(new URL(win.url()).hash.split('call=')[1]).toBe(reference.split('call=')[1]);
});

test('patterns, regular expressions, headers, bodies and times since the start give calls', async ({ win }) => {
  const all = await rowCount(win);
  for (const query of [
    'path:/\\/v\\d+\\/[a-z]+$/',
    'path:*batches*',
    'header.content-type:*json*',
    'header.authorization:*',
    'time < case.start + 30m',
    'status:(404 or 402) and dur > 1ms',
    '-is:agent',
  ]) {
    await run(win, query);
    await expect(grid(win), query).toBeVisible();
    const count = await rowCount(win);
    expect(count, query).toBeGreaterThan(0);
    expect(count, query).toBeLessThan(all);
  }
});

test('while a query cannot be understood the rows of the last good one stay, also when it came by a link', async ({ win }) => {
  await run(win, 'status:404');
  const count = await rowCount(win);
  await run(win, 'status:404 and (');
  expect(await rowCount(win)).toBe(count);
  await expect(chip(win, 'status:404')).toBeVisible();
  await expect(win.getByText(/^At character/)).toBeVisible();
  await win.keyboard.press('Escape');
  await win.evaluate(() => {
    window.location.hash = '#/calls?q=status%20%3E%3D%20abc';
  });
  await expect(queryBar(win)).toHaveValue('status >= abc');
  await expect(queryBar(win)).toHaveAttribute('aria-invalid', 'true');
  expect(await rowCount(win)).toBe(count);
});

test('calls that a query finds are saved for another program', async ({ win }) => {
  await run(win, 'status:404 and method:GET');
  const found = await rowCount(win);
  const downloaded = win.waitForEvent('download');
  await win.getByRole('button', { name: 'Save these calls' }).click();
  await menuItem(win, 'Save these calls as HAR').click();
  const har = JSON.parse(readFileSync(await (await downloaded).path(), 'utf8')) as {
    readonly log: { readonly entries: readonly unknown[] };
  };
  expect(har.log.entries).toHaveLength(found);
});
