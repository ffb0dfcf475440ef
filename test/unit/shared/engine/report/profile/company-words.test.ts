import { expect, test } from 'vitest';
import { companyWords } from '#shared/engine/report/profile/company-words.ts';

test('the owner of a domain is its word, once; addresses, plain names and generic words own nothing', () => {
  expect(
    companyWords(['api.acme-shop.test', 'www.acme-shop.test:8443', 'id.bank.co.uk', '10.0.0.7', '[::1]:80', 'gateway', 'x.internal.test']),
  ).toEqual(['acme-shop', 'bank']);
});

test('what is no label names nobody, so that nothing in evidence becomes part of an expression', () => {
  expect(companyWords(['*acme.test', '<body onload="window.test', '(a+)+.test', 'a|b.test', 'good_one.test'])).toEqual(['good_one']);
});
