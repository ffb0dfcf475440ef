import { expect, test } from 'vitest';
import { completeAt } from '#shared/query/complete.ts';
import { listOffers } from '#renderer/widgets/query/query-offers.ts';

const offer = (draft: string, values?: readonly { value: string; calls: number }[], history: readonly string[] = []) =>
  listOffers(draft, completeAt(draft, draft.length), values, history);

test('an empty query offers the last ones, which run when they are chosen, then fields', () => {
  const offers = offer('', undefined, ['status >= 400', 'is:agent']);
  expect(offers.slice(0, 2).map(({ text, runs }) => [text, runs])).toEqual([
    ['status >= 400', true],
    ['is:agent', true],
  ]);
  expect(offers[2]).toMatchObject({ group: 'Fields', runs: false });
});

test('a value is offered with its count, and quoted where it must be', () => {
  const [first] = offer('host:', [{ value: 'api acme', calls: 1204 }]);
  expect(first).toMatchObject({ label: 'api acme', about: '1\u2009204 calls', text: 'host:"api acme" ' });
});

test('a field that has only some values offers those that fit, with counts where there are any', () => {
  const offers = offer('kind:a', [{ value: 'agent', calls: 7 }]);
  expect(offers.map(({ label, about }) => [label, about])).toEqual([['agent', '7 calls']]);
});
