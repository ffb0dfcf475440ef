import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toPath, writeOpenApi } from '#shared/engine/report/write-openapi.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

test('every endpoint that was called is an operation of the draft', () => {
  const output = collect();
  const view = sampleReportView();
  writeOpenApi(view, output);
  const draft = parse(output.text()) as { openapi: string; paths: Record<string, Record<string, { responses: object }>> };
  expect(draft.openapi).toBe('3.1.0');
  for (const { method, template, spec } of view.json.endpoints) {
    if (spec === 'orphan') continue;
    expect(draft.paths[toPath(template).path]?.[method.toLowerCase()]?.responses).toBeDefined();
  }
});

test('parameters that repeat a name are told apart', () => {
  expect(toPath('/orgs/{id}/users/{id}')).toEqual({ path: '/orgs/{id}/users/{id2}', parameters: ['id', 'id2'] });
});
