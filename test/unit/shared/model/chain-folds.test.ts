import { describe, expect, test } from 'vitest';
import { toOutcome } from '#shared/model/call-outcome.ts';
import { alikeKey, foldSiblings } from '#shared/model/chain-folds.ts';
import { fc } from '#test/support/property.ts';

/** Calls named by letters, each a second after the one before. */
const fold = (letters: string, seconds: readonly number[] = []): readonly string[] => {
  const calls = [...letters].map((key, place) => ({ key, start: (seconds[place] ?? place) * 1000 }));
  const rules = { keyOf: ({ key }: (typeof calls)[number]) => key, startOf: ({ start }: (typeof calls)[number]) => start };
  return foldSiblings(calls, rules).map(
    ({ members, round }) => `${members.map(({ key }) => key).join('')}${round === undefined ? '' : ` in rounds of ${String(round)}`}`,
  );
};

describe('alike siblings', () => {
  test('are one from three on, at the place of the first, whatever stands between', () => {
    expect(fold('abacda')).toEqual(['aaa', 'b', 'c', 'd']);
    expect(fold('abab')).toEqual(['a', 'b', 'a', 'b']);
  });

  test('part where they pause for far longer than usual', () => {
    expect(fold('aaaaaaa', [0, 1, 2, 3, 600, 601, 602])).toEqual(['aaaa', 'aaa']);
    expect(fold('aaaa', [0, 300, 600, 900])).toEqual(['aaaa']);
  });

  test('an answer of unknown status is like no other', () => {
    expect(new Set([undefined, 200, 404, 201, 500].map((status) => alikeKey('GET a/', toOutcome({ status })))).size).toBe(3);
  });
});

describe('rounds', () => {
  test('of several calls that come at least three times in a row are one', () => {
    expect(fold('xabababy')).toEqual(['x', 'ababab in rounds of 2', 'y']);
    expect(fold('abcabcabc')).toEqual(['abcabcabc in rounds of 3']);
    expect(fold('aabaabaab')).toEqual(['aabaabaab in rounds of 3']);
  });

  test('a round that was begun and not ended stands after them', () => {
    expect(fold('abababa')).toEqual(['ababab in rounds of 2', 'a']);
  });

  test('twice is no round', () => {
    expect(fold('abcabc')).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  test('are not seen in a busy fan, where a few calls stand in rounds by chance', () => {
    expect(fold('aabbabababbbaaabba')).toEqual(['aaaaaaaaa', 'bbbbbbbbb']);
  });

  test('part where they pause, and the same round on two occasions is two folds', () => {
    expect(fold('abababababab', [0, 1, 2, 3, 4, 5, 600, 601, 602, 603, 604, 605])).toEqual([
      'ababab in rounds of 2',
      'ababab in rounds of 2',
    ]);
  });
});

test('every call is in exactly one group, and groups stand in the order of their first', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), (keys) => {
      const groups = foldSiblings(
        keys.map((key, place) => ({ key, place })),
        { keyOf: ({ key }) => key, startOf: () => undefined },
      );
      const firsts = groups.map(({ members }) => members[0]?.place ?? -1);
      expect(groups.flatMap(({ members }) => members.map(({ place }) => place)).toSorted((a, b) => a - b)).toEqual(keys.map((_, at) => at));
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
      for (const { members, round = 1 } of groups) expect(members.length % round).toBe(0);
    }),
  );
});
