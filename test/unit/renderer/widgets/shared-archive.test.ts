import { expect, test } from 'vitest';
import { sharedArchive } from '#renderer/widgets/shared-archive.ts';

test('members of one archive share its name; those of two, or a file beside it, share none', () => {
  expect(sharedArchive(['b.zip!a.log', 'b.zip!in.zip!c.log'])).toBe('b.zip!');
  expect(sharedArchive(['b.zip!a.log', 'c.zip!a.log'])).toBe('');
  expect(sharedArchive(['b.zip!a.log', 'a.log'])).toBe('');
  expect(sharedArchive(['!a.log', '!b.log'])).toBe('');
  expect(sharedArchive([])).toBe('');
});
