import { expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { graphSpread } from '#shared/engine/store/read/graph/spread.ts';
import { trustDomainOf } from '#shared/engine/store/read/graph/spread-steps.ts';
import { walkedSpread } from '#shared/engine/store/read/graph/walked-spread.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** As columns in memory say it; the walk over the case, for cases that do not fit, must say the same. */
async function spreadOf(text: string, query: string, most = 10) {
  const { db, context } = caseFromText(text);
  await chainsPass.run(context);
  const found = await searchOver(db).find(askedText(query), noBreath);
  if (found === undefined) throw new Error('the case is not kept in memory');
  const spread = await graphSpread(db, found, most, noBreath);
  const told: number[] = [];
  const control = { breathe: noBreath, progress: (done: number) => void told.push(done) };
  expect(await walkedSpread(db, askedText(query).filter, most, control)).toEqual(spread);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  return spread;
}

test('hosts come in the order of their first call, with what the calls led to', async () => {
  const spread = await spreadOf(
    `
    00:05    agent:bot    GET  api.acme.test/v1/a     200 in=kong dur=90 trace=t1 span=a
    00:05.01 service:mesh GET  orders.acme.test/a     200 in=otel dur=60 trace=t1 span=b parent=a
    00:01    agent:bot    GET  api.acme.test/v1/a     404 in=kong
    00:09    agent:bot    POST collect.other.test/up  200 in=kong
    00:02    human:eve    GET  wiki.third.test/x      200 in=kong`,
    'agent:bot',
  );
  expect(spread).toMatchObject({ seeds: 3, followed: 1, hosts: 3, domains: 2 });
  expect(spread.steps.map(({ host, isNewDomain, calls, failed, from }) => [host, isNewDomain, calls, failed, from?.kind])).toEqual([
    ['api.acme.test', true, 2, 1, undefined],
    ['orders.acme.test', false, 1, 0, 'trace'],
    ['collect.other.test', true, 1, 0, undefined],
  ]);
});

test('what a call led to is followed on, also where an effect stands in the evidence before its cause', async () => {
  const spread = await spreadOf(
    `
    00:05.02 service:mesh GET  stock.acme.test/a      200 in=otel dur=20 trace=t1 span=c parent=b
    00:05.01 service:mesh GET  orders.acme.test/a     200 in=otel dur=60 trace=t1 span=b parent=a
    00:05    agent:bot    GET  api.acme.test/v1/a     200 in=kong dur=90 trace=t1 span=a`,
    'agent:bot',
  );
  expect(spread).toMatchObject({ seeds: 1, followed: 2, hosts: 3 });
});

test('links of order alone lead nowhere, and calls without a time come last', async () => {
  const spread = await spreadOf(
    `
    -     agent:bot GET late.test/a 200
    00:01 agent:bot GET api.test/a  200`,
    'agent:bot',
  );
  expect(spread.steps.map((step) => step.host)).toEqual(['api.test', 'late.test']);
  expect(spread.followed).toBe(0);
});

test('the first credential is the earliest that was used', async () => {
  const spread = await spreadOf(
    `
    00:03 agent:bot GET api.test/a 200 cred=second
    00:01 agent:bot GET api.test/a 200
    00:02 agent:bot GET api.test/a 200 cred=first`,
    'agent:bot',
  );
  expect(spread.firstCredential?.call).toBe('kong#3');
});

test('hosts and domains beyond those that are shown are counted', async () => {
  const spread = await spreadOf(
    `
    00:01 agent:bot GET api.acme.test/a   200
    00:02 agent:bot GET wiki.acme.test/a  200
    00:03 agent:bot GET api.other.test/a  200
    00:04 agent:bot GET api.third.test/a  200`,
    'agent:bot',
    1,
  );
  expect(spread).toMatchObject({ hosts: 4, domains: 3, steps: [{ host: 'api.acme.test' }] });
  expect(spread.steps).toHaveLength(1);
});

test('no call reaches no host', async () => {
  expect(await spreadOf('00:01 agent:bot GET api.test/a 200', 'user:nobody')).toMatchObject({ seeds: 0, hosts: 0, steps: [] });
});

test('a trust domain is what one owner registers; names of a network are one', () => {
  expect(['api.eu.acme.co.uk', '10.0.0.4', 'orders.svc', ''].map(trustDomainOf)).toEqual([
    'acme.co.uk',
    'inside the network',
    'inside the network',
    'no host named',
  ]);
});
