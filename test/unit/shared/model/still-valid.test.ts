import { expect, test } from 'vitest';
import { countStillValid, stillValidFigure, stillValidWords } from '#shared/model/still-valid.ts';

const told = (...endings: Parameters<typeof countStillValid>[0]): readonly [string, string] => {
  const counted = countStillValid(endings);
  return [stillValidFigure(counted), stillValidWords(counted)];
};

test('a key that tells no end works until it is revoked, which is neither none nor not known', () => {
  expect(told({})).toEqual(['1 of 1', 'credentials of incidents can still be used, without a known end']);
});

test('expired and effectively revoked ones are not counted, the longest known end is said', () => {
  expect(told({ stillValidSeconds: 0 }, { stillValidSeconds: 7200 }, {}, { containment: { state: 'held' } })).toEqual([
    '2 of 4',
    'credentials of incidents can still be used, the longest for 2 hours after the evidence, 1 without a known end',
  ]);
  expect(told({ stillValidSeconds: 0 })[0]).toBe('none');
  expect(told({ containment: { state: 'broken' } })[0]).toBe('1 of 1');
});

test('without a credential of an incident there is nothing that could be valid', () => {
  expect(told()).toEqual(['no credential', 'incidents used no credential that is known']);
});
