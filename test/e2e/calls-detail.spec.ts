import { expect, type Page } from '@playwright/test';
import { cell, details, expectQuery, grid, queryBar, rowCount, run, tabTo } from '../support/calls-page.ts';
import { harFromCalls } from '../support/har-from-calls.ts';
import { SIZES } from '../support/looks.ts';
import { testWith } from '../support/own-window.ts';
import { goToScreen, settle } from '../support/screens.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What must never be seen on a screen or in a copy. */
const SECRET = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
const NOTE = { customer: 42, vip: true };

const order = (at: number, quantity: number, status: number, agent: string) => ({
  at,
  method: 'POST',
  url: `https://shop.test/v1/orders?redirect=https%3A%2F%2Fshop.test%2Fthanks&since=1760000000&note=${encodeURIComponent(base64(JSON.stringify(NOTE)))}`,
  status,
  headers: [
    'Host: shop.test',
    `User-Agent: ${agent}`,
    `Authorization: Bearer ${SECRET}`,
    'Content-Type: application/json',
    'X-Trace: abc-1',
  ],
  body: {
    order: { id: 7, note: base64('leave at the door'), placed: 1760000000 },
    items: [{ sku: 'A1', quantity }],
    extra: JSON.stringify(NOTE),
  },
  responseHeaders: ['Content-Type: application/json', 'X-Served-By: node-1'],
  response: { ok: status < 400, total: quantity * 3, lines: Array.from({ length: 12 }, (_, index) => ({ line: index, price: index * 2 })) },
});

const test = testWith({
  'shop.har': harFromCalls([
    order(0, 1, 201, 'bot/1'),
    order(5, 2, 409, 'bot/2'),
    { at: 9, url: 'https://shop.test/v1/items', headers: ['User-Agent: bot/1'] },
    { at: 12, url: 'https://other.test/health', headers: ['User-Agent: probe'] },
  ]),
});

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = (win: Page): Promise<string> => win.evaluate(() => navigator.clipboard.readText());
const openTab = (win: Page, name: string): Promise<void> => details(win).getByRole('tab', { name }).click();
const comparison = (win: Page) => win.getByRole('region', { name: 'Two calls compared' });

async function openFirst(win: Page): Promise<void> {
  await cell(win, 0, 'path').click();
  await expect(details(win)).toBeVisible();
  await settle(win);
}

test.beforeEach(async ({ win }) => {
  await goToScreen(win, 'Calls');
});

test('parameters, headers and fields of the body are decoded where they stand', async ({ win }) => {
  await openFirst(win);
  await openTab(win, 'Request');
  const parameters = details(win).getByRole('region', { name: 'Query parameters of the request' });
  await expect(parameters).toContainText('= https://shop.test/thanks');
  await expect(parameters).toContainText('= 2025-10-09 08:53:20 UTC');
  const nested = parameters.getByRole('button', { name: 'URL encoding, base64, JSON' });
  await nested.click();
  await expect(parameters).toContainText('"customer": 42');
  await nested.press('Enter');
  await expect(parameters).not.toContainText('"customer": 42');

  const body = details(win).getByRole('region', { name: 'Body of the request' });
  await body.getByRole('button', { name: 'Fields' }).click();
  await expect(body).toContainText('= leave at the door');
  await expect(body).toContainText('= 2025-10-09 08:53:20 UTC');
  await expect(body.getByText('items.0.sku')).toBeVisible();
});

test('a header and a field of a body filter the calls, each by buttons beside the value', async ({ win }) => {
  await openFirst(win);
  await openTab(win, 'Request');
  await details(win).getByRole('button', { name: 'Only calls with this X-Trace header' }).click();
  await expectQuery(win, /header/);
  await expect.poll(() => rowCount(win)).toBe(2);
  await details(win).getByRole('region', { name: 'Body of the request' }).getByRole('button', { name: 'Fields' }).click();
  await details(win).getByRole('button', { name: 'Only calls with this items.quantity in the request' }).click();
  await expectQuery(win, /req\.body\.items\.quantity/);
  await expect.poll(() => rowCount(win)).toBe(1);
  await openTab(win, 'Response');
  await details(win).getByRole('region', { name: 'Body of the response' }).getByRole('button', { name: 'Fields' }).click();
  await run(win, '');
  await details(win).getByRole('button', { name: 'No calls with this total in the response' }).click();
  await expectQuery(win, /^-res\.body\.total:3$/);
  await expect.poll(() => rowCount(win)).toBe(3);
});

test('by keyboard alone: y and a letter copy the call, and no copy holds the secret', async ({ win }) => {
  await tabTo(win, grid(win));
  await win.keyboard.press('ArrowDown');
  await settle(win);
  const copied: Record<string, string> = {};
  for (const letter of ['c', 'p', 'w', 'f', 'h', 'j', 'r', 'y', 'l']) {
    await win.evaluate(() => navigator.clipboard.writeText(''));
    await win.keyboard.press('y');
    await win.keyboard.press(letter);
    await expect.poll(() => clipboard(win)).not.toBe('');
    copied[letter] = await clipboard(win);
    expect(copied[letter]).not.toContain(SECRET);
  }
  expect(copied['c']).toMatch(/^curl --globoff .*\n.*--request 'POST'/);
  expect(copied['c']).toContain("--header 'X-Trace: abc-1'");
  expect(copied['p']).toMatch(/^Invoke-WebRequest .*\n {2}-Method 'POST'/);
  expect(copied['w']).toMatch(/^curl\.exe --globoff .* --request \^"POST\^"/);
  expect(copied['f']).toContain('await fetch("https://shop.test/v1/orders?redirect=');
  expect(copied['h']).toMatch(/^POST \/v1\/orders\?\S+ HTTP\/1\.1\n/);
  expect(JSON.parse(copied['j'] ?? '')).toMatchObject({ method: 'POST', host: 'shop.test', status: 201 });
  expect(copied['y']).toBe((await details(win).getAttribute('aria-label'))?.replace('Call ', ''));
});

test('by mouse alone: the copy menu copies and says so, and its link opens the same call among all', async ({ win }) => {
  await run(win, 'status:409');
  await openFirst(win);
  const name = (await details(win).getAttribute('aria-label')) ?? '';
  await details(win).getByRole('button', { name: 'Copy this call' }).click();
  await win.getByRole('menuitem', { name: /^cURL/ }).click();
  await expect(win.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await clipboard(win)).toContain('curl');
  await details(win).getByRole('button', { name: 'Copy this call' }).click();
  await win.getByRole('menuitem', { name: /^Link to this call/ }).click();
  await expect.poll(() => clipboard(win)).toContain('#/calls?call=');
  const link = await clipboard(win);
  await goToScreen(win, 'Overview');
  await win.evaluate((hash) => {
    window.location.hash = hash;
  }, new URL(link).hash);
  await expect(details(win)).toHaveAttribute('aria-label', name);
  await expect(queryBar(win)).toHaveValue('');
  await expect(grid(win).getByRole('row', { selected: true })).toContainText('409');
});

test('no part of a call shows the secret, and each says where in the evidence it stands', async ({ win }) => {
  await openFirst(win);
  const evidence = details(win).getByRole('region', { name: 'Evidence', exact: true });
  await expect(evidence).toContainText('shop.har');
  await expect(evidence).toContainText(/bytes \d/);
  await expect(evidence).toContainText(/[0-9a-f]{8,}/);
  for (const tab of await details(win).getByRole('tab').all()) {
    await tab.click();
    await settle(win);
    expect(await win.content()).not.toContain(SECRET);
  }
  await evidence.waitFor({ state: 'detached' });
  await openTab(win, 'Overview');
  await evidence.getByRole('button', { name: 'Copy SHA-256' }).click();
  await expect.poll(() => clipboard(win)).toMatch(/^[0-9a-f]{64}$/);
  await evidence.getByRole('button', { name: 'Only calls with this file' }).click();
  await expectQuery(win, /^source:.*shop\.har/);
});

for (const viewport of SIZES) {
  test.describe(`at ${String(viewport.width)} px`, () => {
    test.use({ viewport });

    test('two calls are compared by keys: what differs, equal values too, the other way round, and bodies line by line', async ({
      win,
    }) => {
      await tabTo(win, grid(win));
      await win.keyboard.press('ArrowDown');
      await win.keyboard.press('x');
      await win.keyboard.press('ArrowDown');
      await win.keyboard.press('d');
      await expect(comparison(win).getByRole('heading', { level: 2 })).toHaveText(/^Compared: \d+ of \d+ values differ$/);
      const facts = comparison(win).getByRole('table', { name: /^Facts/ });
      await expect(facts.getByRole('row', { name: /^Status/ })).toHaveText('Status201409');
      await expect(facts.getByRole('row', { name: /^Host/ })).toHaveCount(0);
      await expect(comparison(win).getByRole('region', { name: 'Request body compared' })).toContainText('only right: ');
      await expect(comparison(win).getByRole('region', { name: 'Response body compared' })).toContainText(/… \d+ equal lines/);
      await tabTo(win, comparison(win).getByRole('checkbox', { name: 'Equal values too' }));
      await win.keyboard.press('Space');
      await expect(facts.getByRole('row', { name: /^Host/ })).toHaveText('Hostshop.testshop.test');
      await win.keyboard.press('Tab');
      await win.keyboard.press('Enter');
      await expect(facts.getByRole('row', { name: /^Status/ })).toHaveText('Status409201');
      await expect(comparison(win).getByRole('button', { name: 'Swap the two sides' })).toBeFocused();
      await win.goBack();
      await expect(comparison(win)).toHaveCount(0);
      await expect(details(win)).toBeVisible();
    });
  });
}

test('two picked calls are compared by the button, and Escape goes back to one call', async ({ win }) => {
  for (const index of [0, 3]) await cell(win, index, 'path').click({ modifiers: ['ControlOrMeta'] });
  await win.getByRole('region', { name: 'Picked calls' }).getByRole('button', { name: 'Compare' }).click();
  await expect(comparison(win)).toBeVisible();
  await expect(comparison(win)).toContainText('Only the left call has this body in the evidence.');
  await win.reload();
  await expect(comparison(win)).toBeVisible();
  await grid(win).focus();
  await win.keyboard.press('Escape');
  await expect(comparison(win)).toHaveCount(0);
  await expect(details(win)).toBeVisible();
});
