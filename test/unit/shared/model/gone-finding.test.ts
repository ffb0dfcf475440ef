import { expect, test } from 'vitest';
import { goneCounts, goneState } from '#shared/model/gone-finding.ts';

const gone = (endpoints: readonly string[], calledAgain: number) => ({ endpoints, calledAgain });

test('a finding is fixed where all of its endpoints were called again, and partly or not called again otherwise', () => {
  expect(goneState(gone(['a', 'b'], 2))).toBe('fixed');
  expect(goneState(gone(['a', 'b'], 1))).toBe('partly called again');
  expect(goneState(gone(['a', 'b'], 0))).toBe('not called again');
  expect(goneState(gone([], 0))).toBe('fixed');
});

test('what is gone without a proof is not counted as fixed', () => {
  expect(goneCounts([gone(['a'], 1), gone(['a', 'b'], 1), gone(['a'], 0)], String)).toBe('1 fixed, 2 gone but not shown to be fixed');
  expect(goneCounts([], String)).toBe('0 fixed');
});
