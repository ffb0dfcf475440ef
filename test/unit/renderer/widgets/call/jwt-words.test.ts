import { expect, test } from 'vitest';
import { claimInWords } from '#renderer/widgets/call/jwt-words.ts';

const used = '2026-10-01T00:00:00.000000Z';
const at = Date.UTC(2026, 9, 1) / 1000;

test('a token for three years is said to be one, and warned of', () => {
  const claims = { iat: at - 86_400, exp: at - 86_400 + 3 * 365 * 86_400 };
  expect(claimInWords('exp', claims.exp, claims, used)).toEqual({
    text: 'expires 2029-09-29 00:00:00 UTC, 2 y 364 d after this call; lives 3 y',
    warn: true,
  });
});

test('a token that had expired when it was used is warned of', () => {
  expect(claimInWords('exp', at - 60, { iat: at - 3660 }, used)).toEqual({
    text: 'expires 2026-09-30 23:59:00 UTC, 1 m before this call; lives 1 h',
    warn: true,
  });
});

test.each([
  ['iat', at - 60, 'issued 2026-09-30 23:59:00 UTC, 1 m before this call', false],
  ['nbf', at + 60, 'valid from 2026-10-01 00:01:00 UTC, 1 m after this call', true],
  ['exp', 1e300, 'not a time that exists', true],
  ['alg', 'none', 'not signed at all: anyone can write such a token', true],
  ['sub', 'x', 'whom it is about', false],
])('%s %s', (name, value, text, warn) => {
  expect(claimInWords(name, value, {}, used)).toEqual({ text, warn });
});

test('an unknown claim, or a time that is no number, has no words', () => {
  expect(claimInWords('tenant', 'x', {}, used)).toBeUndefined();
  expect(claimInWords('exp', 'soon', {}, used)).toBeUndefined();
});
