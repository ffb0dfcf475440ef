import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const only = ['mass-assignment'];
const KEY = 'PATCH api.acme.test/me';
const contract = {
  request: { content: { 'application/json': { type: 'object', properties: { name: { type: 'string' } } } } },
  responses: { '200': { content: {} } },
};
const run = (request: string, answer: string, status = '200'): Promise<Detected> =>
  detect(only, `00:01 human:mal PATCH api.acme.test/me ${status} in=har.har`, {
    servers: ['https://api.acme.test'],
    contracts: { [KEY]: contract },
    requests: { 'har.har#1': request },
    bodies: { 'har.har#1': answer },
  });

test('a role that nobody described and that comes back set is high', async () => {
  const { findings } = await run('{"name":"m","role":"admin"}', '{"name":"m","role":"admin"}');
  expect(findings).toMatchObject([{ severity: 'high', confidence: 'observed', observed: { fields: ['$.role'], reflectedCalls: 1 } }]);
});

test('a field of two words counts by each of them', async () => {
  const { findings } = await run('{"discount_percent":90,"creditLimit":5}', '{"discount_percent":90,"creditLimit":5}');
  expect(findings).toMatchObject([{ observed: { fields: ['$.creditLimit', '$.discount_percent'] } }]);
});

test('what was done with it within the hour is evidence: looks at the object and what hardly anybody may do, not daily work', async () => {
  const { findings } = await detect(
    only,
    `00:01 human:mal PATCH api.acme.test/me 200 in=har.har
     00:02 human:mal GET api.acme.test/me 200 in=har.har
     00:03 human:mal GET api.acme.test/admin/staff 200 in=har.har
     00:04 human:mal GET api.acme.test/orders 200 in=har.har
     00:05 human:ann GET api.acme.test/me 200 in=har.har
     02:01:01 human:mal GET api.acme.test/me 200 in=har.har`,
    {
      servers: ['https://api.acme.test'],
      contracts: { [KEY]: contract },
      requests: { 'har.har#1': '{"role":"admin"}' },
      bodies: { 'har.har#1': '{"role":"admin"}' },
    },
  );
  expect(findings).toMatchObject([{ calls: ['har.har#1', 'har.har#2', 'har.har#3'] }]);
});

test('one that no answer shows is told, no more', async () => {
  expect((await run('{"role":"admin"}', '{"role":"user"}')).findings).toMatchObject([{ severity: 'info', confidence: 'suspected' }]);
});

test.each([
  ['a described field', '{"name":"admin"}', '{"name":"admin"}', '200'],
  ['an unknown field without power', '{"nickname":"m"}', '{"nickname":"m"}', '200'],
  ['a refused request', '{"role":"admin"}', '{"role":"admin"}', '403'],
])('%s is none', async (_, request, answer, status) => {
  expect((await run(request, answer, status)).findings).toEqual([]);
});

test('without bodies it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:mal PATCH api.acme.test/me 200');
  expect(notEvaluable).toEqual([{ detector: 'mass-assignment', reason: 'no bodies of requests in the evidence' }]);
});

test('the body may stand in a recording, while the gateway’s record of the same call stands for both', async () => {
  const text = `
    00:01.0 human:mal PATCH api.acme.test/me 200 in=kong id=req-1 dur=80
    00:01.0 human:mal PATCH api.acme.test/me 200 in=har.har id=req-1 dur=90`;
  const { findings, db } = await detect(only, text, {
    servers: ['https://api.acme.test'],
    contracts: { [KEY]: contract },
    requests: { 'har.har#1': '{"role":"admin"}' },
    bodies: { 'har.har#1': '{"role":"admin"}' },
  });
  expect(db.prepare('SELECT count(*) AS n FROM call_fact WHERE same_as IS NOT NULL').get()).toEqual({ n: 1 });
  expect(findings).toMatchObject([{ severity: 'high', calls: ['kong#1'] }]);
});
