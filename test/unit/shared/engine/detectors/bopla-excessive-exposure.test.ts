import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const only = ['bopla-excessive-exposure'];
const KEY = 'GET api.acme.test/users/{id}';
const run = (schema: object, type = 'email'): Promise<Detected> =>
  detect(
    only,
    '00:01 human:ann GET api.acme.test/users/17 200 in=har.har',
    {
      servers: ['https://api.acme.test'],
      contracts: { [KEY]: { responses: { '200': { content: { 'application/json': schema as never } } } } },
      bodies: { 'har.har#1': '{"id":17,"owner":{"contact":"a@b.test"}}' },
    },
    ({ db }) => {
      db.prepare('UPDATE endpoint SET data_types = ?').run(JSON.stringify([{ type, where: 'response $.owner.contact', share: 1 }]));
    },
  );
const narrow = { type: 'object', properties: { id: { type: 'integer' } } };

test('a sensitive field beside the description is a finding', async () => {
  expect((await run(narrow)).findings).toMatchObject([
    { severity: 'medium', observed: { fields: ['response $.owner.contact: email'] }, calls: ['har.har#1'] },
  ]);
});

test('with payment data it is high', async () => {
  expect((await run(narrow, 'payment-card')).findings.map(({ severity }) => severity)).toEqual(['high']);
});

test.each([
  ['the description has it', { properties: { id: {}, owner: { properties: { contact: {} } } } }],
  ['the description allows more', { ...narrow, additionalProperties: true }],
])('it is none where %s', async (_, schema) => {
  expect((await run(schema)).findings).toEqual([]);
});

test('a field that tells nothing about anyone is none', async () => {
  expect((await run(narrow, 'amount')).findings).toEqual([]);
});

test('without bodies it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:ann GET api.acme.test/users/17 200');
  expect(notEvaluable).toEqual([{ detector: 'bopla-excessive-exposure', reason: 'no bodies of answers in the evidence' }]);
});
