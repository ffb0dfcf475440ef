import { expect, test } from 'vitest';
import type { Cell } from '#shared/engine/report/blocks.ts';
import { plainPrinting } from '#shared/engine/report/printing.ts';
import type { ReportView, Section } from '#shared/engine/report/section.ts';
import { evidence } from '#shared/engine/report/sections/evidence.ts';
import { files } from '#shared/engine/report/sections/files.ts';
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

test('files that lie as far off as a zone, and name none, are told as local time', () => {
  const noteOf = (timezone: ReportView['json']['sources'][number]['timezone'], clockAheadMs: number): string | undefined => {
    const sources = [{ ...source, timezone, clockAheadMs }];
    const made = { ...view, clocks: { corrected: 1 }, json: { ...view.json, sources }, printing: plainPrinting, jsonSha256: '' };
    const note = evidence.build(made).find((block) => block.kind === 'note' && textOf(block.inlines).startsWith('Local time'));
    return note?.kind === 'note' ? textOf(note.inlines) : undefined;
  };
  expect(noteOf('assumed UTC', 7_200_400)).toContain('E1 names no zone and was read as UTC, but its clock lies as far off as if it were written in UTC+02:00');
  expect(noteOf('assumed UTC', 7_200_400)).toContain('that much earlier than this report says');
  expect(noteOf('assumed UTC', -18_000_000)).toContain('UTC-05:00: the true times of its records are that much later');
  expect(noteOf('in the data', 7_200_400)).toBeUndefined();
  expect(noteOf('assumed UTC', 262_000)).toBeUndefined();
}); // prettier-ignore

/** The rows of a section's first table, as texts. */
function rowsOf(section: Section, sources: ReportView['json']['sources'], printing = plainPrinting): readonly (readonly string[])[] {
  const table = section
    .build({ ...view, json: { ...view.json, sources }, printing, jsonSha256: '' })
    .find((block) => block.kind === 'table');
  return table?.kind === 'table' ? table.rows.map((row) => row.map(textOf)) : [];
}

/** The rows of the table of files: heads of groups by themselves, files by their second cell. */
const fileRows = (sources: ReportView['json']['sources']): readonly string[] => rowsOf(files, sources).map((row) => row[1] ?? row[0] ?? '');

test('the body tells a log of many files in one line with its sums, and every file is in the annex', () => {
  const hours = Array.from({ length: 30 }, (_, hour) => ({
    ...source,
    name: `gateway/h=${String(hour)}/PT1H.json`,
    format: 'azure-apim',
    sha256: String(hour).padStart(64, '0'),
    accepted: 10,
    rejected: hour === 7 ? 1 : 0,
    skipped: 0,
    timeRange: [`2026-10-01T${String(hour % 24).padStart(2, '0')}:00:00.000000Z`, `2026-10-01T${String(hour % 24).padStart(2, '0')}:59:00.000000Z`] as const,
  })).map(({ container: _none, ...hour }) => hour);
  const { format: _format, container: _container, ...unread } = source;
  const others = ['a.csv', 'b.png', 'c.doc', 'd.txt'].map((name) => ({ ...unread, name: `lists/${name}`, sha256: `f-${name}`, accepted: 0, rejected: 0, skipped: 0 }));
  const sources = [...hours, ...others];
  const [head, log, rest, ...more] = rowsOf(evidence, sources);
  expect(head).toEqual(['34 files in no archive']);
  expect(log).toEqual(['E1–E30', 'gateway/…/PT1H.json (30 files)azure-apim; 2026-10-01 00:00 to 2026-10-01 23:59', '30', '300', '1', '0']);
  expect(rest).toEqual(['E31–E34', expect.stringMatching(/^lists\/… \(4 files\)not read: no known format/), '4', '0', '0', '0']);
  expect(more).toEqual([]);
  const listed = fileRows(sources).join('\n');
  for (const { sha256 } of sources) expect(listed).toContain(sha256);
}); // prettier-ignore

test('a file that changed since the import is told in the line of its log', () => {
  const sources = ['1', '2', '3', '4'].map((day) => ({ ...source, name: `day-${day}.log`, sha256: day.repeat(64) }));
  const recheck = new Map(sources.map(({ sha256 }, index) => [sha256, index === 2 ? ('changed' as const) : ('same' as const)]));
  const [, log] = rowsOf(evidence, sources, { ...plainPrinting, recheck });
  expect(log?.[1]).toContain('; 1 file CHANGED');
  expect(
    rowsOf(files, sources, { ...plainPrinting, recheck })
      .flat()
      .join(''),
  ).toContain('read again: CHANGED');
});

test('files of one archive share its hash, their folder and how they were recognised; none is without its own hash', () => {
  const container = { name: 'logs.zip', sha256: 'c'.repeat(64) };
  const packed = 'd'.repeat(64);
  const member = (day: number, sha: string) => ({
    ...source,
    name: `logs.zip!alb/2026/${String(day)}.log.gz`,
    container,
    sha256: sha.repeat(64),
    format: 'aws-alb',
    evidence: `${String(10 + day)} of the first ${String(10 + day)} lines read type, time`,
    notes: [`Unpacked from logs.zip!alb/2026/${String(day)}.log.gz, 7000 bytes, SHA-256 ${packed}.`],
  });
  const [head, run, first, second, ...rest] = fileRows([member(1, 'a'), member(2, 'b')]);
  expect(head).toBe(`logs.zip, 2 files, SHA-256 ${container.sha256}`);
  expect(run).toBe('2 files below alb/2026/aws-alb: the first lines read type, time');
  expect(first).toMatch(new RegExp(`^1\\.log\\.gz${'a'.repeat(64)}.*packed: 7.000 bytes, ${packed}$`));
  expect(second).toContain('b'.repeat(64));
  expect(rest).toEqual([]);
});

test('a file by itself says how it was recognised in its own row', () => {
  const { container: _none, ...alone } = source;
  const [head, row] = fileRows([{ ...alone, name: 'kong.jsonl', format: 'kong-json', evidence: 'JSON as Kong writes it', notes: [] }]);
  expect(head).toContain('1 file in no archive');
  expect(row).toMatch(/^kong\.jsonl.*kong-json: JSON as Kong writes it$/);
});
