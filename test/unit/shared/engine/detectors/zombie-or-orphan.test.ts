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
