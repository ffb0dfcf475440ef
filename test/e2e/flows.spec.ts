import { expect, type Page } from '@playwright/test';
import { chip, grid, queryBar, row, run } from '../support/calls-page.ts';
import { goToScreen, settle } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';
import { tapWire } from '../support/wire-tap.ts';

const CUSTOMER = encodeURIComponent('GET api.acme-outfitters.test/v1/customers/{customer}');

const main = (win: Page) => win.getByRole('main');

/** Presses keys some times, each after the last has had its effect. */
async function press(win: Page, keys: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await win.keyboard.press(keys);
    await settle(win);
  }
}

test('changes made on three screens are taken back from a fourth, the latest first, and made again', async ({ win }) => {
  await goToScreen(win, 'Calls');
  await row(win, 0).click();
  await win.getByRole('button', { name: 'Star', exact: true }).click();
  await expect(row(win, 0).getByRole('img', { name: 'starred' })).toBeVisible();
  await goToScreen(win, 'Findings');
  await win.getByRole('article').getByRole('button', { name: 'Accept' }).click();
  const decided = win.getByRole('listbox', { name: 'Findings' }).getByRole('option').first();
  await expect(decided).toContainText('accepted');
  await win.evaluate((endpoint) => {
    window.location.hash = `#/inventory?endpoint=${endpoint}`;
  }, CUSTOMER);
  await main(win).getByRole('button', { name: 'Set the sensitivity…' }).click();
  await win.getByRole('dialog').getByRole('radio', { name: /^S3/ }).check();
  await win.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('holds contract prices');
  await win.keyboard.press('Enter');
  await expect(main(win).getByText('by hand on')).toBeVisible();

  await goToScreen(win, 'Overview');
  await press(win, 'Control+z', 3);
  await goToScreen(win, 'Inventory');
  await expect(main(win).getByText('by hand on')).toHaveCount(0);
  await goToScreen(win, 'Findings');
  await expect(decided).not.toContainText('accepted');
  await goToScreen(win, 'Calls');
  await expect(row(win, 0).getByRole('img', { name: 'starred' })).toHaveCount(0);

  await press(win, 'Control+Shift+z', 2);
  await expect(row(win, 0).getByRole('img', { name: 'starred' })).toBeVisible();
  await goToScreen(win, 'Findings');
  await expect(decided).toContainText('accepted');
  await press(win, 'Control+z', 2);
});

test('rows of every table are as high as was chosen', async ({ win }) => {
  const heights = async (): Promise<readonly number[]> => {
    const found: number[] = [];
    for (const title of ['Calls', 'Inventory', 'Identities']) {
      await goToScreen(win, title);
      found.push((await main(win).locator('.vtable-row').nth(1).boundingBox())?.height ?? 0);
    }
    return found;
  };
  await goToScreen(win, 'Settings');
  await win.getByRole('radio', { name: 'Roomy' }).check();
  expect(await heights()).toEqual([40, 40, 40]);
  await win.reload();
  await goToScreen(win, 'Settings');
  await expect(win.getByRole('radio', { name: 'Roomy' })).toBeChecked();
  await win.getByRole('radio', { name: 'Compact' }).check();
  expect(await heights()).toEqual([24, 24, 24]);
});

test('what is and has is counted, chosen and excluded beside the calls', async ({ win }) => {
  await goToScreen(win, 'Calls');
  const flags = win.getByRole('group', { name: 'Is and has', exact: true });
  await flags.getByRole('button', { name: /^Is and has/ }).click();
  const failed = flags.locator('.facet-choose').filter({ hasText: 'is:failed' });
  const count = /[\d\u2009]+/.exec((await failed.textContent()) ?? '')?.[0] ?? 'none';
  await failed.click();
  await expect(chip(win, 'is:failed')).toBeVisible();
  await expect(main(win).locator('.filter-count')).toContainText(`${count} of`);
  await run(win, '-is:failed');
  await expect(failed).toContainText('is:failed0 calls');
});

test('a number of a scope opens its endpoints, and each of them its calls', async ({ win }) => {
  await win.evaluate(() => {
    window.location.hash = `#/identities?tab=least-privilege&principal=${encodeURIComponent('agent:support-agent')}`;
  });
  const card = win.getByRole('article', { name: 'Power of the principal' });
  const used = card.getByRole('button', { name: /^[1-9]\d*: Endpoints that were used/ }).first();
  const count = Number.parseInt((await used.textContent()) ?? '', 10);
  await used.click();
  const listed = card.getByRole('listitem').getByRole('link');
  await expect(listed).toHaveCount(count);
  await listed.first().click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(main(win).locator('.filter-count')).not.toHaveText(/^0 of/);
});

test.describe('a slow query', () => {
  const SLOW = 'path:/v1/orders* and status >= 500';
  const PART = { read: 6000, of: 18_684 };

  test('says how far it is, is stopped, shows what it found as partial, and is read to its end', async ({ page, sample }) => {
    const tap = await tapWire(page);
    await page.clock.install();
    await page.goto(sample.url);
    await goToScreen(page, 'Calls');
    tap.set([
      { methods: /^calls\.page$/, what: { kind: 'hold' } },
      { methods: /^calls\.progress$/, what: { kind: 'answer', result: PART } },
    ]);
    await queryBar(page).fill(SLOW);
    await queryBar(page).press('Enter');
    await page.clock.runFor(6000);
    const work = main(page).locator('.work-line');
    await expect(work).toContainText(/Looking through the calls: 32(\.\d)?.% of 18.684/);
    await expect(work.getByRole('progressbar')).toHaveAttribute('value', '6000');
    await work.getByRole('button', { name: 'Stop and show what was found' }).click();
    tap.release([{ methods: /^calls\.(page|count)$/, what: { kind: 'change', keys: { partial: PART } } }]);
    await expect(work).toContainText(/Partial: .* among the first 6.000 of 18.684 calls/);
    await expect(page.getByRole('region', { name: 'Fields' })).toContainText('Partial: counted in the first');
    tap.set([]);
    await work.getByRole('button', { name: 'Read the rest' }).click();
    await expect(work).toHaveCount(0);
  });

  test('over a case too large for memory says that it cannot tell how far it is, and is cancelled', async ({ page, sample }) => {
    const tap = await tapWire(page);
    await page.clock.install();
    await page.goto(sample.url);
    await goToScreen(page, 'Calls');
    tap.set([
      { methods: /^calls\.page$/, what: { kind: 'hold' } },
      { methods: /^calls\.progress$/, what: { kind: 'answer', result: {} } },
    ]);
    await queryBar(page).fill(SLOW);
    await queryBar(page).press('Enter');
    await page.clock.runFor(6000);
    const work = main(page).locator('.work-line');
    await expect(work).toContainText('how far this is cannot be told');
    await expect(work.getByRole('progressbar')).not.toHaveAttribute('value');
    await work.getByRole('button', { name: 'Cancel' }).click();
    await expect(work).toHaveCount(0);
    tap.set([]);
    await main(page).getByRole('button', { name: /again/i }).click();
    await expect(grid(page)).toHaveAttribute('aria-busy', 'false');
  });
});
