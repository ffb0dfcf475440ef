import { expect, test } from 'vitest';
import { factName } from '#shared/model/fact-names.ts';

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
