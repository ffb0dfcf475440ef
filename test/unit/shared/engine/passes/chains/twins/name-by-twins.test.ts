import { expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { listEndpoints } from '#shared/engine/store/read/endpoints.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { memoryCase } from '#test/support/case.ts';
import { callOf, passContext, seedCalls } from '#test/support/seed-calls.ts';

const log = (id: string, rest: Partial<ImportedCall> = {}): ImportedCall => callOf('00:01 POST api.test/mcp', { requestId: id, ...rest });

async function linked(gateway: readonly ImportedCall[], capture: readonly ImportedCall[]) {
  const db = memoryCase();
  seedCalls(db, gateway, 'gateway.log');
  seedCalls(db, capture, 'capture.har');
  db.exec("UPDATE source SET format = CASE name WHEN 'capture.har' THEN 'har' ELSE 'kong-json' END");
  await principalsPass.run(passContext(db));
  await endpointsPass.run(passContext(db));
  await chainsPass.run(passContext(db));
  const same = db.prepare('SELECT count(*) AS n FROM call_fact WHERE same_as IS NOT NULL').get<{ n: number }>()?.n;
  return { same, endpoints: listEndpoints(db).map(({ id, calls, statuses }) => [id, calls, statuses]) };
}

test('a log without bodies takes the tool from the capture of the same request', async () => {
  const ids = ['7f0c1a52-aaaa-4bbb-8ccc-000000000001', '7f0c1a52-aaaa-4bbb-8ccc-000000000002'];
  const { same, endpoints } = await linked(
    ids.map((id) => log(id)),
    ids.map((id, at) => log(id, { tool: at === 0 ? 'mcp:search' : 'rpc:initialize' })),
  );
  expect(same).toBe(2);
  expect(endpoints).toEqual([
    ['POST api.test/mcp · initialize', 1, { '200': 1 }],
    ['POST api.test/mcp · tool search', 1, { '200': 1 }],
  ]);
});

test('a call that nobody saw twice stays as its record shows it', async () => {
  const { same, endpoints } = await linked(
    [log('a0000000-0000-4000-8000-000000000001')],
    [callOf('40:00 POST api.test/mcp', { tool: 'mcp:search' })],
  );
  expect(same).toBe(0);
  expect(endpoints).toEqual([
    ['POST api.test/mcp', 1, { '200': 1 }],
    ['POST api.test/mcp · tool search', 1, { '200': 1 }],
  ]);
});

test('two records that both name what was asked keep their own names', async () => {
  const id = '7f0c1a52-aaaa-4bbb-8ccc-000000000003';
  const { endpoints } = await linked([log(id, { tool: 'rpc:tools/call' })], [log(id, { tool: 'mcp:search' })]);
  expect(endpoints.map(([key]) => key)).toEqual(['POST api.test/mcp · tool search', 'POST api.test/mcp · tools/call']);
});
