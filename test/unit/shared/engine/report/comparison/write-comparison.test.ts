import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import type { Comparison } from '#shared/contract/compare.ts';
import { writeComparison } from '#shared/engine/report/comparison/write-comparison.ts';

const finding = (id: string, title: string) =>
  ({ id, title, detector: 'shadow-endpoint', severity: 'high', family: 'posture', status: 'suggested', endpoints: [] }) as const;
const side = (title: string) => ({ title, calls: 3, weeks: [] });
const nothing = { new: [], gone: [], changed: [], same: 0 };
const comparison: Comparison = {
  before: side('March'),
  after: side('<img src=x onerror=alert(1)>'),
  endpoints: { ...nothing, changed: [] },
  principals: { ...nothing, new: [{ id: 'agent:bot', label: 'bot', kind: 'agent', calls: 2 }] },
  dataTypes: { new: ['email'], gone: [] },
  findings: {
    fixed: [
      { ...finding('a', 'mended'), endpoints: ['x', 'y'], calledAgain: 2 },
      { ...finding('b', 'silent'), endpoints: ['z'], calledAgain: 0 },
      { ...finding('e', 'receiver gone'), endpoints: ['x', 'z'], calledAgain: 1 },
    ],
    new: [finding('c', 'came <script>1</script>')],
    persisting: [finding('d', 'stayed')],
  },
};

function page(of: Comparison): string {
  let html = '';
  writeComparison(of, { version: '1', sha256Hex: (text) => nodeCrypto.sha256Hex(text), write: (text) => (html += text) });
  return html;
}

test('findings stand as new, persisting and fixed, and a fix that nothing shows is not called one', () => {
  const html = page(comparison);
  for (const caption of ['New: 1', 'Persisting: 1', 'Not found any more: 3']) expect(html).toContain(caption);
  expect(html).toContain('1 fixed, 2 gone but not shown to be fixed, 1 new, 1 persisting');
  expect(html).toContain('fixed: all of its 2 endpoints were called again');
  expect(html).toContain('not shown to be fixed: its endpoint was not called again');
  expect(html).toContain('not shown to be fixed: 1 of its 2 endpoints were called again');
  expect(html).toContain('<code>bot</code>');
  expect(html).not.toContain('agent:bot');
});

test('figures stand with both values, and other definitions are said', () => {
  const row = { label: 'agents', definition: 'Distinct callers.', before: '2', after: '5' };
  const html = page({ ...comparison, figures: { versions: [1, 2], rows: [row, { label: 'write calls', definition: '', after: '9 %' }] } });
  expect(html).toMatch(/agents<\/td>.*2<\/td>.*5<\/td>/);
  expect(html).toMatch(/write calls<\/td>.*no input<\/td>.*9\u202f%<\/td>/);
  expect(html).toContain('version 1 earlier and 2 later');
});

test('names of the evidence are text, and the same cases give the same bytes', () => {
  const html = page(comparison);
  expect(html).not.toMatch(/<img|<script/);
  expect(html).toBe(page(comparison));
});

test('windows of one case say that findings are not compared', () => {
  const { findings: _findings, ...windows } = comparison;
  expect(page(windows)).toContain('not compared between windows');
});
