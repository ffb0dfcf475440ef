import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { writeHtml } from '#shared/engine/report/html.ts';
import { plainPrinting, type Printing } from '#shared/engine/report/printing.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

function page(printing: Partial<Printing>): string {
  const output = collect();
  writeHtml(sampleReportView(), output, nodeCrypto, { ...plainPrinting, ...printing });
  return output.text();
}

test('a section that is left out leaves neither a dead link nor a gap in the numbers', () => {
  const html = page({ settings: { audience: '', omitted: ['evidence', 'findings'] } });
  expect(html).not.toContain('<h2 id="findings">');
  expect(html).toContain('<h2 id="timeline"><span class="number">4</span>');
  const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]));
  for (const [, to] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(to);
});

test('a board gets no list of calls, files or principals', () => {
  const html = page({ profile: 'board' });
  for (const id of ['findings', 'evidence', 'timeline', 'inventory']) expect(html).not.toContain(`<h2 id="${id}">`);
  for (const id of ['summary', 'actions', 'limits', 'risks', 'notification', 'figures']) expect(html).toContain(`<h2 id="${id}">`);
});

test('the numbers of a board begin at 1 and A, and what refers to a part names it as it is there', () => {
  const labels = (html: string): readonly string[] =>
    [...html.matchAll(/<h2 id="[a-z-]+"><span class="number">(\w+)<\/span>/g)].map(([, label = '']) => label);
  const [board, whole] = [page({ profile: 'board' }), page({})];
  expect(labels(board)).toEqual(['1', '2', '3', 'A', 'B', 'C', 'D', 'E']);
  expect(labels(whole)).toEqual('1 2 3 4 5 6 7 8 A B C D E F G H I J K L'.split(' '));
  expect(board).toContain('<a href="#actions">section 2</a> says how');
  expect(whole).toContain('<a href="#actions">section 7</a> says how');
  expect(board).toContain('compare with the full report.');
  expect(whole).toContain('compare with <a href="#files">annex B</a>.');
});

test('the mark stands in the head of each page, and silence is not a mark', () => {
  expect(page({ settings: { tlp: 'amber-strict', audience: 'Counsel <b>', omitted: [] } })).toContain('TLP:AMBER+STRICT');
  expect(page({ settings: { audience: 'Counsel <b>', omitted: [] } })).toContain('Counsel &lt;b&gt;');
  expect(page({})).toContain('TLP not set: treat as restricted');
});

test('only a signed report holds a time of the analyst: who, when, what was signed, and the log', () => {
  const signOff = {
    name: 'A. Nalyst',
    role: 'lead',
    time: '2026-11-22T10:00:00.000Z',
    reportSha256: 'f'.repeat(64),
    chainHead: 'e'.repeat(64),
  };
  const html = page({ signOff, log: [{ entry: 1, at: '2026-11-22T09:00:00.000Z', text: 'dismissed <i>one</i>' }] });
  expect(html).toContain('A. Nalyst, lead, <span class="whole">2026-11-22 </span>10:00 UTC');
  expect(html).toContain('dismissed &lt;i&gt;one&lt;/i&gt;');
  expect(page({})).not.toContain('2026-11-22');
});
