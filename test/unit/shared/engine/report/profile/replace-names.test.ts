import { expect, test } from 'vitest';
import { namesIn, nameReplacer } from '#shared/engine/report/profile/replace-names.ts';

const TEXT = 'Sent by @ann of host-01 to host-01.example, not to annex or xhost-01.';

test('names are replaced where they stand as whole words, the longest first', () => {
  const replace = nameReplacer(
    new Map([
      ['@ann', 'user-1'],
      ['host-01', 'host-1'],
      ['host-01.example', 'host-2'],
    ]),
  );
  expect(replace(TEXT)).toBe('Sent by @user-1 of host-1 to host-2, not to annex or xhost-01.');
});

test('of two spellings of one name the first gives what stands for it', () => {
  const replace = nameReplacer(
    new Map([
      ['@ann', 'user-1'],
      ['ann', 'user-2'],
    ]),
  );
  expect(replace('ann')).toBe('user-1');
});

test('each name is found as if it were looked for alone: a longer one beside it hides none', () => {
  const names = ['@ann', 'ann', 'host-01', 'host-01.example', 'example', 'annex or', 'nex', 'bob'];
  const alone = names.filter((name) => nameReplacer(new Map([[name, '']]))(TEXT) !== TEXT);
  expect([...namesIn(names, TEXT)]).toEqual(alone);
  expect(alone).toEqual(['@ann', 'ann', 'host-01', 'host-01.example', 'example', 'annex or']);
});
