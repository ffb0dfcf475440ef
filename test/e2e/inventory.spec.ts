import { expect, type Locator, type Page } from '@playwright/test';
import { goToScreen, settle } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

const tree = (page: Page): Locator => page.getByRole('treegrid', { name: 'Endpoints' });
const card = (page: Page): Locator => page.getByRole('article', { name: 'Endpoint' });
const choice = (page: Page, name: RegExp): Locator => page.getByRole('group', { name: 'By description' }).getByRole('button', { name });
const CUSTOMER = 'GET api.acme-outfitters.test/v1/customers/{customer}';

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Inventory');
});

/** Opens one endpoint as its link does. */
async function open(page: Page, id: string): Promise<void> {
  await page.evaluate(
    (place) => {
      window.location.hash = place;
    },
    `#/inventory?endpoint=${encodeURIComponent(id)}`,
  );
  await expect(card(page).getByRole('heading', { level: 2 })).toBeVisible();
  await settle(page);
}

test('endpoints stand under their hosts, and each total narrows the list to what it counts', async ({ win }) => {
  await expect(tree(win).getByRole('row', { expanded: true }).first()).toContainText('api.acme-outfitters.test');
  await expect(win.getByRole('status').first()).toHaveText(/^\d+ endpoints on \d+ hosts$/);
  await choice(win, /shadow/).click();
  await expect(win).toHaveURL(/filter=spec%3Ashadow/);
  await expect(win.getByRole('status').first()).toHaveText(/^1 of \d+ endpoints on 1 host$/);
  await expect(tree(win).getByText('shadow', { exact: true })).toHaveCount(1);
  await choice(win, /shadow/).click();
  await expect(win.getByRole('searchbox', { name: 'Filter endpoints' })).toHaveValue('');
});

test('by keyboard: a host closes and opens, a row shows its endpoint, Enter goes into it and Escape closes it', async ({ win }) => {
  await tree(win).focus();
  await win.keyboard.press('Home');
  const host = tree(win).getByRole('row').nth(1);
  await expect(host).toHaveAttribute('aria-expanded', 'true');
  await win.keyboard.press('ArrowLeft');
  await expect(host).toHaveAttribute('aria-expanded', 'false');
  await win.keyboard.press('ArrowRight');
  await expect(host).toHaveAttribute('aria-expanded', 'true');
  for (let row = 0; row < 2; row += 1) await win.keyboard.press('ArrowDown');
  await expect(card(win).getByRole('heading', { level: 2 })).toHaveText(/^(GET|POST|PUT|PATCH|DELETE) \//);
  await win.keyboard.press('Enter');
  await expect(card(win)).toBeFocused();
  await win.keyboard.press('Escape');
  await expect(card(win)).toHaveCount(0);
  await expect(tree(win)).toBeFocused();
});

test('words and conditions narrow the list, fields count what fits, and a filter that fits nothing says so', async ({ win }) => {
  await win.keyboard.press('/');
  await win.keyboard.type('customers -method:PATCH');
  const left = win.getByRole('status').first();
  await expect(left).toHaveText(/^\d+ of \d+ endpoints/);
  await expect(tree(win).getByText('PATCH', { exact: true })).toHaveCount(0);
  await win.getByRole('group', { name: 'Sensitivity', exact: true }).getByRole('button', { name: /^S3/ }).click();
  await expect(win.getByRole('searchbox', { name: 'Filter endpoints' })).toHaveValue('customers -method:PATCH level:S3');
  await win.getByRole('searchbox', { name: 'Filter endpoints' }).fill('zebra');
  await expect(win.getByText('No endpoint fits the filter')).toBeVisible();
  await win.getByRole('button', { name: /^Show all/ }).click();
  await expect(tree(win)).toBeVisible();
});

test('the flat list sorts by a column, and the link keeps it', async ({ win }) => {
  await win.getByRole('button', { name: 'Flat list' }).click();
  const grid = win.getByRole('grid', { name: 'Endpoints' });
  await grid.getByRole('columnheader', { name: 'Calls' }).getByRole('button').click();
  await expect(grid.getByRole('columnheader', { name: 'Calls' })).toHaveAttribute('aria-sort', 'descending');
  await expect(win).toHaveURL(/sort=-calls&tab=flat/);
  await win.reload();
  await settle(win);
  const calls = await grid.locator('[data-index] [data-column="calls"]').allTextContents();
  const numbers = calls.map((text) => Number(text.replace(/\D/g, '')));
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
});

test('an endpoint in full: sentences and tables whose numbers open the calls that they count', async ({ win }) => {
  await open(win, CUSTOMER);
  for (const part of ['Findings about it', 'Statuses', 'Principals', 'Fields with data', 'Parameters', 'Latency and sizes', 'Sample calls'])
    await expect(card(win).getByRole('heading', { level: 3, name: part })).toBeVisible();
  await expect(card(win)).toContainText('It is the operation getCustomer of Acme Outfitters Shop API');
  await expect(
    card(win)
      .getByRole('row', { name: /customer/ })
      .filter({ hasText: 'more' })
      .first(),
  ).toBeVisible();
  const link = card(win).getByRole('link', { name: /^[\d\u2009]+ calls$/ }).first(); // prettier-ignore
  const count = /^[\d\u2009]+/.exec((await link.textContent()) ?? '')?.[0] ?? 'none';
  await link.click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(win.getByRole('main')).toContainText(`${count} of`);
});

test('a call and a finding lead to their endpoint', async ({ win }) => {
  await open(win, CUSTOMER);
  await card(win).getByRole('link', { name: 'Show its calls' }).click();
  await settle(win);
  await win.getByRole('grid', { name: 'Calls' }).locator('[data-index="0"] [data-column="path"]').click({ button: 'right' });
  await win.getByRole('menuitem', { name: 'Show in Inventory' }).click();
  await expect(card(win).getByRole('heading', { level: 2 })).toHaveText('GET /v1/customers/{customer}');
  await card(win).getByRole('link', { name: /card numbers/ }).first().click(); // prettier-ignore
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Findings');
  await win.getByRole('article').getByRole('link', { name: 'Show in Inventory' }).first().click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Inventory');
  await expect(card(win)).toBeVisible();
});

test('the analyst sets a level with a reason, sees who said so, undoes it and does it again', async ({ win }) => {
  await open(win, CUSTOMER);
  await card(win).getByRole('button', { name: 'Set the sensitivity…' }).click();
  const dialog = win.getByRole('dialog', { name: 'Set the sensitivity' });
  await expect(dialog.getByRole('button', { name: 'Set the level' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /^S3/ }).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('holds contract prices');
  await win.keyboard.press('Enter');
  await expect(card(win)).toContainText(/Set to S3 by hand on .* worked out was S2\. Reason: holds contract prices/);
  await expect(tree(win).getByText('set by hand')).toHaveCount(1);
  await card(win).focus();
  await win.keyboard.press('Control+z');
  await expect(card(win).getByText('by hand on')).toHaveCount(0);
  await win.keyboard.press('Control+y');
  await card(win).getByRole('button', { name: 'Take back' }).click();
  await expect(card(win).getByText('by hand on')).toHaveCount(0);
});

test('every description tells what was called of it, and its numbers open the list', async ({ win }) => {
  await win.getByRole('button', { name: 'Descriptions' }).click();
  const row = win.getByRole('region', { name: 'API descriptions' }).getByRole('row', { name: /Shop API/ });
  await expect(row).toContainText(/\d+\.\d %/);
  const silent = row.locator('a[href*="orphan"]:not([href*="documented"])').first();
  const count = Number((await silent.textContent())?.replace(/\D/g, ''));
  expect(count).toBeGreaterThan(1);
  await silent.click();
  await expect(win.getByRole('searchbox', { name: 'Filter endpoints' })).toHaveValue('host:api.acme-outfitters.test spec:orphan');
  await expect(tree(win).getByText('orphan', { exact: true })).toHaveCount(count);
});

test('growth by week stands on its tab, and two windows are compared with links to what is new', async ({ win }) => {
  await win.getByRole('button', { name: 'Changes' }).click();
  const region = win.getByRole('region', { name: 'Growth and changes' });
  await expect(region.getByRole('link', { name: /^\d/ }).first()).toHaveAttribute('href', /time/);
  await region.getByRole('textbox', { name: 'Later, from' }).fill('some day');
  await region.getByRole('button', { name: 'Compare the windows' }).click();
  await expect(region.getByRole('alert')).toContainText('A window is two days or times');
  await region.getByRole('textbox', { name: 'Later, from' }).fill('2026-09-16');
  await region.getByRole('button', { name: 'Compare the windows' }).click();
  await expect(win).toHaveURL(/compare=\d+/);
  await expect(region).toContainText(/\d+ new, \d+ gone, \d+ changed, \d+ as before/);
  await region
    .getByRole('link', { name: /collect\.dropzone\.example/ })
    .first()
    .click();
  await expect(card(win).getByRole('heading', { level: 2 })).toHaveText('POST /v1/batches');
  await expect(card(win)).toContainText('•');
});

test('a name that is elided in its middle is copied whole', async ({ win, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const name = win.locator('[title="/v1/customers/{customer}/payment-methods"]').first();
  await name.evaluate((element) => {
    window.getSelection()?.selectAllChildren(element);
  });
  await win.keyboard.press('Control+c');
  expect(await win.evaluate(() => navigator.clipboard.readText())).toBe('/v1/customers/{customer}/payment-methods');
});
