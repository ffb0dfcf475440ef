import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const only = ['error-leak'];
const run = (body: string, status = '500', host = 'api.acme.test'): Promise<Detected> =>
  detect(only, `00:01 human:ann GET ${host}/orders ${status} in=har.har`, { bodies: { 'har.har#1': body } });

test.each([
  ['Java stack trace', 'low', 'java.lang.NullPointerException\n\tat com.acme.orders.OrderService.load(OrderService.java:88)'],
  ['Python stack trace', 'low', '{"error":"Traceback (most recent call last):\\n  File \\"app.py\\", line 3"}'],
  ['SQL error', 'medium', "You have an error in your SQL syntax; check the manual near ''1'"],
  ['internal address', 'medium', '{"error":"connect ECONNREFUSED 10.4.2.17:5432"}'],
])('a %s is %s', async (kind, severity, body) => {
  expect((await run(body)).findings).toMatchObject([{ severity, observed: { kinds: [kind], answers: 1 } }]);
});

test('on a host of developers it is no more than a note', async () => {
  const { findings } = await run('ORA-00942: table or view does not exist', '500', 'api-dev.acme.test');
  expect(findings.map(({ severity }) => severity)).toEqual(['info']);
});

test.each([
  ['an error that says little', '{"error":"internal error","id":"7f3a"}', '500'],
  ['documentation about errors', 'at com.acme.orders.OrderService.load(OrderService.java:88)', '200'],
  ['the path of the request', '{"error":"not found","path":"/v1/orders/7"}', '404'],
])('%s is none', async (_, body, status) => {
  expect((await run(body, status)).findings).toEqual([]);
});

test('without bodies it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:ann GET api.acme.test/orders 500');
  expect(notEvaluable).toEqual([{ detector: 'error-leak', reason: 'no bodies of answers in the evidence' }]);
});
