import { expect, test } from 'vitest';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { readInventoryState } from '#shared/engine/store/read/inventory/inventory-state.ts';
import { printTime, epochMicros } from '#shared/model/units.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { memoryCase } from '#test/support/case.ts';
import { noBreath } from '#test/support/call-search.ts';
import { bearer, callOf, passContext, seedCalls } from '#test/support/seed-calls.ts';

const answer = (text: string) => ({ text, mime: 'application/json', encoding: 'text', bytes: text.length, note: undefined }) as const;

async function newCase(): Promise<SqlDriver> {
  const db = memoryCase();
  const ann = bearer({ sub: 'ann' });
  seedCalls(db, [
    callOf('00:01 GET api.test/orders/17', { requestHeaders: ann }),
    callOf('00:02 GET api.test/me', { requestHeaders: ann }),
    callOf('30:00 GET api.test/me', { requestHeaders: bearer({ sub: 'ben' }), responseBody: answer('{"email":"kira@example.test"}') }),
  ]);
  await principalsPass.run(passContext(db));
  await endpointsPass.run(passContext(db));
  return db;
}

test('a whole case has its called endpoints, principals, fields with data and weeks, and its findings', async () => {
  const state = await readInventoryState(await newCase(), undefined, noBreath);
  expect(state.endpoints.map(({ id, calls, principals, dataTypes }) => [id, calls, principals, dataTypes])).toEqual([
    ['GET api.test/me', 2, 2, ['email response $.email']],
    ['GET api.test/orders/{id}', 1, 1, []],
  ]);
  expect(state.principals.map(({ calls }) => calls)).toEqual([2, 1]);
  expect(state.weeks).toMatchObject([{ calls: 3, endpoints: 2, newEndpoints: 2, callers: 2 }]);
  expect(state).toMatchObject({ calls: 3, findings: [] });
});

test('a window has what its own calls show, up to just before its end', async () => {
  const db = await newCase();
  const times = db.prepare('SELECT time FROM call ORDER BY time').all<{ time: number }>().map(({ time }) => time);
  const [first = 0, , last = 0] = times;
  const state = await readInventoryState(db, { from: first, to: last }, noBreath);
  expect(state.endpoints.map(({ id, calls, dataTypes }) => [id, calls, dataTypes])).toEqual([
    ['GET api.test/me', 1, []],
    ['GET api.test/orders/{id}', 1, []],
  ]);
  expect(state.window?.[0]).toBe(printTime(epochMicros(first)));
  expect('findings' in state).toBe(false);
  expect(await readInventoryState(db, { from: 0, to: 1 }, noBreath)).toMatchObject({ calls: 0, endpoints: [], principals: [], weeks: [] });
}); // prettier-ignore
