/** Every vector in every field of the printed report, opened in a browser: nothing runs, nothing is asked for, no element comes of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '#electron/node/pdf/browser.ts';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { writeHtml } from '#shared/engine/report/html.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';
import { VECTORS, vectorFor } from '#test/support/trust/vectors.ts';

/** Vectors that stand side by side in each field of one page. */
const BATCH = 25;
/** Every batch costs the browser a second on a busy machine: one in six here, all of them in `npm run scorecard`. */
const STEP = process.env['SPOOR_EVERY_VECTOR'] === '1' ? 1 : 6;
const COUNT = Math.ceil(VECTORS.length / STEP);
/** Texts of the evidence that the report of the fixture holds. */
const FIELDS = 60;
const PATIENCE = 180_000;

let browser: Browser;
let folder = '';
beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('this test needs Chromium; npm test installs it');
  browser = await chromium.launch({ executablePath });
  folder = mkdtempSync(join(tmpdir(), 'spoor-vectors-'));
}, 60_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The report with `text` before each text of the evidence; `fields` are those that a page of honest texts has. */
function spoilt(text: string): { readonly html: string; readonly fields: number } {
  const fields = new Set<string>();
  const view = sampleReportView((honest) => {
    fields.add(honest);
    return `${text}${honest}`;
  });
  const output = collect();
  writeHtml(view, output, nodeCrypto);
  return { html: output.text(), fields: fields.size };
}

test(`${String(COUNT)} vectors in ${String(FIELDS)} fields of the report become no element and no attribute; a page is opened, too`, { timeout: PATIENCE }, async () => {
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  let fields = 0;
  for (let from = 0; from < VECTORS.length; from += BATCH * STEP) {
    const batch = Array.from({ length: Math.min(BATCH, VECTORS.length - from) }, (_, index) => vectorFor('report', from + index));
    const made = spoilt(`${batch.join(' ')} `);
    ({ fields } = made);
    // Read by the browser's own parser, which draws nothing: thousands of long words take it minutes to draw.
    const acting = await page.evaluate((html) => {
      const read = new DOMParser().parseFromString(html, 'text/html');
      return [...read.querySelectorAll('*')].flatMap((element) => [
        ...(/^(?:script|img|image|iframe|object|embed|form|link|base|video|audio|input|template|dialog|details|x|math|marquee)$/.test(element.localName) ? [element.localName] : []),
        ...element.getAttributeNames().filter((name) => name.startsWith('on') || ['style', 'src', 'srcdoc', 'action', 'ping', 'poster', 'data'].includes(name)),
        ...(element.localName === 'meta' && (element.getAttribute('http-equiv') ?? '') === 'refresh' ? ['refresh'] : []),
      ]);
    }, made.html);
    expect(acting).toEqual([]);
    if (from > 0) continue;
    writeFileSync(join(folder, 'page.html'), made.html);
    const url = pathToFileURL(join(folder, 'page.html')).href;
    await page.goto(url);
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect(requests).toEqual([url]);
    await page.goto('about:blank');
  }
  expect(fields).toBeGreaterThanOrEqual(FIELDS);
}); // prettier-ignore
