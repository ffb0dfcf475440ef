import { expect, test } from 'vitest';
import { sessionKeyId, sessionKeyProblem } from '#shared/model/session-key.ts';

test('a key is named as the place is spelt', () => {
  expect(sessionKeyProblem({ kind: 'header', name: 'x-session-id' })).toBeUndefined();
  expect(sessionKeyProblem({ kind: 'body', name: '$.params._meta.context["run.id"]' })).toBeUndefined();
  expect(sessionKeyProblem({ kind: 'claim', name: 'https://acme.test/sid' })).toBeUndefined();
});

test('a name that could stand nowhere is refused with a reason', () => {
  expect(sessionKeyProblem({ kind: 'header', name: 'x session' })).toBe('a header is named by letters, digits and signs without blanks');
  expect(sessionKeyProblem({ kind: 'body', name: 'context.id' })).toBe('a place in a body is written as $.name or $.outer.inner');
  expect(sessionKeyProblem({ kind: 'claim', name: 'a b' })).toBe('a claim is named without blanks');
});

test('header names have no case, cookies do', () => {
  expect(sessionKeyId({ kind: 'header', name: 'X-Run' })).toBe(sessionKeyId({ kind: 'header', name: 'x-run' }));
  expect(sessionKeyId({ kind: 'cookie', name: 'SID' })).not.toBe(sessionKeyId({ kind: 'cookie', name: 'sid' }));
});
