import { expect, test } from 'vitest';
import type { Cell } from '#shared/engine/report/blocks.ts';
import { assessment } from '#shared/engine/report/sections/assessment.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const { json } = sampleReportView();
const [finding] = json.findings;
const [endpoint] = json.endpoints;
if (finding === undefined || endpoint === undefined) throw new Error('the sample view has findings');
const textOf = (cell: Cell): string => cell.map((inline) => ('text' in inline ? inline.text : '')).join('');
const about = (over: Partial<typeof endpoint>): string =>
  assessment({ ...json, endpoints: [{ ...endpoint, ...over }], credentials: [], principals: [] }, { ...finding, endpoints: [endpoint.id] })
    .map(textOf)
    .join('\n');

test('bodies that nobody recorded are not said to hold nothing', () => {
  const text = about({ classifiedFrom: 'names' });
  expect(text).toContain('Which data the endpoints carry is not recorded');
  expect(text).not.toContain('no sensitive data');
});

test('bodies that were read and hold nothing are said to hold nothing', () => {
  expect(about({ classifiedFrom: 'bodies' })).toContain('The bodies in the evidence show no sensitive data');
});
