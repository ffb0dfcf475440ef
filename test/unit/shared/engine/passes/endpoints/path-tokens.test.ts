import { expect, test } from 'vitest';

import { isGlued, plainToken, toTokens } from '#shared/engine/passes/endpoints/path-tokens.ts';

test.each([
  ['/v1/users/7', ['v1', 'users', '7']],
  ['/v1/jobs/7:cancel', ['v1', 'jobs', '7', '+:cancel']],
  ['/Accounts/AC12.json', ['Accounts', 'AC12', '+.json']],
  ['/files/report.final', ['files', 'report.final']],
  ['/a:b/c', ['a:b', 'c']],
  ['/t/arn:aws:x:1', ['t', 'arn:aws:x:1']],
  ['/', []],
])('%s is cut into its segments, and a fixed ending is a token of its own', (path, tokens) => {
  expect(toTokens(path).map((token) => (isGlued(token) ? `+${plainToken(token)}` : token))).toEqual(tokens);
});
