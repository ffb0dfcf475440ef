import { expect, test } from 'vitest';
import { createPseudonymiser } from '#shared/engine/report/profile/pseudonymiser.ts';
import { profiledView } from '#shared/engine/report/profile/profiled-view.ts';
import { plainPrinting } from '#shared/engine/report/printing.ts';
import type { Cell } from '#shared/engine/report/blocks.ts';
import type { ReportView } from '#shared/engine/report/section.ts';
import { remarks } from '#shared/engine/report/sections/remarks.ts';
import { timeline } from '#shared/engine/report/sections/timeline.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const print = (view: ReportView) => ({ ...view, printing: plainPrinting, jsonSha256: '' });
const textOf = (cell: Cell): string => cell.map((inline) => ('text' in inline ? inline.text : '')).join('');

function tableOf(view: ReportView, section = remarks, caption = '') {
  const table = section.build(print(view)).find((block) => block.kind === 'table' && block.caption.startsWith(caption));
  if (table?.kind !== 'table') throw new Error('no table');
  return { rows: table.rows.map((row) => row.map(textOf)), omitted: table.omitted };
}

test('marked calls stand with their marks and notes, in order of time', () => {
  const { rows, omitted } = tableOf(sampleReportView());
  expect(rows.map((row) => row.slice(3))).toEqual([
    ['on the timeline, tag exfil', 'The owner says that this was not theirs.'],
    ['starred', '–'],
  ]);
  expect(omitted).toBe(0);
});

test('a case without a mark has an empty table, which says that there is none', () => {
  expect(tableOf({ ...sampleReportView(), remarks: [] })).toEqual({ rows: [], omitted: 0 });
});

test('a profile hides names and addresses in notes and tags, too', () => {
  const view = sampleReportView();
  const [first] = view.remarks;
  if (first === undefined) throw new Error('no remark');
  const said = { ...first, notes: ['ask ann.lee at ann.lee@corp.test about 10.0.0.7'], tags: ['ann.lee'] };
  const hide = createPseudonymiser('redacted', [{ kind: 'human', name: 'ann.lee', aliases: [] }], []);
  const text = JSON.stringify(tableOf(profiledView({ ...view, remarks: [said] }, hide)));
  for (const name of ['ann.lee', 'corp.test', '10.0.0.7']) expect(text).not.toContain(name);
});

test('a call that is marked stands in the timeline although no finding names it', () => {
  const view = sampleReportView();
  const [first] = view.remarks;
  if (first === undefined) throw new Error('no remark');
  const findings = view.json.findings.map((finding) => ({ ...finding, calls: finding.calls.filter((ref) => ref !== first.call.ref) }));
  const { rows } = tableOf({ ...view, json: { ...view.json, findings } }, timeline, 'Marked calls');
  expect(rows.some((row) => row[5]?.includes(first.call.ref.split('#')[1] ?? '') === true && row[6] === '')).toBe(true);
});
