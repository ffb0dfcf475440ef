import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { goToScreen, settle } from '../support/screens.ts';
import { startServe } from '../support/serve.ts';
import { PLANTED } from '../support/trust/hostile-bundle.ts';
import { makeHostileCase } from '../support/trust/hostile-case.ts';
import { openEverything } from '../support/trust/everything-open.ts';
import { ATTACKED, NOT_ATTACKED, NOT_SHOWN } from '../support/trust/attacked.ts';
import { readAttacks } from '../support/trust/evidence-fields.ts';
import { explore, look, type Seen } from '../support/trust/look-around.ts';
import { fieldsIn, marksIn } from '../support/trust/vectors.ts';

test.use({ trace: 'off' });

/** Everything, on two busy cores. Units: ms. */
const ALL = 180_000;
const SCREENS_OF_CASE = ['Overview', 'Evidence', 'Calls', 'Chains', 'Graph', 'Inventory', 'Identities', 'Findings', 'Report', 'Cases', 'Settings'] as const; // prettier-ignore

/** Places that no click of the exploring leads to: calls of the other sources, and what descriptions say. */
const MORE_PLACES = ['#/calls?q=host%3Aapi.example%20header.mcp-session-id%3A*window.owned*', '#/calls?q=host%3Atools.example', '#/calls?q=host%3Aapi.example%20record%3A3', '#/inventory?filter=spec%3Aorphan', '#/inventory?endpoint=POST%20api.example%2Fv1%2Fknown%2F%7Bid%7D'] as const; // prettier-ignore

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
    for (const place of MORE_PLACES) {
      await page.evaluate((hash) => {
        window.location.hash = hash;
      }, place);
      await settle(page);
      await explore(page, seen, place);
    }
    await openEverything(page);
    await look(page, seen, 'Calls, every facet');
    expect([...seen.faults]).toEqual([]);
    expect(complaints).toEqual([]);
    expect([...asked].filter((host) => host !== '' && host !== new URL(origin).host)).toEqual([]);
    // Else nothing was proved: the texts must stand there, as text. Whatever the case holds of an attack, a screen has shown.
    const fields = fieldsIn([...seen.marks].join(' '));
    const held = await readAttacks(made.casePath);
    expect([...held.fields].filter((field) => !fields.has(field)).sort()).toEqual([...NOT_SHOWN].sort());
    expect(
      NOT_ATTACKED.filter((column) => held.columns.includes(column)),
      'is attacked by now',
    ).toEqual([]);
    expect(
      ATTACKED.filter((column) => !held.columns.includes(column)),
      'holds no attack',
    ).toEqual([]);
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
