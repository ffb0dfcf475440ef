import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['zombie-or-orphan'];
const OLD = 'GET api.acme.test/v1/users';

test('a deprecated endpoint that still answers is a finding, and one that nothing called is another', async () => {
  const { findings } = await detect(only, '00:01 human:ann GET api.acme.test/v1/users 200', {
    servers: ['https://api.acme.test'],
    contracts: { [OLD]: { deprecated: true }, 'GET api.acme.test/v1/reports': {} },
  });
  expect(findings.map(({ severity, endpoints }) => [severity, endpoints])).toEqual([
    ['low', [OLD]],
    ['info', ['GET api.acme.test/v1/reports']],
  ]);
});

test('an endpoint that says so in a header is a zombie whatever the description says', async () => {
  const { findings } = await detect(only, '00:01 human:ann GET api.acme.test/v1/users 200 in=har.har', {
    headers: { 'har.har#1': { response: ['Deprecation: @1735689600', 'Sunset: Sat, 01 Aug 2026 00:00:00 GMT'] } },
  });
  expect(findings).toMatchObject([{ endpoints: [OLD], observed: { why: 'Answers carry deprecation: @1735689600.' } }]);
});

test('a deprecated endpoint that only refuses is dead enough', async () => {
  const { findings } = await detect(only, '00:01 human:ann GET api.acme.test/v1/users 410', {
    servers: ['https://api.acme.test'],
    contracts: { [OLD]: { deprecated: true } },
  });
  expect(findings).toEqual([]);
});

test('without descriptions, headers and versions it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:ann GET api.acme.test/users 200');
  expect(notEvaluable.map(({ detector }) => detector)).toEqual(only);
});

test('what is silent is told of the calls to its host, not of the whole evidence', async () => {
  const text = `00:01 human:ann GET api.acme.test/v1/users 200 spec=documented
    00:31 human:ann GET api.acme.test/v1/users 200 spec=documented
    900+00:00:00 human:ann GET other.test/x 200`;
  const { findings } = await detect(
    only,
    text,
    { servers: ['https://api.acme.test'], contracts: { [OLD]: {}, 'GET api.acme.test/v1/reports': {} } },
    ({ db }) => {
      db.exec(`UPDATE endpoint SET (first_seen, last_seen) =
        (SELECT min(c.time), max(c.time) FROM call c JOIN call_fact f ON f.call_id = c.id WHERE f.endpoint_id = endpoint.id) WHERE calls > 0`);
    },
  );
  expect(findings).toMatchObject([{ observed: { callsToHost: 2, days: 0 } }]);
  expect(findings[0]?.title).toBe(
    '1 described operation of api.acme.test was never called, of 2 calls to it in 30 seconds: GET /v1/reports',
  );
});

test('of a description whose host nobody called nothing is said', async () => {
  const { findings, notEvaluable } = await detect(only, '00:01 human:ann GET other.test/x 200', {
    servers: ['https://api.acme.test'],
    contracts: { 'GET api.acme.test/v1/reports': {} },
  });
  expect(findings).toEqual([]);
  expect(notEvaluable).toMatchObject([{ reason: expect.stringContaining('no call of the evidence goes to their hosts') as string }]);
});
