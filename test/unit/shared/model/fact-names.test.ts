import { expect, test } from 'vitest';
import { factMeaning, factName } from '#shared/model/fact-names.ts';

test('names in the code are words to a person', () => {
  const names = ['distinctIds', 'callsIn10Minutes', 'doorsIn10Minutes', 'most_of_one-caller', 'operations', 'p95', 'indexed2'];
  expect(names.map(factName)).toEqual([
    'distinct ids',
    'calls in 10 minutes',
    'doors in 10 minutes',
    'most of one principal',
    'endpoints',
    'p95',
    'indexed2',
  ]);
});

test('what a statistician calls by a letter or a term is said in words, with the term and what it means', () => {
  expect(factName('mad')).toBe('usual distance from the middle (MAD)');
  expect(factName('toString')).toBe('to string');
  expect(factMeaning('bitsPerStep')).toContain('one in 1,024');
  expect(factMeaning('distinctIds')).toBeUndefined();
});
