import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const only = ['spec-drift'];
const KEY = 'GET api.acme.test/orders';
const contract = { parameters: [{ name: 'page', in: 'query' as const, required: false }], responses: { '200': { content: {} } } };
const run = (text: string, more: object = {}): Promise<Detected> =>
  detect(only, text, { servers: ['https://api.acme.test'], contracts: { [KEY]: { ...contract, ...more } } });

test('an undocumented parameter that most principals send is a fault of the description', async () => {
  const { findings } = await run('00:01 human:ann GET api.acme.test/orders?page=1&sort=up 200');
  expect(findings).toMatchObject([
    { severity: 'info', observed: { differences: [`undocumented parameter query sort at ${KEY}: 1 call, 1 principal`] } },
  ]);
});

test('one of many principals that does it is odd', async () => {
  const many = ['ann', 'bo', 'cy', 'di', 'ed'].map((who, index) => `00:0${String(index)} human:${who} GET api.acme.test/orders 200`);
  const { findings } = await run([...many, '00:10 human:ann GET api.acme.test/orders?debug=1 200'].join('\n'));
  expect(findings).toMatchObject([{ severity: 'low', title: expect.stringContaining('Single principals') as string }]);
});

test('a protected endpoint that answers without a credential is a finding of its own', async () => {
  const { findings } = await run('00:01 human:ann GET api.acme.test/orders 200 auth=1\n00:02 - GET api.acme.test/orders 200', {
    secured: true,
    auth: [['bearer']],
  });
  expect(findings).toMatchObject([{ severity: 'medium', calls: ['kong#2'] }]);
});

test.each([
  ['documented parameters', '00:01 human:ann GET api.acme.test/orders?page=2 200', {}],
  ['parameters of a refused call', '00:01 human:ann GET api.acme.test/orders?debug=1 400', {}],
  ['a source that shows no credentials', '00:02 - GET api.acme.test/orders 200', { secured: true, auth: [['bearer']] }],
  ['statuses of any server', '00:02 - GET api.acme.test/orders 429', {}],
])('%s are no drift', async (_, text, more) => {
  expect((await run(text, more)).findings).toEqual([]);
});

test('without a description it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:ann GET api.acme.test/orders 200');
  expect(notEvaluable).toEqual([{ detector: 'spec-drift', reason: 'no API description with schemas in the evidence' }]);
});
