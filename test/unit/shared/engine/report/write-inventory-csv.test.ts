import { expect, test } from 'vitest';
import { writeInventoryCsv } from '#shared/engine/report/write-inventory-csv.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

test('the inventory has one line an endpoint in report order', () => {
  const output = collect();
  const view = sampleReportView();
  writeInventoryCsv(view, output);
  const lines = output.text().trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^host,method,template,spec,operation,sensitivity,/);
  expect(lines).toHaveLength(view.json.endpoints.length + 1);
});
