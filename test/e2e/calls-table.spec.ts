import { expect, type Locator, type Page } from '@playwright/test';
import { activeElement, cell, details, expectQuery, grid, row, rowCount, run, tabTo } from '../support/calls-page.ts';
import { SIZES } from '../support/looks.ts';
import { test } from '../support/sample-window.ts';
import { goToScreen, settle } from '../support/screens.ts';

const head = (win: Page, column: string): Locator => grid(win).locator(`[role="columnheader"][data-column="${column}"]`);
const chooser = (win: Page): Locator => win.getByRole('dialog', { name: 'Columns' });
const picked = (win: Page): Locator => win.getByRole('region', { name: 'Picked calls' });
const heads = (win: Page): Promise<readonly (string | null)[]> =>
  grid(win)
    .getByRole('columnheader')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-column')));
const widthOf = async (element: Locator): Promise<number> => Math.round((await element.boundingBox())?.width ?? Number.NaN);

const USUAL = ['time', 'principal', 'method', 'host', 'path', 'status', 'durationMs', 'resBytes', 'findings', 'review'];

/** True when an element lies wholly inside the grid's window, so that it can be read. */
const isInSight = (element: Locator): Promise<boolean> =>
  element.evaluate((found) => {
    const box = found.closest('[role="grid"]')?.getBoundingClientRect();
    const { left, right, top, bottom } = found.getBoundingClientRect();
    return box !== undefined && left >= box.left - 1 && right <= box.right + 1 && top >= box.top && bottom <= box.bottom + 1;
  });

async function dragEdge(win: Page, column: string, by: number): Promise<void> {
  const box = await head(win, column).locator('.vtable-resize').boundingBox();
  if (box === null) throw new Error('the column has no edge');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await win.mouse.move(x, y);
  await win.mouse.down();
  await win.mouse.move(x + by / 2, y);
  await win.mouse.move(x + by, y);
  await win.mouse.up();
}

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Calls');
});

test('by mouse alone: columns are hidden, shown, moved and sized in the chooser, hold over a reload, and come back as usual', async ({
  win,
}) => {
  expect(await heads(win)).toEqual(USUAL);
  await win.getByRole('button', { name: 'Columns', exact: true }).click();
  await chooser(win).getByRole('checkbox', { name: 'Host', exact: true }).click();
  await chooser(win).getByRole('checkbox', { name: 'Tool', exact: true }).click();
  await chooser(win).getByRole('button', { name: 'Move Tool to the left' }).click();
  await chooser(win).getByRole('spinbutton', { name: 'Width of Method in pixels' }).fill('100');
  await chooser(win).getByRole('spinbutton', { name: 'Width of Path in pixels' }).click();
  await win.mouse.click(640, 20);
  await expect(chooser(win)).toHaveCount(0);
  const changed = ['time', 'principal', 'method', 'path', 'status', 'durationMs', 'resBytes', 'findings', 'tool', 'review'];
  expect(await heads(win)).toEqual(changed);
  expect(await widthOf(head(win, 'method'))).toBe(100);
  await win.reload();
  await grid(win).waitFor();
  expect(await heads(win)).toEqual(changed);
  expect(await widthOf(head(win, 'method'))).toBe(100);
  await win.getByRole('button', { name: 'Columns', exact: true }).click();
  await chooser(win).getByRole('button', { name: 'The usual columns' }).click();
  expect(await heads(win)).toEqual(USUAL);
});

test('by keyboard alone: a column is hidden, another shown and moved, one gets a width, and all that holds over a reload', async ({
  win,
}) => {
  const button = win.getByRole('button', { name: 'Columns', exact: true });
  await tabTo(win, button);
  await win.keyboard.press('Enter');
  await tabTo(win, chooser(win).getByRole('checkbox', { name: 'Host', exact: true }));
  await win.keyboard.press('Space');
  expect(await heads(win)).not.toContain('host');
  await expect(chooser(win).locator(':focus')).toHaveCount(1);
  await tabTo(win, chooser(win).getByRole('spinbutton', { name: 'Width of Status in pixels' }));
  await win.keyboard.type('90');
  await win.keyboard.press('Enter');
  expect(await widthOf(head(win, 'status'))).toBe(90);
  await expect(chooser(win).getByRole('spinbutton', { name: 'Width of Status in pixels' })).toBeFocused();
  const up = chooser(win).getByRole('button', { name: 'Move Status to the left' });
  await tabTo(win, up);
  await win.keyboard.press('Enter');
  await win.keyboard.press('Enter');
  await expect(up).toBeFocused();
  expect((await heads(win)).slice(0, 4)).toEqual(['time', 'principal', 'status', 'method']);
  await win.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await win.reload();
  await grid(win).waitFor();
  expect((await heads(win)).slice(0, 4)).toEqual(['time', 'principal', 'status', 'method']);
  expect(await widthOf(head(win, 'status'))).toBe(90);
});

test('heads are dragged to another place, an edge sizes its column, and a double click on it gives the usual width back', async ({
  win,
}) => {
  await head(win, 'status').dragTo(head(win, 'method'));
  expect((await heads(win)).slice(1, 4)).toEqual(['principal', 'status', 'method']);
  const before = await widthOf(head(win, 'path'));
  await dragEdge(win, 'path', 60);
  expect(Math.abs((await widthOf(head(win, 'path'))) - before - 60)).toBeLessThanOrEqual(2);
  await dragEdge(win, 'status', -300);
  expect(await widthOf(head(win, 'status'))).toBe(40);
  await expect(head(win, 'status')).not.toHaveAttribute('aria-sort');
  await head(win, 'status').locator('.vtable-resize').dblclick();
  expect(await widthOf(head(win, 'status'))).toBe(60);
});

test('a click on a head sorts, a second one turns the order round, the link keeps it, and Back goes back to time', async ({ win }) => {
  await head(win, 'status').getByRole('button').click();
  await settle(win);
  await expect(head(win, 'status')).toHaveAttribute('aria-sort', 'ascending');
  await head(win, 'status').getByRole('button').click();
  await expect(win).toHaveURL(/sort=-status/);
  await expect(head(win, 'status')).toHaveAttribute('aria-sort', 'descending');
  await settle(win);
  await expect(cell(win, 0, 'status')).toHaveText('504');
  await win.reload();
  await expect(head(win, 'status')).toHaveAttribute('aria-sort', 'descending');
  await expect(cell(win, 0, 'status')).toHaveText('504');
  await win.getByRole('button', { name: 'Back', exact: true }).click();
  await win.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(head(win, 'time')).toHaveAttribute('aria-sort', 'ascending');
});

test('by keyboard alone: the palette sorts by a column and turns the order round', async ({ win }) => {
  for (const order of ['ascending', 'descending']) {
    await win.keyboard.press('Control+k');
    await win.keyboard.type('sort by duration');
    await win.keyboard.press('Enter');
    await expect(head(win, 'durationMs')).toHaveAttribute('aria-sort', order);
  }
});

test('rows are as high as was chosen in the settings', async ({ win }) => {
  for (const [name, height] of [
    ['Roomy', 40],
    ['Normal', 32],
    ['Compact', 24],
  ] as const) {
    await goToScreen(win, 'Settings');
    await win.getByRole('radio', { name }).check();
    await goToScreen(win, 'Calls');
    expect((await row(win, 0).boundingBox())?.height).toBe(height);
    expect((await row(win, 3).boundingBox())?.y).toBe(((await row(win, 0).boundingBox())?.y ?? 0) + 3 * height);
  }
});

test('by mouse alone: rows are picked by Ctrl and Shift with a click, without opening or closing the details', async ({ win }) => {
  await row(win, 1).locator('[data-column="path"]').click();
  await expect(details(win)).toBeVisible();
  const name = await details(win).getAttribute('aria-label');
  await row(win, 3).click({ modifiers: ['Shift'] });
  await expect(picked(win).getByRole('status').first()).toHaveText('3 calls picked');
  await row(win, 2).click({ modifiers: ['ControlOrMeta'] });
  await expect(picked(win).getByRole('status').first()).toHaveText('2 calls picked');
  await expect(picked(win).getByRole('button', { name: 'Compare' })).toBeEnabled();
  await expect(details(win)).toHaveAttribute('aria-label', name ?? '');
  expect(await win.evaluate(() => getSelection()?.toString() ?? '')).toBe('');
  await picked(win).getByRole('button', { name: 'Pick none' }).click();
  await expect(picked(win)).toHaveCount(0);
});

test('by keyboard alone: x picks, Space shows and hides the details, Escape closes them, then picks nothing', async ({ win }) => {
  await tabTo(win, grid(win));
  await win.keyboard.press('ArrowDown');
  await expect(details(win)).toBeVisible();
  await win.keyboard.press('Space');
  await expect(details(win)).toHaveCount(0);
  await win.keyboard.press('Space');
  await expect(details(win)).toBeVisible();
  await win.keyboard.press('x');
  await win.keyboard.press('ArrowDown');
  await win.keyboard.press('x');
  await expect(picked(win).getByRole('status').first()).toHaveText('2 calls picked');
  await expect(row(win, 0)).toHaveAttribute('aria-selected', 'true');
  await win.keyboard.press('x');
  await expect(picked(win).getByRole('status').first()).toHaveText('1 call picked');
  await win.keyboard.press('Escape');
  await expect(details(win)).toHaveCount(0);
  await expect(picked(win)).toBeVisible();
  await win.keyboard.press('Escape');
  await expect(picked(win)).toHaveCount(0);
  await win.keyboard.press('Enter');
  await expect(details(win)).toBeVisible();
  await expect(grid(win)).toBeFocused();
});

test('Home, End and the Page keys go through the rows, and the row that the keyboard is on is in sight', async ({ win }) => {
  await tabTo(win, grid(win));
  const at = async (): Promise<number> => Number(await (await activeElement(win)).getAttribute('aria-rowindex')) - 2;
  await win.keyboard.press('End');
  await settle(win);
  expect(await at()).toBe((await rowCount(win)) - 1);
  await expect.poll(async () => isInSight(await activeElement(win))).toBe(true);
  await win.keyboard.press('PageUp');
  await settle(win);
  const above = await at();
  expect(above).toBeLessThan((await rowCount(win)) - 2);
  await win.keyboard.press('PageDown');
  await settle(win);
  expect(await at()).toBe((await rowCount(win)) - 1);
  await win.keyboard.press('Home');
  await settle(win);
  expect(await at()).toBe(0);
  await expect.poll(async () => isInSight(await activeElement(win))).toBe(true);
  await win.keyboard.press('PageDown');
  await settle(win);
  await expect.poll(async () => isInSight(await activeElement(win))).toBe(true);
});

for (const viewport of SIZES) {
  test.describe(`at ${String(viewport.width)} px`, () => {
    test.use({ viewport });

    test('with more columns than there is room for, the cell that the keyboard is on is always in sight', async ({ win }) => {
      await win.getByRole('button', { name: 'Columns', exact: true }).click();
      for (const title of ['Kind', 'User agent', 'Credential', 'Tool', 'Chain', 'Content type', 'Trace id', 'Request id', 'Reference'])
        await chooser(win).getByRole('checkbox', { name: title, exact: true }).click();
      await win.keyboard.press('Escape');
      await grid(win).focus();
      await win.keyboard.press('ArrowDown');
      await settle(win);
      for (let column = 0; column < 19; column++) {
        await win.keyboard.press('ArrowRight');
        const cursor = await activeElement(win);
        await expect(cursor).toHaveAttribute('aria-colindex', String(column + 1));
        await expect.poll(() => isInSight(cursor), `column ${String(column + 1)}`).toBe(true);
      }
      expect(await grid(win).evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
      for (let column = 0; column < 19; column++) await win.keyboard.press('ArrowLeft');
      await expect(row(win, 0)).toHaveClass(/active/);
      expect(await grid(win).evaluate((box) => box.scrollLeft)).toBe(0);
      await expect(head(win, 'status')).toBeVisible();
    });

    test('the details stand below or beside the table, where they were put, and the row stays in sight', async ({ win }) => {
      await cell(win, 12, 'path').click();
      await details(win).getByRole('button', { name: 'Details beside the table' }).click();
      const [table, detail] = [await grid(win).boundingBox(), await details(win).boundingBox()];
      expect(detail?.x).toBeGreaterThanOrEqual((table?.x ?? 0) + (table?.width ?? 0));
      expect(table?.width).toBeGreaterThan(400);
      await expect.poll(() => isInSight(row(win, 12).locator('[data-column="time"]'))).toBe(true);
      await win.reload();
      await expect(details(win).getByRole('button', { name: 'Details below the table' })).toBeVisible();
      await win.getByRole('separator', { name: 'Width of the call details' }).press('ArrowLeft');
      expect((await details(win).boundingBox())?.width).toBeCloseTo((detail?.width ?? 0) + 16, 0);
      await details(win).getByRole('button', { name: 'Details below the table' }).click();
      const [above, below] = [await grid(win).boundingBox(), await details(win).boundingBox()];
      expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
      await expect.poll(() => isInSight(row(win, 12).locator('[data-column="time"]'))).toBe(true);
    });
  });
}

test('the grid tells assistive technology its size, its order, what is selected and where the keyboard is', async ({ win }) => {
  await run(win, 'is:agent');
  const count = await rowCount(win);
  await expect(win.getByText(new RegExp(`^${count.toLocaleString('en').replace(',', '\u2009')} of .* calls$`))).toBeVisible();
  await expect(grid(win)).toHaveAttribute('aria-colcount', String(USUAL.length));
  await expect(grid(win)).toHaveAttribute('aria-multiselectable', 'true');
  await expect(grid(win)).not.toHaveAttribute('aria-activedescendant');
  await tabTo(win, grid(win));
  await win.keyboard.press('ArrowDown');
  await expect(await activeElement(win)).toHaveRole('row');
  await win.keyboard.press('ArrowRight');
  await expect(await activeElement(win)).toHaveRole('gridcell');
  await expect(await activeElement(win)).toHaveAttribute('aria-colindex', '1');
  await win.keyboard.press('x');
  await win.keyboard.press('End');
  await settle(win);
  await expect(await activeElement(win)).toBeVisible();
  await expect(grid(win).getByRole('row', { selected: true })).toHaveCount(1);
  await win.keyboard.press('Home');
  await settle(win);
  await expect(row(win, 0)).toHaveAttribute('aria-selected', 'true');
  await grid(win).evaluate((box) => {
    box.scrollTop = box.scrollHeight / 2;
  });
  await expect(grid(win)).not.toHaveAttribute('aria-activedescendant');
  await expectQuery(win, 'is:agent');
});

test('a zone chosen in the title bar tells its clock in a call and as a column, and evidence stays in UTC', async ({ win }) => {
  await goToScreen(win, 'Calls');
  const zone = win.getByRole('combobox', { name: 'Zone whose clock is told beside UTC' });
  await zone.selectOption('Asia/Tokyo');
  await win.reload();
  await expect(zone).toHaveValue('Asia/Tokyo');
  await settle(win);
  const time = cell(win, 0, 'time').locator('time');
  const utc = (await time.getAttribute('datetime')) ?? '';
  const local = new Date(Date.parse(utc) + 9 * 3_600_000).toISOString().replace('T', ' ').slice(0, 23);
  await expect(time).toHaveText(utc.replace('T', ' ').slice(0, 23));
  await expect(time).toHaveAttribute('title', `${utc} (UTC)\n${local} +09:00 (Asia/Tokyo)`);
  await cell(win, 0, 'path').click();
  await expect(details(win)).toContainText(`Local time${local} +09:00Asia/Tokyo`);
});
