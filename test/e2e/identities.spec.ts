import { expect, type Locator, type Page } from '@playwright/test';
import { goToScreen, settle } from '../support/screens.ts';
import { test } from '../support/sample-window.ts';

const article = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true });
const grid = (page: Page, name: string): Locator => page.getByRole('grid', { name, exact: true });

/** Goes to a place as its link does. */
async function open(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, place);
  await settle(page);
}

const openTab = (page: Page, tab: string, more = ''): Promise<void> => open(page, `#/identities?tab=${tab}${more}`);

/** The number that a link begins with. */
const numberOf = async (link: Locator): Promise<string> =>
  /^[\d\u2009\u202f ]+/.exec((await link.textContent()) ?? '')?.[0].trim() ?? 'none';

test('by mouse: from the first finding to its principal, to the dossier of its credential, to its calls and back', async ({ win }) => {
  await goToScreen(win, 'Findings');
  await win.getByRole('main').getByRole('article').getByRole('link', { name: 'support-agent', exact: true }).first().click();
  const principal = article(win, 'Principal');
  await expect(principal.getByRole('heading', { level: 2 })).toContainText('support-agent');
  await principal.getByRole('link', { name: 'jwt-36' }).click();
  const credential = article(win, 'Credential');
  await expect(credential.getByRole('heading', { level: 2 })).toContainText('jwt-36');
  await expect(credential.getByRole('heading', { level: 3, name: 'Life' })).toBeVisible();
  const calls = credential.getByRole('link', { name: /calls$/ }).first();
  const count = await numberOf(calls);
  await calls.click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(win.getByRole('main')).toContainText(`${count} of`);
  await win.goBack();
  await expect(credential.getByRole('heading', { level: 2 })).toContainText('jwt-36');
});

test('by keyboard: rows choose, Enter goes into the card, Escape and the close button lead back', async ({ win }) => {
  await openTab(win, 'credentials');
  await grid(win, 'Credentials').focus();
  await win.keyboard.press('Home');
  const card = article(win, 'Credential');
  await expect(card.getByRole('heading', { level: 2 })).toBeVisible();
  const first = await card.getByRole('heading', { level: 2 }).textContent();
  await win.keyboard.press('ArrowDown');
  await expect(card.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '');
  await win.keyboard.press('Enter');
  await expect(card).toBeFocused();
  await win.keyboard.press('Tab');
  await expect(card.getByRole('button', { name: 'Close the credential' })).toBeFocused();
  await win.keyboard.press('Enter');
  await expect(card).toHaveCount(0);
  await expect(article(win, 'All credentials')).toBeVisible();
});

test('tables filter and sort, each total leads to its rows, and another tab starts without the filter', async ({ win }) => {
  await openTab(win, 'principals');
  const figures = win.getByLabel('Figures about identities');
  const ownerless = figures.getByRole('link', { name: /of \d+ agents/ });
  const count = await numberOf(ownerless);
  await ownerless.click();
  await expect(win.getByRole('searchbox', { name: 'Filter principals' })).toHaveValue('no:owner');
  await expect(win.getByRole('status').filter({ hasText: 'principals' })).toHaveText(new RegExp(`^${count} of \\d+ principals$`));
  await grid(win, 'Principals').getByRole('columnheader', { name: 'Calls' }).getByRole('button').click();
  await expect(win).toHaveURL(/sort=-calls/);
  await win.getByRole('group', { name: 'What to show' }).getByRole('button', { name: 'Credentials' }).click();
  await expect(win.getByRole('searchbox', { name: 'Filter credentials' })).toHaveValue('');
  await article(win, 'All credentials').getByRole('row', { name: /^longer/ }).getByRole('link').first().click(); // prettier-ignore
  await expect(grid(win, 'Credentials').locator('[data-index]')).toHaveCount(1);
  await win.getByRole('searchbox', { name: 'Filter credentials' }).fill('zebra');
  await win.getByRole('button', { name: /^Show all/ }).click();
  await expect(win.getByRole('searchbox', { name: 'Filter credentials' })).toHaveValue('');
});

test('an agent is given an owner, which is undone', async ({ win }) => {
  await openTab(win, 'principals', `&principal=${encodeURIComponent('agent:support-agent')}`);
  const card = article(win, 'Principal');
  await expect(card).toContainText('none is known');
  await card.getByRole('button', { name: 'Set the owner…' }).click();
  await win.getByRole('dialog').getByRole('textbox').fill('Support platform team');
  await win.keyboard.press('Enter');
  await expect(card).toContainText('Support platform team (by the analyst)');
  await card.getByRole('button', { name: /^Undo: made Support platform team the owner/ }).click();
  await expect(card).toContainText('none is known');
});

test('two principals are taken for one, the analysis is offered and run, and all is undone', async ({ win }) => {
  test.setTimeout(240_000);
  await openTab(win, 'principals');
  const table = grid(win, 'Principals');
  const total = async (): Promise<number> =>
    Number(/(\d+) principals/.exec((await win.getByRole('status').filter({ hasText: 'principals' }).textContent()) ?? '')?.[1]);
  const before = await total();
  await table.focus();
  await win.keyboard.press('Home');
  await win.keyboard.press('ArrowDown');
  await win.keyboard.press(' ');
  await win.keyboard.press('ArrowDown');
  await win.keyboard.press(' ');
  await win.getByRole('button', { name: 'Merge 2…' }).click();
  await win.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('one team runs both');
  await win.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
  const offer = win.getByRole('region', { name: 'Analysis' });
  await offer.getByRole('button', { name: 'Analyse now' }).click();
  await expect(offer).toHaveCount(0, { timeout: 100_000 });
  await expect.poll(total).toBe(before - 1);
  await win.keyboard.press('Control+z');
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: 'Analyse now' }).click();
  await expect(offer).toHaveCount(0, { timeout: 100_000 });
  await expect.poll(total).toBe(before);
});

test('the policy is shown in another language and copied; a number of a control opens its calls', async ({ win, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTab(win, 'least-privilege');
  const card = article(win, 'Power of the principal');
  await expect(card.getByLabel('Policy in Cedar', { exact: true })).toContainText('permit (');
  await card.getByRole('button', { name: 'Rego', exact: true }).click();
  await expect(card.getByLabel('Policy in Rego')).toContainText('package');
  await card.getByRole('button', { name: 'Copy the Rego text' }).click();
  expect(await win.evaluate(() => navigator.clipboard.readText())).toContain('package');
  const stopped = card.getByRole('button', { name: /incident calls stopped: show them/ }).first();
  const count = await numberOf(stopped);
  await stopped.click();
  await expect(card.getByRole('region', { name: /^incident calls stopped by/ }).getByRole('link')).toHaveCount(Number(count));
});

test('revocation: a step is ticked and undone, a time is given and containment shown, the packet is exported', async ({ win }) => {
  await openTab(win, 'revocation');
  const card = article(win, 'Credential to revoke');
  // The key in other hands stands before the token of the agent that was misled.
  await expect(card.getByRole('heading', { level: 2 })).toContainText('api-key-5');
  await grid(win, 'Revocation plan').getByText('jwt-36').first().click();
  await expect(card.getByRole('heading', { level: 2 })).toContainText('jwt-36');
  const step = card.getByRole('checkbox', { name: 'Revoke it at its issuer' });
  await step.focus();
  await win.keyboard.press(' ');
  await expect(step).toBeChecked();
  await expect(card).toContainText('1 of 7 done');
  await card.getByRole('button', { name: /^Undo: ticked/ }).click();
  await expect(step).not.toBeChecked();
  const time = card.getByRole('textbox', { name: 'Revoked at, UTC' });
  await time.fill('some day');
  await expect(card.getByRole('button', { name: 'Check from then on' })).toBeDisabled();
  await time.fill('2026-09-16 00:00');
  await win.keyboard.press('Enter');
  await expect(card).toContainText(/Not contained: [\d\u2009\u202f ]+ calls? accepted afterwards/);
  await expect(grid(win, 'Revocation plan').getByText('not contained')).toBeVisible();
  await card.getByRole('button', { name: 'Take back' }).click();
  await expect(card).toContainText('No record says when it was revoked');
  const download = win.waitForEvent('download');
  await win.getByRole('button', { name: 'Export the packet' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  await expect(win.getByText(/^(Downloaded|Saved) as/)).toBeVisible();
});

test('the machine map by its table: a link is chosen, stands out in the picture and leads to its calls', async ({ win }) => {
  await openTab(win, 'machines');
  const table = grid(win, 'Links between programs');
  await table.focus();
  await win.keyboard.press('Home');
  const card = article(win, 'Picture of the machine map');
  await expect(card.locator('.machine-line.on')).toHaveCount(1);
  await win.getByRole('searchbox', { name: 'Filter links' }).fill('jwt-36');
  await expect(win.getByRole('status').filter({ hasText: 'links' }).first()).toHaveText(/^\d+ of \d+ links$/);
  const calls = table.locator('[data-index="0"] [data-column="calls"]').getByRole('link');
  const count = await numberOf(calls);
  await calls.click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(win.getByRole('main')).toContainText(`${count} of`);
});

test('a name of which a narrow column shows the end alone has its start again when there is room', async ({ win }) => {
  await openTab(win, 'credentials');
  const cell = grid(win, 'Credentials').locator('[role="gridcell"][data-column="owner"]:has(.middle-long)').first();
  const name = cell.locator('.middle');
  await cell.evaluate((element) => {
    element.style.width = '64px';
  });
  await expect(name).toHaveClass(/middle-tight/);
  await cell.evaluate((element) => {
    element.style.width = '';
  });
  await expect(name).not.toHaveClass(/middle-tight/);
});
