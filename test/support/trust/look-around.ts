import type { Page } from '@playwright/test';
import { settle } from '../screens.ts';
import { PLANTED } from './hostile-bundle.ts';
import { marksIn } from './vectors.ts';

/** Rows that are opened of each table, and menus and dialogs of each screen. */
const ROWS = 3;
const OPENERS = 6;
/** All sources of the hostile bundle. */
const SOURCES = 6;
/** Parts that a screen can be turned to. */
const SEGMENTS = 4;
/** Rows of every kind of table and list. */
const ROW = 'main [role="grid"] [data-index], main .inv-row-endpoint, main .finding-row, main .node';
const TABS_OF_DETAILS = 'main [role="tabpanel"] [role="tab"], main aside [role="tab"], main section [role="tab"]';
/** Longest wait for something to be clicked that may be covered or gone. Units: ms. */
const TRY = 700;

/** What a page shows, and what of it is not as it should be. */
export interface Seen {
  readonly marks: Set<string>;
  readonly faults: Set<string>;
  looks: number;
}

/** Looks at the page as it stands: nothing ran, no attribute acts on evidence, no secret is anywhere in it. */
export async function look(page: Page, seen: Seen, where: string): Promise<void> {
  const { text, html, faults } = await page.evaluate(() => {
    const found: string[] = [];
    if ('owned' in window) found.push(`a script ran: ${String(window.owned)}`);
    const labels: string[] = []; // what is elided on the screen is read out and shown whole
    const acting = ['src', 'srcdoc', 'srcset', 'href', 'xlink:href', 'action', 'formaction', 'poster', 'data', 'ping', 'background', 'style'];
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        if (name === 'aria-label' || name === 'title') labels.push(value);
        if (name.startsWith('on')) found.push(`${element.localName} has ${name}`);
        if (!acting.includes(name) || (name === 'href' && value.startsWith('#'))) continue;
        if (/q\d+f-|198\.51\.100\.7|javascript:/i.test(value)) found.push(`${element.localName} ${name}: ${value.slice(0, 80)}`);
      }
    const fields = [...document.querySelectorAll('input, textarea')].map((each) => ('value' in each ? String(each.value) : ''));
    return { text: [document.body.innerText, ...fields, ...labels].join('\n'), html: document.documentElement.outerHTML + fields.join('\n'), faults: found };
  }); // prettier-ignore
  seen.looks += 1;
  for (const mark of marksIn(text)) seen.marks.add(mark);
  for (const fault of faults) seen.faults.add(`${where}: ${fault}`);
  for (const secret of PLANTED) if (html.includes(secret)) seen.faults.add(`${where}: shows the secret ${secret}`);
}

/** Clicks what a locator finds, one after the other, and looks at each; what is covered or gone by then is left out. */
async function each(page: Page, selector: string, most: number, then: (what: string) => Promise<void>): Promise<void> {
  const found = page.locator(selector);
  for (let index = 0; index < Math.min(most, await found.count()); index += 1) {
    const one = found.nth(index);
    const name = ((await one.textContent({ timeout: TRY }).catch(() => '')) ?? '').slice(0, 20);
    const isClicked = await one.click({ timeout: TRY }).then(
      () => true,
      () => false,
    );
    if (isClicked) {
      await settle(page);
      await then(name);
    }
  }
}

/** Looks at what a row opens, and at each of its tabs. */
async function openRow(page: Page, seen: Seen, where: string): Promise<void> {
  await look(page, seen, where);
  await each(page, TABS_OF_DETAILS, 7, (tab) => look(page, seen, `${where}, ${tab}`));
}

/** Goes through what a place shows: sources, the first rows of its tables with the tabs of their details, the parts it can be turned to, its menus and dialogs, what hovering shows. */
export async function explore(page: Page, seen: Seen, place: string): Promise<void> {
  await look(page, seen, place);
  await each(page, 'main .row-button', SOURCES, (source) => look(page, seen, `${place}, ${source}`));
  await each(page, ROW, ROWS, (row) => openRow(page, seen, `${place}, row ${row}`));
  await each(page, 'main [aria-haspopup="menu"], main [aria-haspopup="dialog"], main button:has-text("…")', OPENERS, async (opener) => {
    await look(page, seen, `${place}, ${opener}`);
    await page.keyboard.press('Escape');
    await settle(page);
  });
  await each(page, 'main .segmented button', SEGMENTS, async (segment) => {
    await look(page, seen, `${place}, ${segment}`);
    await each(page, ROW, 1, (row) => openRow(page, seen, `${place}, ${segment}, row ${row}`));
  });
  for (const cell of (await page.locator('main [title], main [aria-describedby]').all()).slice(0, 3)) {
    await cell.hover({ timeout: TRY }).catch(() => undefined);
    await look(page, seen, `${place}, tooltip`);
  }
}
