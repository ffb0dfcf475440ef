import { expect, test } from 'vitest';
import { isReadable, stateOf } from '#renderer/views/evidence/source-state.ts';

test('a file that no format claims asks to be looked at, though it was read to its end', () => {
  expect(stateOf({ state: 'complete' })).toMatchObject({ word: 'not recognised', tone: 'doubt' });
  expect(stateOf({ state: 'complete', format: 'har' })).toMatchObject({ word: 'complete', tone: 'quiet' });
});

test('a duplicate names what it is the same as', () => {
  expect(stateOf({ state: 'duplicate', duplicateOf: 'a.log' }).means).toContain('a.log');
});

test('what counts for nothing, or is being read, cannot be read again', () => {
  expect(
    (['complete', 'interrupted', 'failed', 'duplicate', 'withdrawn', 'reading'] as const).filter((state) => isReadable({ state })),
  ).toEqual(['complete', 'interrupted', 'failed']);
});
