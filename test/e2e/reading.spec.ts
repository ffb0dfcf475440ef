import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { findAxeFaults } from '../support/axe.ts';
import { goToScreen, settle } from '../support/screens.ts';
import { startServe } from '../support/serve.ts';

/** A server, a new import and an analysis for every test: on two busy cores that takes a while. Units: ms. */
const SLOW = 180_000;
/** How long reading a small source again may take there. Units: ms. */
const READING = 60_000;

const SECOND = 1000;
const times = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.UTC(2026, 9, 1) + index * 600 * SECOND).toISOString());
const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Evidence that needs an analyst: a format of its own, records of their own, stamps without a zone, rejected lines. */
const EVIDENCE: Readonly<Record<string, string>> = {
  'gateway.log': times(60)
    .map((time, index) => {
      const stamp = `${time.slice(8, 10)}/Oct/2026:${time.slice(11, 19)} +0000`;
      return index === 7 ? 'this is no request\n' : `192.0.2.7 - bot [${stamp}] "GET /v1/a/${String(index)} HTTP/1.1" 200 5 "-" "curl/8"\n`;
    })
    .filter((_, index) => index < 20 || index > 40)
    .join(''),
  'no-zone.ndjson': jsonLines(
    times(20).map((time) => ({ time: time.slice(0, 19).replace('T', ' '), method: 'GET', path: '/v1/b', status: 200, host: 'b.test' })),
  ),
  'own.ndjson': jsonLines(times(20).map((stamp) => ({ stamp, verb: 'GET', address: '/v1/c', code_of_answer: 200, caller: 'bill-bot' }))),
  'pipes.log': times(20)
    .map((time) => `192.0.2.4|${time}|GET /v1/d HTTP/1.1|200|0.012\n`)
    .join(''),
};

const test = base.extend<{ win: Page }>({
  win: async ({ page }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'spoor-reading-'));
    for (const [name, text] of Object.entries(EVIDENCE)) writeFileSync(join(folder, name), text);
    const served = await startServe(Object.keys(EVIDENCE).map((name) => join(folder, name)));
    await served.opened();
    await page.goto(served.url);
    await goToScreen(page, 'Evidence');
    await use(page);
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});

test.beforeEach(() => {
  test.setTimeout(SLOW);
});

const rowOf = (win: Page, name: RegExp) => win.getByRole('region', { name: 'Sources' }).getByRole('row', { name });

async function readAs(win: Page, name: RegExp): Promise<void> {
  await rowOf(win, name)
    .getByRole('button', { name: /^Read as/ })
    .click();
  await expect(win.getByRole('dialog')).toBeVisible();
}

async function expectNothingWrong(win: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await win.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settle(win);
    expect(await findAxeFaults(win), colorScheme).toEqual([]);
  }
}

test('each source shows when it has calls, its gaps, and the same as a table', async ({ win }) => {
  const strip = rowOf(win, /gateway\.log/).getByRole('img', { name: /Calls from/ });
  await expect(strip).toHaveAccessibleName(
    /^Calls from 2026-10-01 00:00 to 2026-10-01 09:55 UTC; longest silence 3 h 35 m from 2026-10-01 03:15$/,
  );
  await win.getByRole('button', { name: 'gateway.log', exact: true }).click();
  const facts = win.getByRole('region', { name: 'Source gateway.log' });
  await facts.getByText('As a table').click();
  await facts.getByRole('table').getByRole('link').first().click();
  await expect(win.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(win).toHaveURL(/time/);
});

test('a rejected record leads to its raw place, and the rejected ones are saved as a file', async ({ win }) => {
  await win.getByRole('button', { name: 'Rejected', exact: true }).click();
  await win.getByRole('combobox', { name: 'Reason' }).selectOption('LINE_SHAPE');
  await win.getByRole('button', { name: 'View raw place' }).click();
  const start = EVIDENCE['gateway.log']?.indexOf('this is') ?? 0;
  await expect(win.getByText(`gateway.log, record 8, bytes ${String(start)} to ${String(start + 17)} (18 bytes, after`)).toBeVisible();
  const saving = win.waitForEvent('download');
  await win.getByRole('button', { name: 'Export rejected records' }).click();
  const lines = readFileSync(await (await saving).path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ source: 'gateway.log', record: 8, code: 'LINE_SHAPE', severity: 'reject' });
  await expectNothingWrong(win);
});

test('a log format that was pasted is tried as it is typed, says what is wrong, and reads the source', async ({ win }) => {
  await readAs(win, /pipes\.log/);
  const dialog = win.getByRole('dialog');
  await dialog.getByRole('button', { name: 'A log format string' }).click();
  const text = dialog.getByRole('textbox', { name: /^log_format/ });
  await text.fill('$remote_addr$request');
  await expect(dialog.getByText(/nothing stands between remote_addr and request/)).toBeVisible();
  await text.fill('$remote_addr|$time_iso8601|$request|$status|$request_time');
  await expect(dialog.getByText('5 of the first 5 records are read as calls.')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /2026-10-01 00:00:00\.000 GET .*\/v1\/d 200 12 ms/ })).toBeVisible();
  await expectNothingWrong(win);
  await dialog.getByRole('button', { name: 'Read again like this' }).click();
  await expect(dialog).toHaveCount(0, { timeout: READING });
  await expect(rowOf(win, /^pipes\.log/).first()).toContainText('log_format');
});

test('records that nobody knows are read by the proposed mapping, corrected, saved with the case and exported', async ({ win }) => {
  await readAs(win, /own\.ndjson/);
  const dialog = win.getByRole('dialog');
  await expect(dialog.getByRole('combobox', { name: 'Field for method' })).toHaveValue('verb');
  await dialog.getByRole('combobox', { name: 'Add a part of the call' }).selectOption('consumer');
  await dialog.getByRole('combobox', { name: 'Field for consumer' }).selectOption('caller');
  await expect(dialog.getByRole('row', { name: /\/v1\/c 200 .*bill-bot/ }).first()).toBeVisible();
  await expectNothingWrong(win);
  await dialog.getByRole('textbox', { name: 'Name to save it under' }).fill('orders');
  await dialog.getByRole('checkbox', { name: /Save with the case/ }).check();
  const saving = win.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export the mapping' }).click();
  const exported: unknown = JSON.parse(readFileSync(await (await saving).path(), 'utf8'));
  expect(exported).toMatchObject({ name: 'orders', fields: { method: ['verb'], consumer: ['caller'] } });
  await dialog.getByRole('button', { name: 'Read again like this' }).click();
  await expect(dialog).toHaveCount(0, { timeout: READING });
  await expect(rowOf(win, /^own\.ndjson/).first()).toContainText('by a mapping');

  await readAs(win, /pipes\.log/);
  await dialog.getByRole('button', { name: 'A field mapping' }).click();
  await expect(dialog.getByText(/neither JSON records nor a table/)).toBeVisible();
});

test('a mapping file that is none is refused with the reason', async ({ win }) => {
  await readAs(win, /own\.ndjson/);
  const dialog = win.getByRole('dialog');
  await dialog.getByLabel('File with a mapping').setInputFiles({
    name: 'mapping.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"name":"x","requires":[],"fields":{"colour":["a"]}}'),
  });
  await expect(dialog.getByRole('alert')).toContainText('colour');
  await dialog.getByLabel('File with a mapping').setInputFiles({
    name: 'mapping.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"name":"x","requires":[],"fields":{"path":["address"]}}'),
  });
  await expect(dialog.getByRole('combobox', { name: 'Field for path' })).toHaveValue('address');
});

test('stamps without a zone are moved by the zone that is given', async ({ win }) => {
  const row = rowOf(win, /^no-zone\.ndjson/).first();
  await expect(row).toContainText('assumed UTC');
  await row.getByRole('button', { name: /Set the zone/ }).click();
  const dialog = win.getByRole('dialog');
  await dialog.getByRole('combobox', { name: /Time zone of times/ }).fill('Berlin');
  await expect(dialog.getByText('Give UTC, an offset such as +02:00 or a name such as Europe/Brussels')).toBeVisible();
  await dialog.getByRole('combobox', { name: /Time zone of times/ }).fill('Europe/Brussels');
  await dialog.getByRole('button', { name: 'Read again in this zone' }).click();
  await expect(dialog).toHaveCount(0, { timeout: READING });
  await expect(row).toContainText('given: Europe/Brussels');
  await row.getByRole('button', { name: 'no-zone.ndjson', exact: true }).click();
  await expect(win.getByRole('region', { name: 'Source no-zone.ndjson' })).toContainText('2026-09-30 22:00:00.000');
});

test('a withdrawn source stays in sight and counts for nothing, and the analysis is offered', async ({ win }) => {
  await win.getByRole('button', { name: 'gateway.log', exact: true }).click();
  await win.getByRole('button', { name: 'Withdraw…' }).click();
  const dialog = win.getByRole('dialog');
  await expect(dialog).toContainText('38 accepted records');
  await expectNothingWrong(win);
  await dialog.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await expect(rowOf(win, /gateway\.log~withdrawn/)).toContainText('withdrawn', { timeout: READING });
  await expect(win.getByText(/accepted 20 \+ rejected 0/)).toBeVisible();
  await win.getByRole('button', { name: 'Analyse now' }).click();
  await expect(win.getByRole('region', { name: 'Analysis' })).toHaveCount(0, { timeout: READING });
});
