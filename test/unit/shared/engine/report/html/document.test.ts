import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { writeHtml } from '#shared/engine/report/html.ts';
import { reportSections } from '#shared/engine/report/index.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

function page(view = sampleReportView()): string {
  const output = collect();
  writeHtml(view, output, nodeCrypto);
  return output.text();
}

test('the policy allows the one style by its hash and nothing else', () => {
  const html = page();
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy).toBe(
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`,
  );
});

test('every section is there, numbered or lettered, and in the contents', () => {
  const html = page();
  for (const section of reportSections.filter((each) => each.part !== 'front')) {
    expect(html).toContain(`<h2 id="${section.id}">`);
    expect(html).toContain(`<a href="#${section.id}">`);
  }
});

test('every link leads to an element of the page, and no id stands twice', () => {
  const html = page();
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const match of html.matchAll(/href="([^"]*)"/g)) {
    expect(match[1]).toMatch(/^#/);
    expect(ids).toContain(match[1]?.slice(1));
  }
});

test('the same case gives the same page', () => {
  expect(page()).toBe(page());
});

test('the first page answers what happened, how bad, how sure and what now', () => {
  const html = page();
  for (const question of ['What happened', 'How bad is it', 'How sure are we', 'What now']) expect(html).toContain(`<h3>${question}</h3>`);
  expect(html).toContain('support-bot read card data of 3 customers and posted it to paste.evil.test');
});

test('a case without a call does not say that nothing is wrong', () => {
  const view = sampleReportView();
  const html = page({ ...view, json: { ...view.json, findings: [], incidents: [], coverage: { ...view.json.coverage, calls: 0 } } });
  expect(html.match(/No call could be read from the evidence, so nothing was looked for/g)).toHaveLength(2);
  expect(html).not.toContain('No rule for incidents found anything');
});

test('a case without findings, chains, times or descriptions says so in every section', () => {
  const view = sampleReportView();
  const { window: _window, ...withoutWindow } = view.json.case;
  const html = page({
    ...view,
    json: {
      ...view.json,
      case: { ...withoutWindow, title: '' },
      findings: [],
      incidents: [],
      endpoints: [],
      principals: [],
      credentials: [],
      sources: [],
      revocation: [],
      revocationCallers: [],
    },
    overview: { ...view.overview, specs: 0, story: [], edgesByKind: {} },
    activity: { binSeconds: 0, bins: [] },
    chains: () => [],
    chain: () => undefined,
  });
  expect(html).toContain('No rule for incidents found anything in the evidence.');
  expect(html).toContain('None: no rule found what it looks for.');
  expect(html).toContain('None recorded.');
  expect(html).toContain('No record carries a time.');
  expect(html).toContain('No credential takes part in an incident');
  expect(html).not.toMatch(/undefined|NaN|\[object/);
});
