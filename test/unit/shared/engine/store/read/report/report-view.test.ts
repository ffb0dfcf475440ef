import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { detectors } from '#shared/engine/detectors/index.ts';
import { runDetectors } from '#shared/engine/detectors/run.ts';
import { passes } from '#shared/engine/passes/index.ts';
import { reportJsonSchema } from '#shared/engine/report/schema.ts';
import { writeJson } from '#shared/engine/report/write-json.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { listIncidents } from '#shared/engine/incidents/list-incidents.ts';
import { createReportView } from '#shared/engine/store/read/report/report-view.ts';
import { memoryCase } from '#test/support/case.ts';
import { collect } from '#test/support/collect.ts';
import { bearer, callOf, passContext, seedCalls, seedSpecification } from '#test/support/seed-calls.ts';

async function analysedCase(): Promise<SqlDriver> {
  const db = memoryCase();
  const token = bearer({ sub: 'shop-bot', client_id: 'shop-bot', scope: 'orders:read admin', iat: 1_790_000_000, exp: 1_890_000_000 });
  const body = {
    text: '{"orders":[{"id":"ord_7f3k29xq81","email":"ada@example.test"}]}',
    mime: 'application/json',
    encoding: 'text',
    bytes: 64,
    note: undefined,
  } as const;
  seedCalls(db, [
    callOf('00:01 GET api.test/orders 200', { requestHeaders: token, responseBody: body, resBytes: 64 }),
    callOf('00:03 GET api.test/orders/ord_7f3k29xq81 200', { requestHeaders: token }),
    callOf('00:09 POST api.test/refunds 500', { requestHeaders: token }),
  ]);
  seedSpecification(db, ['https://api.test'], [['GET /orders'], ['GET /orders/{id}']]);
  for (const pass of passes) {
    const detail = await pass.run(passContext(db));
    db.prepare('INSERT INTO pass_state (id, version, revision, detail) VALUES (?, ?, 1, ?)').run(pass.id, pass.version, detail);
  }
  await runDetectors(db, { only: undefined, breathe: () => Promise.resolve() });
  return db;
}

const setup = { version: '0.1.0', rules: 'abc', detectors, incidents: listIncidents, passes };

test('what the engine writes from a case fits the schema, with unknown members forbidden', async () => {
  const output = collect();
  writeJson(createReportView(await analysedCase(), setup), output);
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(reportJsonSchema(true));
  expect(validate(JSON.parse(output.text())) || validate.errors).toBe(true);
});

test('the report counts, links and names what the case holds', async () => {
  const view = createReportView(await analysedCase(), setup);
  expect(view.json.coverage).toMatchObject({ calls: 3, withPrincipal: 3, withBodies: 1 });
  expect(view.json.kpis.authenticatedShare).toBe(1);
  expect(view.json.endpoints.map((endpoint) => `${endpoint.id} ${endpoint.spec}`)).toContain('GET api.test/orders/{id} documented');
  const [chain] = [...view.chains()];
  expect(chain?.calls).toContain('test.log#2');
  expect(view.chain(chain?.id ?? '')).toEqual(chain);
  expect(view.call('test.log#2')).toMatchObject({ ref: 'test.log#2', method: 'GET', status: 200 });
  expect(view.call('test.log#2')).not.toHaveProperty('id');
  expect(view.call('no.log#1')).toBeUndefined();
  expect(view.method.map((step) => step.title)).toEqual(passes.map((pass) => pass.title));
});
