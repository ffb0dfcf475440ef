import { expect, test } from 'vitest';
import { plainPrinting } from '#shared/engine/report/printing.ts';
import { findings } from '#shared/engine/report/sections/findings.ts';
import { sampleReportView } from '#test/support/report-view.ts';

/** The section of the sample with more said of its first finding, as text. */
function printed(said: { readonly summary?: string; readonly note?: string }): string {
  const view = sampleReportView();
  const [first, ...others] = view.json.findings;
  if (first === undefined) throw new Error('no finding in the sample');
  return JSON.stringify(
    findings.build({
      ...view,
      printing: plainPrinting,
      jsonSha256: 'none',
      json: { ...view.json, findings: [{ ...first, ...said }, ...others] },
    }),
  );
}

test('a finding is told in full under its title, with what the analyst noted', () => {
  const text = printed({ summary: 'support-agent sent 14 card numbers, outside the estate', note: 'The owner confirms.' });
  expect(text).toContain('support-agent sent 14 card numbers, outside the estate.');
  expect(text).toContain('Note of the analyst: ');
  expect(text).toContain('The owner confirms.');
});

test('a title that says it all, and a finding without a note, have no such lines', () => {
  expect(printed({})).not.toContain('Note of the analyst');
});
