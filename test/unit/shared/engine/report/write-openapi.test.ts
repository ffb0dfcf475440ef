import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toPath, writeOpenApi } from '#shared/engine/report/write-openapi.ts';
import type { SampledBody } from '#shared/engine/store/read/inventory/sampled-bodies.ts';
import { isJsonObject } from '#shared/lib/json.ts';
import { collect } from '#test/support/collect.ts';
import { openApiValidator } from '#test/support/foreign/schemas.ts';
import { sampleReportView } from '#test/support/report-view.ts';

interface Draft {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }> }>>;
} // prettier-ignore

const view = sampleReportView();
const write = (bodies: readonly SampledBody[], from = view): string => {
  const output = collect();
  writeOpenApi(from, bodies, output);
  return output.text();
};
/** A body in every answer and request, with hostile names and values that must not come out. */
const bodies = view.json.endpoints.flatMap(({ id, statuses }): SampledBody[] =>
  Object.keys(statuses).flatMap((status) =>
    (['request', 'response'] as const).map((side): SampledBody => ({
      endpoint: id,
      side,
      status: Number(status),
      mime: 'application/json; charset=utf-8',
      text: '{"id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","$ref":"file:///etc/passwd","__proto__":{"a":1},"person":{"mail":"kira@example.test"}}',
    })),
  ),
); // prettier-ignore

const checkOpenApi = openApiValidator();

test('every endpoint that was called is an endpoint of the draft', () => {
  const draft = parse(write(bodies)) as Draft;
  expect(draft.openapi).toBe('3.1.0');
  for (const { method, template, spec } of view.json.endpoints) {
    if (spec === 'orphan') continue;
    expect(draft.paths[toPath(template).path]?.[method.toLowerCase()]?.responses).toBeDefined();
  }
});

test('the draft is OpenAPI 3.1, with bodies and without', () => {
  for (const text of [write([]), write(bodies)]) checkOpenApi(parse(text));
  const wrong = parse(write([])) as { info?: unknown };
  delete wrong.info;
  expect(() => {
    checkOpenApi(wrong);
  }).toThrow('not OpenAPI 3.1');
});

test('schemas of bodies are JSON Schema, and hold no value of the evidence', () => {
  const text = write(bodies);
  expect(text).not.toContain('kira');
  expect(text).not.toContain('7c9e6679');
  const schemas = Object.values((parse(text) as Draft).paths).flatMap((item) =>
    Object.values(item).filter(isJsonObject).flatMap((operation) =>
      Object.values(operation.responses).flatMap(({ content }) => Object.values(content ?? {}).map(({ schema }) => schema)),
    ),
  ); // prettier-ignore
  expect(schemas.length).toBeGreaterThan(0);
  for (const schema of schemas) expect(new Ajv2020({ strict: false, validateFormats: false }).validateSchema(schema)).toBe(true);
});

test('a refused request says nothing about what an endpoint takes', () => {
  const refused = bodies.filter(({ side }) => side === 'request').map((body) => ({ ...body, status: 422 }));
  expect(write(refused)).not.toContain('requestBody');
});

test('the analyst’s level comes with its reason', () => {
  const endpoints = view.json.endpoints.map((endpoint) => ({
    ...endpoint,
    override: { workedOut: 'S0' as const, reason: 'holds tax data' },
  }));
  expect(write([], { ...view, json: { ...view.json, endpoints } })).toContain('x-spoor-sensitivity-reason: holds tax data');
});

test('parameters that repeat a name are told apart', () => {
  expect(toPath('/orgs/{id}/users/{id}')).toEqual({ path: '/orgs/{id}/users/{id2}', parameters: ['id', 'id2'] });
});
