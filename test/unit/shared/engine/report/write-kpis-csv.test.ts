import { expect, test } from 'vitest';
import { writeKpisCsv } from '#shared/engine/report/write-kpis-csv.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

test('each figure is a line with the version of its definition, those of the pages first, those of report.json by name', () => {
  const output = collect();
  writeKpisCsv(sampleReportView(), output);
  const lines = output.text().trimEnd().split('\r\n');
  expect(lines[0]).toBe('version,figure,value,definition');
  expect(lines[1]).toMatch(/^6,open critical and high findings,\d+,/);
  expect(lines.some((line) => line.startsWith('6,agentFacingEndpoints.monitored,'))).toBe(true);
  expect(output.text()).not.toMatch(/undefined|NaN|\[object/);
});
