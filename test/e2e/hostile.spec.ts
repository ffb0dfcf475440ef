import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { goToScreen, settle } from '../support/screens.ts';
import { startServe } from '../support/serve.ts';
import { PLANTED } from '../support/trust/hostile-bundle.ts';
import { makeHostileCase } from '../support/trust/hostile-case.ts';
import { marksIn } from '../support/trust/vectors.ts';

test.use({ trace: 'off' });

/** Everything, on two busy cores. Units: ms. */
const ALL = 180_000;
const SCREENS_OF_CASE = ['Overview', 'Evidence', 'Calls', 'Chains', 'Graph', 'Inventory', 'Identities', 'Findings', 'Report', 'Cases', 'Settings'] as const; // prettier-ignore
/** Rows that are opened of each table, and menus and dialogs of each screen. */
const ROWS = 2;
const OPENERS = 6;
/** Longest wait for something to be clicked that may be covered or gone. Units: ms. */
const TRY = 700;

/** Calls of the other sources: those of the first screen come from one. */
const MORE_CALLS = ['#/calls?q=host%3Aapi.example', '#/calls?q=host%3Atools.example'];

/** What a page shows, and what of it is not as it should be. */
interface Seen {
  readonly marks: Set<string>;
  readonly faults: Set<string>;
  looks: number;
}

/** Looks at the page as it stands: nothing ran, no attribute acts on evidence, no secret is anywhere in it. */
async function look(page: Page, seen: Seen, where: string): Promise<void> {
  const { text, html, faults } = await page.evaluate(() => {
    const found: string[] = [];
    if ('owned' in window) found.push(`a script ran: ${String(window.owned)}`);
    const acting = ['src', 'srcdoc', 'srcset', 'href', 'xlink:href', 'action', 'formaction', 'poster', 'data', 'ping', 'background', 'style'];
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(`${element.localName} has ${name}`);
        if (!acting.includes(name) || (name === 'href' && value.startsWith('#'))) continue;
        if (/q\d+f-|198\.51\.100\.7|javascript:/i.test(value)) found.push(`${element.localName} ${name}: ${value.slice(0, 80)}`);
      }
    const fields = [...document.querySelectorAll('input, textarea')].map((each) => ('value' in each ? String(each.value) : ''));
    return { text: [document.body.innerText, ...fields].join('\n'), html: document.documentElement.outerHTML + fields.join('\n'), faults: found };
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

/** Goes through a screen: its tabs, the first rows of its tables with the tabs of their details, its menus and dialogs, what hovering shows. */
async function explore(page: Page, seen: Seen, screen: string): Promise<void> {
  const rows = (): Promise<void> =>
    each(page, 'main [role="grid"] [data-index], main .row-button, main .node', ROWS, async (row) => {
      await look(page, seen, `${screen}, row ${row}`);
      await each(page, 'main [role="tabpanel"] [role="tab"], main aside [role="tab"], main section [role="tab"]', 7, (tab) =>
        look(page, seen, `${screen}, row ${row}, ${tab}`),
      );
    });
  await look(page, seen, screen);
  await rows();
  await each(page, 'main [role="tablist"] >> nth=0 >> [role="tab"]', 6, async (tab) => {
    await look(page, seen, `${screen}, ${tab}`);
    await rows();
  });
  await each(page, 'main [aria-haspopup="menu"], main [aria-haspopup="dialog"], main button:has-text("…")', OPENERS, async (opener) => {
    await look(page, seen, `${screen}, ${opener}`);
    await page.keyboard.press('Escape');
    await settle(page);
  });
  for (const cell of (await page.locator('main [title], main [aria-describedby]').all()).slice(0, 3)) {
    await cell.hover({ timeout: TRY }).catch(() => undefined);
    await look(page, seen, `${screen}, tooltip`);
  }
}

/** The files of an export, which may be a folder. */
const filesOf = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
    : [path];

test('a bundle with an attack in every field: nothing of it runs, loads, navigates or is a secret, on any screen and in any export', async ({
  page,
  context,
}) => {
  test.setTimeout(ALL);
  const made = await makeHostileCase();
  const served = await startServe([made.casePath]);
  try {
    const complaints: string[] = [];
    const asked = new Set<string>();
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      const isOurs = /Blocked script execution in '.*\/blob\/[0-9a-f]+'/.test(message.text()); // Playwright's own script in the report's frame
      if (!isOurs && message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('download', () => complaints.push('a download'));
    page.on('request', (request) => asked.add(new URL(request.url()).host));
    context.on('page', () => complaints.push('a window opened'));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`the policy stopped ${violatedDirective} ${blockedURI}`);
      });
    });
    await page.goto(served.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    const origin = new URL(page.url()).origin;
    const seen: Seen = { marks: new Set(), faults: new Set(), looks: 0 };
    for (const screen of SCREENS_OF_CASE) {
      await goToScreen(page, screen);
      await explore(page, seen, screen);
      expect(new URL(page.url()).origin).toBe(origin);
    }
    for (const place of MORE_CALLS) {
      await page.evaluate((hash) => {
        window.location.hash = hash;
      }, place);
      await settle(page);
      await explore(page, seen, place);
    }
    expect([...seen.faults]).toEqual([]);
    expect(complaints).toEqual([]);
    expect([...asked].filter((host) => host !== '' && host !== new URL(origin).host)).toEqual([]);
    const fields = new Set([...seen.marks].map((mark) => mark.replace(/^q\d+f-/, '')));
    // Else nothing was proved: the texts must stand there, as text.
    expect(fields.size).toBeGreaterThan(60);
    console.log(
      `${String(seen.looks)} looks, ${String(seen.marks.size)} attacks of ${String(fields.size)} fields stood on screens as text`,
    );

    // The control: what would load if a screen made markup of it is seen by the look, and stopped and told by the policy.
    const control: Seen = { marks: new Set(), faults: new Set(), looks: 0 };
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('img'), { src: 'http://198.51.100.7/q1f-control-q.png' }));
    });
    await look(page, control, 'control');
    expect([...control.faults]).toHaveLength(1);
    expect(complaints.join()).toContain('the policy stopped img-src');

    for (const secret of PLANTED) expect(served.printed().includes(secret), 'the log has a secret').toBe(false);
    for (const [format, path] of made.exports)
      for (const file of filesOf(path))
        for (const secret of PLANTED) expect(readFileSync(file, 'utf8').includes(secret), `${format} has a secret`).toBe(false);
    const report = await context.newPage();
    complaints.splice(0);
    const loads: string[] = [];
    report.on('request', (request) => loads.push(request.url()));
    report.on('dialog', (dialog) => void dialog.dismiss());
    const url = pathToFileURL(made.exports.get('html') ?? '').href;
    await report.goto(url);
    expect(await report.evaluate(() => 'owned' in window)).toBe(false);
    expect(loads).toEqual([url]);
    expect(marksIn(await report.evaluate(() => document.body.innerText)).length).toBeGreaterThan(20);
  } finally {
    await served.stop();
    rmSync(made.folder, { recursive: true, force: true });
  }
});
