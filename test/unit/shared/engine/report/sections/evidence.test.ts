import { expect, test } from 'vitest';
import type { Cell } from '#shared/engine/report/blocks.ts';
import { plainPrinting } from '#shared/engine/report/printing.ts';
import type { ReportView } from '#shared/engine/report/section.ts';
import { evidence } from '#shared/engine/report/sections/evidence.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const textOf = (cell: Cell): string => cell.map((inline) => ('text' in inline ? inline.text : '')).join('');
const view = sampleReportView();
const [source] = view.json.sources;
if (source === undefined) throw new Error('no source');

function clockNote(sources: ReportView['json']['sources']) {
  const made = { ...view, clocks: { corrected: 1 }, json: { ...view.json, sources }, printing: plainPrinting, jsonSha256: '' };
  const note = evidence.build(made).find((block) => block.kind === 'note' && textOf(block.inlines).startsWith('Clocks'));
  return note?.kind === 'note' ? { tone: note.tone, text: textOf(note.inlines) } : undefined;
}

test('a clock that is wrong by seconds is a warning that names the file and the difference', () => {
  const ahead = clockNote([source, { ...source, name: 'traces.jsonl', clockAheadMs: 41_504 }]);
  expect(ahead).toMatchObject({ tone: 'warning' });
  expect(ahead?.text).toContain('E2 41.5 s ahead');
});

test('milliseconds are told without a warning, and clocks that agree in one sentence', () => {
  expect(clockNote([{ ...source, clockAheadMs: -8 }])).toMatchObject({
    tone: 'plain',
    text: expect.stringContaining('E1 8 ms behind') as string,
  });
  expect(clockNote([source])?.text).toContain('No difference was found');
});
