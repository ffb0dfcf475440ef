import { expect, test } from 'vitest';
import { figuresOf } from '#shared/engine/report/figures.ts';
import { sampleReportView } from '#test/support/report-view.ts';

test('the time until an incident could be noticed is that of report.json, and that of the most urgent finding stands in its definition', () => {
  const view = sampleReportView();
  const pivot = { ...view.json.kpis.pivot, discoveryLagSeconds: 363_571 };
  const [figure] = figuresOf({ ...view, json: { ...view.json, kpis: { ...view.json.kpis, pivot } } }).filter(({ label }) => label === 'until it could be noticed');
  expect(figure?.value).toBe('4 days 5 hours');
  expect(figure?.definition).toMatch(/the most urgent finding alone took .+\.$/);
  expect(figuresOf(view).map(({ label }) => label)).not.toContain('until it could be noticed');
}); // prettier-ignore
