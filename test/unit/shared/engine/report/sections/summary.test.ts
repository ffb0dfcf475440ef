import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { pagesOfDestinations } from '#electron/node/pdf/pages.ts';
import { printPdf } from '#electron/node/pdf/pdf.ts';
import { writeHtml } from '#shared/engine/report/html.ts';
import { plainPrinting } from '#shared/engine/report/printing.ts';
import type { ReportView } from '#shared/engine/report/section.ts';
import { shortClaim } from '#shared/engine/report/sections/summary.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-summary-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** As long as the claims, the steps and the windows of real cases get. */
const CLAIM =
  'token-80 of partner:ledgerlink-sync read orders of 12 customers that it had not asked for before, and 10 hours 23 minutes later sent them to upload.files.example: after 24 calls from 185.109.216.0/24, 148 calls from 77.163.40.0/24 and 94.210.12.0/24, back and forth 30 times';
const STEP = 'Revoke token-80, and find out how 77.163.40.0/24, 94.210.12.0/24 and 62.45.203.0/24 came by it';

/** The sample with as many incidents as there may be told, each of them long in every place. */
function withIncidents(many: number): ReportView {
  const view = sampleReportView();
  const [finding, ...others] = view.json.findings;
  const [incident] = view.json.incidents;
  if (finding === undefined || incident === undefined) throw new Error('no incident in the sample');
  const numbers = Array.from({ length: many }, (_, index) => index + 1);
  // Of one moment, which takes a sentence of its own to say.
  const window = ['2026-03-11T09:00:00.000000Z', '2026-03-21T11:00:00.000000Z'] as const;
  const idOf = (number: number): string => `${finding.id}-${String(number)}`;
  return {
    ...view,
    activity: { binSeconds: 3600, bins: Array.from({ length: 48 }, (_, hour) => ({ start: new Date(Date.UTC(2026, 2, 11, hour)).toISOString(), calls: 400, failed: 20, inFindings: 9 })) },
    json: {
      ...view.json,
      findings: [...numbers.map((number) => ({ ...finding, id: idOf(number), title: CLAIM, window, remediation: [STEP] })), ...others],
      incidents: numbers.map((number) => ({ ...incident, number, findings: [idOf(number)], window, calls: 12_345, people: 1_280, listsOfPeople: 28 })),
    },
  };
} // prettier-ignore

const COUNTS = [1, 2, 3, 5];
const OTHERS = ['scope', 'evidence', 'method', 'findings', 'timeline', 'actions', 'limits', 'inventory', 'files', 'rejected', 'notification', 'figures', 'risks']; // prettier-ignore

/** The first pages of several reports as one document, to be printed in one go, on the paper that is the shorter one. */
function summariesOnLetter(): string {
  const pages = COUNTS.map((many) => {
    const output = collect();
    writeHtml(withIncidents(many), output, nodeCrypto, { ...plainPrinting, settings: { paper: 'letter', audience: '', omitted: OTHERS } });
    return output.text();
  });
  const summaries = pages.map((page, index) => {
    const from = page.indexOf('<section class="body section-summary"');
    return page.slice(from, page.indexOf('</section>', from)).replace('id="summary"', `id="summary-${String(index)}"`);
  });
  const [first = ''] = pages;
  const ids = [...summaries.keys(), 'end'].map((name) => `summary-${String(name)}`);
  const links = `<p>${ids.map((id) => `<a href="#${id}">${id}</a>`).join(' ')}</p>`;
  return `${first.slice(0, first.indexOf('<main'))}<main>${links}${summaries.join('</section>')}</section><h2 id="summary-end">End</h2></main></body></html>`;
}

test('the summary of one to five long incidents is one page', async () => {
  const [html, pdf] = [join(folder, 'summaries.html'), join(folder, 'summaries.pdf')];
  writeFileSync(html, summariesOnLetter());
  await printPdf(html, pdf);
  const pages = pagesOfDestinations(readFileSync(pdf));
  expect(COUNTS.map((many, index) => [many, pages.get(`summary-${String(index)}`)])).toEqual(COUNTS.map((many, index) => [many, index + 2]));
  expect(pages.get('summary-end')).toBe(COUNTS.length + 2);
}, 60_000); // prettier-ignore

test('a long claim ends before its colon, a comma, or at a word', () => {
  expect(shortClaim('jwt-2 was used in two places', 125)).toBe('jwt-2 was used in two places');
  expect(shortClaim(`token-80 of ledgerlink was used in 4 places in turn: ${'after 24 calls '.repeat(9)}`, 125)).toBe(
    'token-80 of ledgerlink was used in 4 places in turn',
  );
  expect(shortClaim('word '.repeat(40), 125)).toMatch(/word …$/);
  expect(shortClaim(`${'word '.repeat(20)}, which ${'word '.repeat(20)}`, 125)).toMatch(/word $/);
  expect(shortClaim(CLAIM, 125).length).toBeLessThanOrEqual(127);
});
