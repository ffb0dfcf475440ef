import { expect, test } from 'vitest';
import { writeFindingsCsv } from '#shared/engine/report/write-csv.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

test('findings.csv has the documented columns and one line a finding in report order', () => {
  const output = collect();
  writeFindingsCsv(sampleReportView(), output);
  const lines = output.text().split('\r\n');
  expect(lines[0]).toBe('id,family,severity,confidence,detector,title,principals,credentials,endpoints,calls,first,last,status,reason');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('logs/kong.jsonl#122 ; logs/kong.jsonl#123');
  expect(lines[2]).toMatch(/^jwt-lifetime:jwt-1,posture,medium,/);
  expect(lines[3]).toBe('');
});
