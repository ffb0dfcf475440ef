import { expect, test } from 'vitest';

import { passagesOf } from '#shared/engine/intake/passages.ts';

const LETTER =
  'On Tuesday the carrier brought two boxes instead of three, and the third one, which held the glass, was found the next morning behind the garage of a house in the wrong street, wet through and open at one side, so that we ask you to send it anew or to pay what it cost.';

test('a quotation shares passages with the text that it was taken from, whatever the case and the marks', () => {
  const own = new Set(passagesOf(LETTER));
  const shared = passagesOf(`Please note: ${LETTER.slice(60, 190).toUpperCase().replaceAll(',', ' -')} (end of quote)`).filter((passage) =>
    own.has(passage),
  );
  expect(own.size).toBeGreaterThan(5);
  expect(shared.length).toBeGreaterThan(0);
});

test('another text with the same words in another order shares none', () => {
  const turned = LETTER.split(' ').reverse().join(' ');
  expect(passagesOf(turned).filter((passage) => passagesOf(LETTER).includes(passage))).toEqual([]);
});

test('a phrase of seven words has none, and a book has no more than so many', () => {
  expect(passagesOf('seven words are not yet a passage')).toEqual([]);
  expect(passagesOf(Array.from({ length: 5000 }, (_, index) => `w${String(index)}`).join(' ')).length).toBeLessThanOrEqual(128);
});

test('a long URL, a path and a query are no words, and a quotation around them is known again', () => {
  const url = 'https://api.acme.test/v1/tenants/eu-west/orders/2026/10/items/list/by/customer/all?sort=created&filter=open&page=2&size=50';
  expect(passagesOf(url)).toEqual([]);
  expect(passagesOf(new URL(url).pathname.repeat(4))).toEqual([]);
  expect(passagesOf('a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10&k=11&l=12')).toEqual([]);
  expect(passagesOf(LETTER.replace('two boxes', `two boxes ${url}`))).toEqual(passagesOf(LETTER));
});
