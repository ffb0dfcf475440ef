import { expect, test } from 'vitest';

import { classifyScores } from '#test/bench/truth/classify.ts';
import { oracleExport } from '#test/bench/truth/oracle.ts';
import { toRatios } from '#test/bench/truth/score.ts';
import { truthFromText } from '#test/support/truth-from-text.ts';

const truth = truthFromText('a  har#1  anna/t1  s1  GET api.test/users/{user}', {
  endpoints: [
    {
      method: 'GET',
      host: 'api.test',
      template: '/users/{user}',
      published: 'documented',
      fields: [
        { where: 'response $.items[*].email', type: 'email' },
        { where: 'response $.card', type: 'payment-card' },
        { where: 'response $.key', type: 'api-key' },
        { where: 'response $.number', type: 'none' },
      ],
    },
  ],
});
const oracle = oracleExport(truth);

/** The oracle with these types in its one endpoint. */
function ratios(...types: readonly (readonly [type: string, where: string])[]) {
  const endpoints = oracle.report.endpoints.map((endpoint) => ({
    ...endpoint,
    dataTypes: types.map(([type, where]) => ({ type, where, share: 1 })),
  }));
  return toRatios(classifyScores(truth, { ...oracle, report: { ...oracle.report, endpoints } }));
}

test('a look-alike costs precision, a missed field recall; fields that the truth does not know are neutral', () => {
  expect(
    ratios(
      ['email', 'response $.items[0].email'],
      ['payment-card', 'response $.number'],
      ['session-token', 'request-header mcp-session-id'],
    ),
  ).toMatchObject({
    'fields.precision': 1 / 2,
    'fields.recall': 1 / 3,
    'type.email.f1': 1,
    'type.payment-card.f1': 0,
    'secrets.recall': 0,
  });
});

test('a key that is called a password is found as a secret of the wrong kind', () => {
  expect(ratios(['password', 'response $.key'])).toMatchObject({ 'secrets.precision': 0, 'type.api-key.recall': 0 });
});
