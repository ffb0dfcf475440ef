import { expect, test } from 'vitest';

import { emptyExport } from '#test/bench/truth/export.ts';
import { toRatios } from '#test/bench/truth/score.ts';
import { literalsBesideParameters, templateScores } from '#test/bench/truth/templates.ts';
import { oracleExport } from '#test/bench/truth/oracle.ts';
import { truthFromText } from '#test/support/truth-from-text.ts';

const truth = truthFromText(`
  a  kong#1  anna/t1  s1  GET api.test/users/{user}
  b  kong#2  anna/t1  s1  GET api.test/users/{user}
  c  kong#3  anna/t1  s1  GET api.test/users/me
  d  kong#4  anna/t1  s1  GET api.test/status
  e  kong#5  anna/t1  s1  GET api.test/wp-login.php  probe`);

/** The oracle's calls with these endpoints, in order. */
function say(...endpoints: readonly string[]) {
  return {
    ...emptyExport,
    calls: oracleExport(truth).calls.map((call, index) => ({ ...call, endpoint: `GET api.test${endpoints[index] ?? ''}` })),
  };
}
const ratios = (...endpoints: readonly string[]) => toRatios(templateScores(truth, say(...endpoints)));

test('names of parameters do not matter, and a probe has no right group', () => {
  expect(ratios('/users/{id}', '/users/{id}', '/users/me', '/status', '/status')).toMatchObject({
    grouping: 1,
    'template.f1': 1,
    literals: 1,
  });
});

test('a literal that was swallowed by a parameter spoils both groups', () => {
  expect(ratios('/users/{id}', '/users/{id}', '/users/{id}', '/status', '/x')).toMatchObject({
    grouping: 1 / 4,
    'template.precision': 1,
    'template.recall': 2 / 3,
    literals: 0,
    merged: 1 / 2,
    split: 0,
  });
});

test('an operation in two groups is split', () => {
  expect(ratios('/users/7', '/users/{id}', '/users/me', '/status', '/x')).toMatchObject({ grouping: 1 / 2, split: 1 / 3, merged: 0 });
});

test('a literal counts where any template alike up to there has a parameter', () => {
  expect([...literalsBesideParameters(['GET h/orders/{}/refunds', 'GET h/orders/export', 'GET h/status'])]).toEqual([
    'GET h/orders/export',
  ]);
});
