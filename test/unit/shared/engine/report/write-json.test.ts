import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { reportJsonSchema } from '#shared/engine/report/schema.ts';
import { jsonSha256, writeJson } from '#shared/engine/report/write-json.ts';
import { collect } from '#test/support/collect.ts';
import { sampleReportView } from '#test/support/report-view.ts';

function written(spoil?: (text: string) => string): string {
  const output = collect();
  writeJson(sampleReportView(spoil), output);
  return output.text();
}

test('report.json parses back to the case, chains included', () => {
  const view = sampleReportView();
  expect(JSON.parse(written())).toEqual({ ...view.json, chains: [...view.chains()] });
});

test('top-level members stand in the documented order', () => {
  expect(Object.keys(JSON.parse(written()) as object)).toEqual([
    'schema',
    'case',
    'sources',
    'knowledge',
    'suppressions',
    'coverage',
    'endpoints',
    'principals',
    'credentials',
    'chains',
    'findings',
    'incidents',
    'leastPrivilege',
    'revocation',
    'revocationCallers',
    'machineLinks',
    'kpis',
  ]);
});

test('the same case gives the same bytes', () => {
  expect(written()).toBe(written());
});

test('an empty list is an empty array', () => {
  const output = collect();
  writeJson({ ...sampleReportView(), chains: () => [] }, output);
  expect(output.text()).toContain('"chains":[],');
});

test('the schema, with unknown members forbidden, accepts what is written', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(reportJsonSchema(true));
  expect(validate(JSON.parse(written())) || validate.errors).toBe(true);
});

test('the schema refuses null, a missing member and a wrong word', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(reportJsonSchema(false));
  const report = JSON.parse(written()) as Record<string, unknown>;
  expect(validate({ ...report, kpis: null })).toBe(false);
  expect(validate({ ...report, findings: undefined })).toBe(false);
  expect(validate({ ...report, schema: 'spoor-report/2' })).toBe(false);
  expect(validate({ ...report, laterMember: 1 })).toBe(true);
});

test('the hash on the cover is that of the bytes', () => {
  expect(jsonSha256(sampleReportView(), nodeCrypto)).toBe(nodeCrypto.sha256Hex(written()));
});

test('hostile text comes back exactly as it was', () => {
  const hostile = '</script><script>\u202e\u0000\ud800"\\\u2028';
  expect((JSON.parse(written(() => hostile)) as { case: { title: string } }).case.title).toBe(hostile);
});
