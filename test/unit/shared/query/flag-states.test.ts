import { expect, test } from 'vitest';
import { flagStates, forgetFlag } from '#shared/query/flag-states.ts';

test('a query asks for a flag, rules it out, or says nothing of it', () => {
  const stateOf = flagStates('is:agent status:500 -has:finding (is:write or is:retry)');
  expect(['is:agent', 'has:finding', 'is:write', 'is:human'].map(stateOf)).toEqual(['included', 'excluded', 'open', 'open']);
});

test('a flag that is forgotten is neither asked for nor ruled out, and the rest stays as it was typed', () => {
  expect(forgetFlag('is:agent  status:500 and -is:agent', 'is:agent')).toBe('status:500');
  expect(forgetFlag('status:500 -is:write', 'is:write')).toBe('status:500');
  expect(forgetFlag('is:agent or is:human', 'is:agent')).toBe('is:agent or is:human');
});
