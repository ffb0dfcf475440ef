import { expect, test } from 'vitest';
import { describeChange } from '#shared/contract/review-words.ts';

test('a change is told in one plain sentence, one call and many', () => {
  expect(describeChange({ kind: 'tag', refs: ['a#1', 'a#2', 'a#3'], tag: 'exfil', on: true }, 3)).toBe('tagged 3 calls "exfil"');
  expect(describeChange({ kind: 'star', refs: ['a#1'], on: false }, 1)).toBe('unstarred a#1');
  expect(describeChange({ kind: 'mark', refs: ['a#1', 'a#2'], on: true }, 2)).toBe('marked 2 calls for the timeline');
  expect(describeChange({ kind: 'note-add', ref: 'a.log#4', text: 'x' }, 1)).toBe('added a note to a.log#4');
});
