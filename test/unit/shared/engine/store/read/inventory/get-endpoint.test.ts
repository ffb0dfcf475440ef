import { expect, test } from 'vitest';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { getEndpoint } from '#shared/engine/store/read/inventory/get-endpoint.ts';
import { listInventory } from '#shared/engine/store/read/inventory/list-inventory.ts';
import { listSpecCoverage } from '#shared/engine/store/read/inventory/spec-coverage.ts';
import { noBreath, searchOver } from '#test/support/call-search.ts';
import { memoryCase } from '#test/support/case.ts';
import { bearer, callOf, passContext, seedCalls, seedSpecification } from '#test/support/seed-calls.ts';

/** One busy endpoint, one shadow beside it, and a description with one operation that nothing called and one that is deprecated. */
async function newCase(calls: number) {
  const db = memoryCase();
  const busy = Array.from({ length: calls }, (_, at) =>
    callOf(`00:${String(at % 60)} GET api.test/orders/${String(at)} ${at === 3 ? '500' : '200'}`, {
      requestHeaders: bearer({ sub: at % 2 === 0 ? 'ann' : 'ben' }),
    }),
  );
  seedCalls(db, [...busy, callOf('01:01 POST api.test/hidden'), callOf('01:02 GET api.test/old')]);
  seedSpecification(
    db,
    ['https://api.test'],
    [['GET /orders/{id}', { summary: 'One order' }], ['DELETE /orders/{id}'], ['GET /old', { deprecated: true }]],
  );
  await principalsPass.run(passContext(db));
  await endpointsPass.run(passContext(db));
  return db;
}

test.each([
  ['read one by one', 20],
  ['counted in columns', 500],
])('an endpoint whose calls are %s has principals, statuses, parameters and samples', async (_name, calls) => {
  const db = await newCase(calls);
  const detail = await getEndpoint(searchOver(db), 'GET api.test/orders/{id}', noBreath);
  expect(detail).toMatchObject({
    endpoint: { calls, spec: 'documented', statuses: { 200: calls - 1, 500: 1 } },
    operation: { name: 'GET /orders/{id}', summary: 'One order', deprecated: false, specification: 'Test' },
    siblings: [{ id: 'DELETE api.test/orders/{id}', method: 'DELETE' }],
    counted: calls,
    callersInAll: 2,
  });
  expect(detail?.callers.map((caller) => caller.calls)).toEqual([calls / 2, calls / 2]);
  expect(detail?.callers.reduce((sum, caller) => sum + caller.failed, 0)).toBe(1);
  expect(detail?.parameters.map(({ place, name }) => `${place} ${name}`)).toEqual(['path id']);
  expect(detail?.samples).toHaveLength(5);
  expect(detail?.samples.map(({ why }) => why)).toContain('failed');
});

test('a case too large for memory tells how many calls it looked at', async () => {
  const db = await newCase(500);
  const detail = await getEndpoint(searchOver(db, 0), 'GET api.test/orders/{id}', noBreath);
  expect(detail?.endpoint.calls).toBe(500);
  expect(detail?.counted).toBeLessThan(500);
});

test('an endpoint that nothing called has nothing but its description; an unknown id is nothing', async () => {
  const search = searchOver(await newCase(20));
  expect(await getEndpoint(search, 'DELETE api.test/orders/{id}', noBreath)).toMatchObject({
    endpoint: { calls: 0, spec: 'orphan' },
    callers: [],
    parameters: [],
    samples: [],
  });
  expect(await getEndpoint(search, 'GET nowhere/', noBreath)).toBeUndefined();
});

test('the list holds the busiest endpoints where there are too many, and words narrow it', async () => {
  const db = await newCase(20);
  expect(listInventory(db, '').rows.map(({ id, spec }) => `${id} ${spec}`)).toEqual([
    'POST api.test/hidden shadow',
    'GET api.test/old zombie',
    'DELETE api.test/orders/{id} orphan',
    'GET api.test/orders/{id} documented',
  ]);
  expect(listInventory(db, '', 1)).toMatchObject({ total: 4, specifications: 1, rows: [{ id: 'GET api.test/orders/{id}' }] });
  expect(listInventory(db, 'ORDERS delete').rows.map(({ id }) => id)).toEqual(['DELETE api.test/orders/{id}']);
});

test('a description tells what was called of it, and what beside it', async () => {
  expect(listSpecCoverage(await newCase(20))).toMatchObject([
    {
      title: 'Test',
      hosts: ['api.test'],
      operations: 3,
      called: 2,
      calls: 21,
      deprecated: 1,
      deprecatedCalled: 1,
      shadows: 1,
      shadowCalls: 1,
    },
  ]);
});
