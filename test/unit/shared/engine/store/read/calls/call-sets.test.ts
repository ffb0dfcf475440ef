import { expect, test } from 'vitest';
import { compareCallSets } from '#shared/engine/store/read/calls/call-sets.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const { db } = caseFromText(`
  00:00 agent:bot GET  api.acme.test/orders/1 200 bytes=10 answer=100
  00:02 agent:bot GET  api.acme.test/orders/2 404 bytes=10 answer=5
  00:05 agent:bot POST files.example/out     202 bytes=900
  01:00 human:ann GET  api.acme.test/orders/1 200 answer=100
  01:10 human:ann GET  api.acme.test/orders   200`);

test.each([
  ['in memory', undefined],
  ['too large for memory', 0],
])('two sets of a case %s are summed up, and their values laid side by side, those that differ most first', async (_name, most) => {
  const { left, right, shared, fields } = await compareCallSets(
    searchOver(db, most),
    askedText('principal:bot'),
    askedText('principal:ann or status:404'),
    noBreath,
  );
  expect(left).toEqual({
    calls: 3,
    failed: 1,
    reqBytes: 920,
    resBytes: 105,
    first: '2026-10-01T00:00:00.000000Z',
    last: '2026-10-01T00:00:05.000000Z',
  });
  expect(right).toMatchObject({ calls: 3, failed: 1, reqBytes: 10, resBytes: 105 });
  expect(shared).toBe(1);
  const field = (name: string) => fields.find((each) => each.field === name);
  expect(field('host')).toEqual({
    field: 'host',
    onlyLeft: 1,
    onlyRight: 0,
    both: 1,
    values: [
      { value: 'api.acme.test', left: 2, right: 3 },
      { value: 'files.example', left: 1, right: 0 },
    ],
    omitted: 0,
  });
  expect(field('status')?.values).toContainEqual({ value: '202', left: 1, right: 0 });
  expect(field('finding')).toEqual({ field: 'finding', onlyLeft: 0, onlyRight: 0, both: 0, values: [], omitted: 0 });
});

test('a side without a call is nothing, not an error', async () => {
  const { left, right, shared } = await compareCallSets(searchOver(db), askedText('host:nowhere'), askedText('*'), noBreath);
  expect(left).toEqual({ calls: 0, failed: 0, reqBytes: 0, resBytes: 0 });
  expect([right.calls, shared]).toEqual([5, 0]);
});
