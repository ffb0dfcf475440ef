import { expect, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { test } from '../support/sample-window.ts';
import { goToScreen, settle } from '../support/screens.ts';

const isClean = async (win: Page): Promise<void> => {
  expect(await findAxeFaults(win)).toEqual([]);
};

async function openGraph(win: Page): Promise<void> {
  await goToScreen(win, 'Chains');
  await win.getByRole('button', { name: 'Graph' }).click();
  await expect(win.locator('.node').first()).toBeVisible();
}

test('the most urgent chain stands open: agent to foreign host, alike calls folded, nothing of it hidden', async ({ win }) => {
  await goToScreen(win, 'Chains');
  const waterfall = win.getByRole('treegrid');
  await expect(waterfall).toBeVisible();
  await expect(waterfall.getByText(/^×\d+$/).first()).toBeVisible();
  const folded = Number(await waterfall.getAttribute('aria-rowcount'));
  await waterfall
    .getByRole('button', { name: /^Show all \d+$/ })
    .first()
    .click();
  expect(Number(await waterfall.getAttribute('aria-rowcount'))).toBeGreaterThan(folded);
  await isClean(win);
});

test('short rows and what led to no finding can be left out, and the critical path is underlined; all of it is said', async ({ win }) => {
  await goToScreen(win, 'Chains');
  const waterfall = win.getByRole('treegrid');
  await expect(waterfall).toBeVisible();
  const rows = async (): Promise<number> => Number(await waterfall.getAttribute('aria-rowcount'));
  const all = await rows();
  await win.getByRole('checkbox', { name: 'Only ways to findings' }).check();
  await expect(win.getByText(/\d+ calls left out/)).toBeVisible();
  const fewer = await rows();
  expect(fewer).toBeLessThan(all);
  await win.getByRole('checkbox', { name: 'Hide under 1 %' }).check();
  expect(await rows()).toBeLessThanOrEqual(fewer);
  await expect(waterfall.locator('.wbar-critical')).toHaveCount(0);
  await win.getByRole('checkbox', { name: 'Critical path' }).check();
  await expect(waterfall.locator('.wbar-critical').first()).toBeAttached();
  await expect(waterfall.getByText('on the critical path').first()).toBeAttached();
  await isClean(win);
});

test('an edge of the graph opens both records with the value marked in each', async ({ win }) => {
  await openGraph(win);
  await win.locator('.edge-name').first().click();
  const proof = win.getByRole('region', { name: 'Proof of the link' });
  await expect(proof.getByRole('region', { name: 'Cause' }).locator('mark')).not.toBeEmpty();
  await expect(proof.getByRole('region', { name: 'Effect' }).locator('mark')).not.toBeEmpty();
  await isClean(win);
  // The address holds it: loaded anew it stands open, Back closes it.
  await win.reload();
  await expect(proof).toBeVisible();
  await win.goBack();
  await expect(proof).toBeHidden();
  await win.goForward();
  await proof.getByRole('button', { name: 'Close the proof' }).click();
  await expect(proof).toBeHidden();
});

test('the graph is walked along its edges without a mouse, and Enter opens what it is on', async ({ win }) => {
  await openGraph(win);
  await win.locator('.node').first().focus();
  await win.keyboard.press('ArrowDown');
  await expect(win.locator('.edge:focus')).toHaveCount(1);
  await win.keyboard.press('Enter');
  await expect(win.getByRole('region', { name: 'Proof of the link' })).toBeVisible();
  await win.keyboard.press('Escape');
  await win.locator('.edge').first().focus();
  await win.keyboard.press('ArrowDown');
  await expect(win.locator('.node:focus')).toHaveCount(1);
  await win.keyboard.press('Enter');
  await expect(win.getByRole('region', { name: /^Call / })).toBeVisible();
});

test('a fold is taken apart and folded again', async ({ win }) => {
  await openGraph(win);
  const before = await win.locator('.node').count();
  await win.locator('.node:has(.node-count)').first().focus();
  await win.keyboard.press('e');
  await expect.poll(() => win.locator('.node').count()).toBeGreaterThan(before);
  await win.getByRole('button', { name: 'As at first' }).click();
  await expect.poll(() => win.locator('.node').count()).toBe(before);
});

test('the table twin is one key away and holds every call and every link of the picture', async ({ win }) => {
  await openGraph(win);
  await win.locator('.node').first().focus();
  await win.keyboard.press('t');
  const calls = win.getByRole('grid', { name: 'Calls of the chain' });
  await expect(calls).toBeVisible();
  await win.keyboard.press('t');
  await expect(win.locator('.node').first()).toBeVisible();
  await win.keyboard.press('t');
  await expect(calls).toBeVisible();
  const links = win.getByRole('button', { name: /^Links / });
  const counted = Number((await links.innerText()).replace(/\D/g, ''));
  await links.click();
  await expect(win.getByRole('grid', { name: 'Links of the chain' })).toHaveAttribute('aria-rowcount', String(counted + 1));
  await isClean(win);
});

test('the legend hides a kind of link and shows it again', async ({ win }) => {
  await openGraph(win);
  const edges = await win.locator('.edge').count();
  const value = win.getByRole('button', { name: /^value / });
  await value.click();
  await expect(value).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => win.locator('.edge').count()).not.toBe(edges);
  await value.click();
  await expect.poll(() => win.locator('.edge').count()).toBe(edges);
});

test('chains are narrowed by a query over their calls, and a link restores the chosen one', async ({ win }) => {
  await goToScreen(win, 'Chains');
  const list = win.getByRole('grid', { name: 'Chains' });
  const all = Number(await list.getAttribute('aria-rowcount'));
  const bar = win.getByRole('combobox', { name: /^Query over calls/ });
  await bar.fill('is:agent is:failed');
  await bar.press('Enter');
  await settle(win);
  expect(Number(await list.getAttribute('aria-rowcount'))).toBeLessThan(all);
  await list.focus();
  await win.keyboard.press('ArrowDown');
  await win.keyboard.press('ArrowDown');
  await expect(win).toHaveURL(/chain=/);
  const title = await win.getByRole('heading', { level: 2 }).first().innerText();
  await win.reload();
  await expect(win.getByRole('heading', { level: 2 }).first()).toHaveText(title);
});

test('the chain as a sequence, as messages and by the hosts it reached, each with its way to the call', async ({ win }) => {
  await goToScreen(win, 'Chains');
  await win.getByRole('button', { name: 'Sequence' }).click();
  await win.locator('.sequence-message').first().focus();
  await win.keyboard.press('ArrowDown');
  await win.keyboard.press('p');
  await expect(win.getByRole('region', { name: 'Proof of the link' })).toBeVisible();
  await isClean(win);
  await win.getByRole('button', { name: 'Messages' }).click();
  const messages = win.getByRole('region', { name: 'Messages of the chain' });
  await expect(messages.getByText('Tool call')).toBeVisible();
  await messages.getByRole('button', { name: 'Open the call' }).first().click();
  await expect(win.getByRole('region', { name: /^Call / })).toBeVisible();
  await isClean(win);
  await win.getByRole('button', { name: 'Spread' }).click();
  await expect(win.getByRole('list', { name: 'Hosts in the order of their first call' })).toContainText('collect.dropzone.example');
  await win.keyboard.press('t');
  await expect(win.getByRole('grid', { name: 'Hosts reached' })).toBeVisible();
});

test('chains of one shape are a flow; its facts, its likes and the keys of sessions open', async ({ win }) => {
  await goToScreen(win, 'Chains');
  await win.getByRole('button', { name: 'Flows' }).click();
  const flows = win.getByRole('grid', { name: 'Flows' });
  const link = flows.getByRole('link', { name: /^\d+ chains$/ }).first();
  const count = await link.innerText();
  await isClean(win);
  await link.click();
  await expect(win.getByText(`${count} of one flow`)).toBeVisible();
  await expect(win.getByRole('grid', { name: 'Chains' })).toHaveAttribute('aria-rowcount', String(Number.parseInt(count, 10) + 1));
  await win.getByRole('button', { name: 'Facts…' }).click();
  const facts = win.getByRole('dialog', { name: 'What the chain did' });
  await expect(facts.getByText(/other chains? of the same shape/)).toBeVisible();
  await isClean(win);
  await win.keyboard.press('Escape');
  await win.getByRole('button', { name: 'Sessions…' }).click();
  const keys = win.getByRole('dialog', { name: 'What makes a session' });
  await keys.getByLabel('Name').fill('user-agent');
  await keys.getByRole('button', { name: 'Add' }).click();
  await expect(keys.getByRole('status')).toContainText(/[1-9].* calls of .* carry a key/);
  await isClean(win);
});

test('two chains are laid into the tray by key and compared; a number leads to its calls, and Back to the comparison', async ({ win }) => {
  await goToScreen(win, 'Chains');
  const list = win.getByRole('grid', { name: 'Chains' });
  await list.locator('[data-index="0"]').click();
  await settle(win);
  await win.keyboard.press('d');
  const tray = win.getByRole('region', { name: 'Compare tray' });
  await expect(tray.getByRole('listitem')).toHaveCount(1);
  await list.locator('[data-index="1"]').click();
  await settle(win);
  await win.keyboard.press('d');
  const comparison = win.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByRole('heading', { name: 'Steps in order' })).toBeVisible();
  await isClean(win);
  const failed = comparison
    .getByRole('row', { name: /^Failed/ })
    .getByRole('link')
    .first();
  const count = Number(/^\d+/.exec(await failed.innerText())?.[0]);
  await failed.click();
  await settle(win);
  const calls = win.getByRole('grid', { name: 'Calls' });
  expect(Number(await calls.getAttribute('aria-rowcount')) - 1).toBe(count);
  await win.keyboard.press('Alt+ArrowLeft');
  await expect(comparison).toBeVisible();
  await tray.getByRole('button', { name: 'Empty the tray' }).click();
  await expect(tray).toHaveCount(0);
});
