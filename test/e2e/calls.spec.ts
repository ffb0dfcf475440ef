import { expect } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { grid, queryBar, rowCount, run } from '../support/calls-page.ts';
import { test } from '../support/sample-window.ts';
import { goToScreen, settle } from '../support/screens.ts';

test('the slash key goes to the query from anywhere, and is a letter inside it', async ({ win }) => {
  for (const screen of ['Calls', 'Chains', 'Findings']) {
    await goToScreen(win, screen);
    await win.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await win.keyboard.press('/');
    await expect(win.locator('main input:focus')).toHaveCount(1);
    await win.keyboard.press('/');
    await expect(win.locator('main input:focus')).toHaveValue('/');
  }
});

test('a call that a story names is shown where it stands among the others', async ({ win }) => {
  await goToScreen(win, 'Overview');
  const step = win.getByRole('listitem').filter({ hasText: /collect/ });
  await step
    .getByRole('link', { name: /\d\d:\d\d:\d\d/ })
    .last()
    .click();
  await expect(grid(win)).toBeVisible();
  const row = grid(win).getByRole('row', { selected: true });
  await expect(row).toBeInViewport();
  await expect(row).toContainText('/v1/batches');
});

test('a query narrows the calls, a wrong one says where it fails and changes nothing', async ({ win }) => {
  await goToScreen(win, 'Calls');
  const all = await rowCount(win);
  await run(win, 'is:agent status >= 400');
  const failed = await rowCount(win);
  expect(failed).toBeGreaterThan(0);
  expect(failed).toBeLessThan(all);

  await queryBar(win).fill('is:agent statsu >= 400');
  await expect(win.getByText('At character 10')).toBeVisible();
  await expect(win.getByText('no field is called statsu; did you mean status?')).toBeVisible();
  await queryBar(win).press('Enter');
  expect(await rowCount(win)).toBe(failed);
  await win.getByRole('button', { name: 'status', exact: true }).click();
  await expect(queryBar(win)).toHaveValue('is:agent status >= 400');

  await run(win, 'host:nowhere.test and is:agent');
  await expect(win.getByRole('heading', { name: /^0 of .* calls fit this query$/ })).toBeVisible();
  await win.getByRole('button', { name: /^Drop the last condition/ }).click();
  await expect(queryBar(win)).toHaveValue('host:nowhere.test');
});

test('fields and values are offered, values with their counts, and the keyboard takes them', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await queryBar(win).fill('meth');
  await queryBar(win).press('ArrowDown');
  await queryBar(win).press('Enter');
  await expect(queryBar(win)).toHaveValue('method:');
  await expect(win.getByRole('option', { name: /^GET .* calls$/ })).toBeVisible();
  await queryBar(win).press('ArrowDown');
  await queryBar(win).press('Enter');
  await expect(queryBar(win)).toHaveValue('method:GET ');
  await queryBar(win).press('Enter');
  await settle(win);
  await expect(win).toHaveURL(/q=method%3AGET/);
});

test('the keyboard goes through the table, and a call shows its request, response and token', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await run(win, 'is:agent has:finding has:credential host:api.*');
  await grid(win).focus();
  await win.keyboard.press('End');
  await settle(win);
  const last = await rowCount(win);
  await expect(grid(win).locator(`[aria-rowindex="${String(last + 1)}"]`)).toBeVisible();
  await win.keyboard.press('Home');
  await win.keyboard.press('ArrowDown');
  const detail = win.getByRole('region', { name: /^Call / });
  await expect(detail).toBeVisible();
  await expect(detail.getByText('SHA-256').first()).toBeVisible();

  await detail.getByRole('tab', { name: 'Request' }).click();
  await expect(detail.getByRole('region', { name: 'Headers of the request' })).toBeVisible();
  await detail.getByRole('tab', { name: 'Credential' }).click();
  await expect(detail.getByText(/^expires .* UTC/)).toBeVisible();
  await detail.getByRole('tab', { name: 'Raw' }).click();
  await expect(detail.getByLabel('The masked record', { exact: true })).not.toBeEmpty();
  expect(await findAxeFaults(win)).toEqual([]);
});

test('a value of a call is included in the query or excluded from it', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await run(win, 'method:POST');
  await grid(win).focus();
  await win.keyboard.press('ArrowDown');
  const detail = win.getByRole('region', { name: /^Call / });
  await detail.getByRole('button', { name: 'Only calls with this status' }).focus();
  await win.keyboard.press('Enter');
  await expect(queryBar(win)).toHaveValue(/^method:POST and status:\d+$/);
  await detail.getByRole('button', { name: 'No calls with this status' }).focus();
  await win.keyboard.press('Enter');
  await expect(queryBar(win)).toHaveValue('method:POST and -status:201');
  await win.goBack();
  await expect(queryBar(win)).toHaveValue(/^method:POST and status:\d+$/);
});

test('a stretch of time is chosen without a mouse', async ({ win }) => {
  await goToScreen(win, 'Calls');
  const all = await rowCount(win);
  await win.getByRole('slider', { name: /^Calls over time/ }).focus();
  for (const key of ['ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter']) await win.keyboard.press(key);
  await settle(win);
  await expect(queryBar(win)).toHaveValue(/^time >= .* and time < /);
  expect(await rowCount(win)).toBeLessThan(all);
  await win.getByRole('button', { name: 'All times' }).click();
  await settle(win);
  expect(await rowCount(win)).toBe(all);
});

test('keys act on the chosen call when the order or the filter changes, and on none that the filter leaves out', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await run(win, '');
  await grid(win).focus();
  for (let step = 0; step < 4; step += 1) await win.keyboard.press('ArrowDown');
  const cursor = grid(win).locator('.vtable-row.active');
  await expect(cursor).toHaveAttribute('aria-selected', 'true');
  const time = await cursor.getByRole('time').getAttribute('datetime');
  await grid(win).getByRole('button', { name: 'Path' }).click();
  await settle(win);
  await grid(win).focus();
  for (const key of ['ArrowDown', 'ArrowUp']) await win.keyboard.press(key);
  await expect(cursor.getByRole('time')).toHaveAttribute('datetime', time ?? '');
  await run(win, `time > ${time ?? ''}`);
  const detail = win.getByRole('region', { name: /^Call / });
  await expect(detail).toContainText('This call does not fit the query');
  await grid(win).focus();
  await win.keyboard.press('s');
  await win.keyboard.press('ArrowDown');
  await expect(detail).not.toContainText('This call does not fit the query');
  await expect(win.getByRole('contentinfo')).not.toContainText('starred');
});
