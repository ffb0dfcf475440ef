import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['unsafe-http'];

test('a credential in clear text is medium', async () => {
  const { findings } = await detect(only, '00:01 human:ann GET api.acme.test/orders 200 scheme=http auth=1');
  expect(findings).toMatchObject([{ family: 'posture', severity: 'medium', observed: { kind: 'cleartext' } }]);
});

test.each([
  ['TRACE', '00:01 - TRACE api.acme.test/ 200', 'dangerous-method'],
  ['a change by GET', '00:01 human:ann GET api.acme.test/orders/7/delete 200', 'change-by-get'],
  ['a method in the query', '00:01 human:ann POST api.acme.test/orders/7?_method=delete 200', 'method-override'],
])('%s is found', async (_, text, kind) => {
  expect((await detect(only, text)).findings).toMatchObject([{ observed: { kind } }]);
});

test.each([
  ['clear text behind the end of TLS', '00:01 human:ann GET orders.mesh.acme.test/orders 200 scheme=http auth=1'],
  ['clear text on this machine', '00:01 human:ann GET localhost/orders 200 scheme=http auth=1'],
  ['clear text with nothing to lose', '00:01 - GET www.acme.test/news 200 scheme=http'],
  ['a redirect to https', '00:01 human:ann GET api.acme.test/orders 301 scheme=http auth=1'],
  ['a refused TRACE', '00:01 - TRACE api.acme.test/ 405'],
])('%s is none', async (_, text) => {
  expect((await detect(only, text)).findings).toEqual([]);
});

test('without a scheme it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:ann GET api.acme.test/orders 200', {}, ({ db }) => {
    db.exec('UPDATE call SET scheme_id = NULL');
  });
  expect(notEvaluable).toEqual([{ detector: 'unsafe-http', reason: 'no record says whether it was http or https' }]);
});
