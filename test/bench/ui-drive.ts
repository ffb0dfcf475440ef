import type { Page } from '@playwright/test';

import { settle } from '#test/support/screens.ts';
import type { Answered, Scrolled } from './ui-probe.ts';

/** How long one answer may take before it counts as none. Units: ms. */
const PATIENCE = 30_000;
/** Pause for what typing sets off, the offers of the query bar, to end. Units: ms. */
const AFTER_TYPING = 250;
const WHEEL_TURNS = 120;
/** Rows of one turn: about 22, so that a page of 200 rows is left every ten turns. Units: CSS px. */
const WHEEL_STEP = 700;

const bar = (page: Page) => page.locator('[data-query-input]').first();
const isCalls = (page: Page) => page.getByRole('grid', { name: 'Calls' });

/** Goes from the list of cases into one, and on to its calls. Gives the time from the click to rows on screen. Units: ms. */
export async function openCase(page: Page, title: string): Promise<number> {
  await page.evaluate(() => {
    window.location.hash = '#/start';
  });
  const row = page.getByRole('main').getByRole('button', { name: title });
  await row.waitFor();
  const started = await page.evaluate(() => performance.timeOrigin + performance.now());
  await row.click();
  await page.waitForFunction(() => window.location.hash.startsWith('#/overview'), undefined, { timeout: PATIENCE });
  await page.evaluate(() => {
    window.location.hash = '#/calls';
  });
  const took = await page.evaluate(([since, patience]) => globalThis.uiProbe.rowsDrawn(since, patience), [started, PATIENCE] as const);
  if (took === undefined) throw new Error(`no call of ${title} was drawn in ${String(PATIENCE / 1000)} s`);
  await settle(page);
  return took;
}

/** Types a query and runs it. Times are from Enter. */
export async function askQuery(page: Page, query: string): Promise<Answered> {
  await bar(page).fill(query);
  await page.waitForTimeout(AFTER_TYPING);
  const [answer] = await Promise.all([
    page.evaluate((patience) => globalThis.uiProbe.answered(patience), PATIENCE),
    // The listener is in place first: both go through one connection, in order.
    bar(page).press('Enter'),
  ]);
  await settle(page);
  return answer;
}

/** Runs a query that takes long, and another before it is answered. Gives the time from the second Enter. Units: ms. */
export async function supersede(page: Page, long: string, short: string, after: number): Promise<number | undefined> {
  await bar(page).fill(long);
  await bar(page).press('Enter');
  await page.waitForTimeout(after);
  await bar(page).fill(short);
  const [answer] = await Promise.all([
    page.evaluate((patience) => globalThis.uiProbe.answered(patience), PATIENCE),
    bar(page).press('Enter'),
  ]);
  await settle(page);
  return answer.rows;
}

/** Types letter by letter; gives the time of each from its event to the paint that follows. Units: ms. */
export async function typeQuery(page: Page, text: string): Promise<readonly number[]> {
  await bar(page).fill('');
  await page.waitForTimeout(AFTER_TYPING);
  await page.evaluate(() => globalThis.uiProbe.keystrokes());
  await bar(page).pressSequentially(text, { delay: 60 });
  await page.waitForTimeout(AFTER_TYPING);
  const times = await page.evaluate(() => globalThis.uiProbe.keystrokes());
  await bar(page).press('Escape');
  return times;
}

/** Opens a chain by a click in the list of chains. Gives the time from there to its rows on screen. Units: ms. */
export async function openChain(page: Page, index: number): Promise<number> {
  const took = await page.evaluate(([at, patience]) => globalThis.uiProbe.chainDrawn(at, patience), [index, PATIENCE] as const);
  if (took === undefined) throw new Error(`chain ${String(index)} was not drawn in ${String(PATIENCE / 1000)} s`);
  await settle(page);
  return took;
}

/** Turns the wheel over the table of calls. */
export async function scrollCalls(page: Page): Promise<Scrolled> {
  const box = await isCalls(page).boundingBox();
  if (box === null) throw new Error('the table of calls is not there');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(() => {
    globalThis.uiProbe.startScroll();
  });
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) await page.mouse.wheel(0, WHEEL_STEP);
  await page.waitForTimeout(500);
  return page.evaluate(() => globalThis.uiProbe.stopScroll());
}
