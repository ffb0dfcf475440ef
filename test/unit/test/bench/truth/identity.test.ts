import { expect, test } from 'vitest';

import type { Export } from '#test/bench/truth/export.ts';
import { identityScores } from '#test/bench/truth/identity.ts';
import { oracleExport } from '#test/bench/truth/oracle.ts';
import { toRatios } from '#test/bench/truth/score.ts';
import { truthFromText } from '#test/support/truth-from-text.ts';

const truth = truthFromText(
  `
  a  kong#1   anna/t1  s1  GET api.test/x
  b  kong#2   anna/t2  s1  GET api.test/x
  c  kong#3   bot/t3   s2  GET api.test/x
  d  kong#4~  bill/t4  s3  GET api.test/x`,
  {
    principals: [
      { id: 'anna', kind: 'human', granted: ['read', 'write'], used: ['read'] },
      { id: 'bot', kind: 'agent', granted: ['read', 'all'], used: [] },
      { id: 'bill', kind: 'human', granted: ['read'], used: [] },
    ],
  },
);
const oracle = oracleExport(truth);
const ratios = (said: Export) => toRatios(identityScores(truth, said));

test('the oracle knows everybody, and unused scopes are asked for only where tokens say them', () => {
  expect(ratios(oracle)).toMatchObject({
    'principals.f1': 1,
    'kind.principals': 1,
    'agents.f1': 1,
    'unused-scopes.recall': 1,
    credentials: 1,
    'network.attributed': 1,
  });
});

test('two principals taken for one cost precision, and the kind of one of them', () => {
  const said = {
    report: { ...oracle.report, principals: oracle.report.principals.map((one) => ({ ...one, scopesUnused: [] })) },
    calls: oracle.calls.map((call) => (call.principal === 'bot' ? { ...call, principal: 'anna', kind: 'human' as const } : call)),
  };
  expect(ratios(said)).toMatchObject({
    'principals.precision': (2 / 3 + 2 / 3 + 1 / 3) / 3,
    'principals.recall': 1,
    'kind.principals': 1 / 2,
    'kind.calls': 2 / 3,
    'agents.recall': 0,
    'unused-scopes.recall': 0,
    credentials: 2 / 3,
  });
});

test('calls that show only the network are a measure of their own', () => {
  const said = { ...oracle, calls: oracle.calls.map((call) => (call.principal === 'bill' ? { ...call, principal: 'anna' } : call)) };
  expect(ratios(said)).toMatchObject({ 'principals.f1': 1, 'network.attributed': 1 });
  const { principal: _, ...nameless } = oracle.calls[3] ?? oracle.calls[0] ?? { ref: '', timeKind: 'unknown', format: '' };
  expect(ratios({ ...oracle, calls: [...oracle.calls.slice(0, 3), nameless] })).toMatchObject({
    'principals.f1': 1,
    'network.attributed': 0,
  });
});

test('credentials and scopes are asked for only where a record shows the credential, scopes only of tokens', () => {
  const hidden = truthFromText(
    `
  a  kong#1   anna/t1  s1  GET api.test/x
  b  kong#2=  bill/t2  s2  GET api.test/x
  c  kong#3   bot/k3   s3  GET api.test/x`,
    { principals: ['anna', 'bill', 'bot'].map((id) => ({ id, kind: 'human', granted: ['read', 'write'], used: ['read'] })) },
  );
  const scores = identityScores(hidden, oracleExport(hidden));
  expect(scores).toMatchObject({ credentials: { sum: 2, of: 2 }, 'unused-scopes.recall': { sum: 1, of: 1 } });
  expect(toRatios(scores)).toMatchObject({ 'principals.f1': 1, 'unused-scopes.precision': 1 });
});
