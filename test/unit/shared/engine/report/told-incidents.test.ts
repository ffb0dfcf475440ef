import { expect, test } from 'vitest';
import type { Block, Cell } from '#shared/engine/report/blocks.ts';
import { plainPrinting } from '#shared/engine/report/printing.ts';
import type { ReportView } from '#shared/engine/report/section.ts';
import { summary } from '#shared/engine/report/sections/summary.ts';
import { timeline } from '#shared/engine/report/sections/timeline.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const print = (view: ReportView) => ({ ...view, printing: plainPrinting, jsonSha256: '' });
const textOf = (cell: Cell): string => cell.map((inline) => ('text' in inline ? inline.text : '')).join('');
const tablesOf = (blocks: readonly Block[]) => blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
const headingsOf = (blocks: readonly Block[]) => blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));

/** The sample with a second incident: its first call of evidence moved to a finding and a story of its own. */
function withTwo({ severity = 'high' as const, seconds = '59' } = {}): ReportView {
  const view = sampleReportView();
  const [finding, ...others] = view.json.findings;
  const [incident] = view.json.incidents;
  if (finding === undefined || incident === undefined) throw new Error('no incident in the sample');
  const [moved = '', ...kept] = finding.calls;
  const window = [`2026-03-13T09:00:${seconds}.000000Z`, '2026-03-13T11:00:00.000000Z'] as const;
  const second = { ...finding, id: 'token-replay-context:x', title: 'jwt-2 was used in two places', severity, calls: [moved], window };
  return {
    ...view,
    remarks: [],
    json: {
      ...view.json,
      findings: [{ ...finding, calls: kept }, second, ...others],
      incidents: [
        { ...incident, calls: kept.length },
        { ...incident, number: 2, story: 'shop-sync, 2026-03-13 09:00 UTC', severity, findings: [second.id], calls: 1, window, people: 0, steps: [] },
      ],
    },
  };
} // prettier-ignore

test('of two incidents each has its own heading, steps and table, and no call of the other', () => {
  const view = withTwo();
  const blocks = timeline.build(print(view));
  expect(headingsOf(blocks)).toEqual([`Incident 1: ${view.json.incidents[0]?.story ?? ''}`, 'Incident 2: shop-sync, 2026-03-13 09:00 UTC']);
  const numbers = tablesOf(blocks).map(({ rows }) => [...new Set(rows.filter((row) => row.length > 1).map((row) => textOf(row.at(-1) ?? [])))]);
  expect(numbers).toEqual([['1'], ['2']]);
}); // prettier-ignore

test('the first page tells each incident on its line, with its own calls and people', () => {
  const [table] = tablesOf(summary.build(print(withTwo())));
  expect(table?.rows.map((row) => [textOf(row[0] ?? []), textOf(row[3] ?? []), textOf(row[4] ?? [])])).toEqual([
    ['1', '3', '≥ 3'],
    ['2', '1', '–'],
  ]);
});

test('one incident needs no table of incidents', () => {
  expect(tablesOf(summary.build(print(sampleReportView())))).toEqual([]);
});

test('a faint incident beside a grave one is not told on the first page, and stands in a table of its own', () => {
  const view = withTwo({ severity: 'low' as never });
  expect(tablesOf(summary.build(print(view)))).toEqual([]);
  expect(headingsOf(timeline.build(print(view))).at(-1)).toBe('Fainter or further incidents');
});

test('calls minutes apart are rows of their own until there are too many, then an hour or a day joins them', () => {
  const view = sampleReportView();
  const [finding] = view.json.findings;
  const [incident] = view.json.incidents;
  if (finding === undefined || incident === undefined) throw new Error('no incident in the sample');
  const refs = Array.from({ length: 96 }, (_, index) => `slow.log#${String(index + 1)}`);
  const base = view.call(finding.calls[0] ?? '');
  const at = (index: number): string => new Date(Date.UTC(2026, 2, 12, 0, index * 30)).toISOString().replace('Z', '000Z');
  const call = (ref: string) => base && { ...base, ref, time: at(Number(ref.split('#')[1]) - 1) };
  const json = { ...view.json, findings: [{ ...finding, calls: refs }], incidents: [{ ...incident, findings: [finding.id], calls: 96 }] };
  const [table] = tablesOf(timeline.build(print({ ...view, remarks: [], call, json })));
  expect(table?.caption).toContain('until a pause of an hour');
  // Two days, each a row under its own head.
  expect(table?.rows.map((row) => textOf(row[row.length === 1 ? 0 : 3] ?? []))).toEqual(['2026-03-12', '48', '2026-03-13', '48']);
});
