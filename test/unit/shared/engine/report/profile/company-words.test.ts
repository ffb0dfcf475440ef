import { expect, test } from 'vitest';
import { companyWords, shortCompanyWords } from '#shared/engine/report/profile/company-words.ts';

test('the owner of a domain is its word, once; addresses, plain names and generic words own nothing', () => {
  expect(
    companyWords(['api.acme-shop.test', 'www.acme-shop.test:8443', 'id.bank.co.uk', '10.0.0.7', '[::1]:80', 'gateway', 'x.internal.test']),
  ).toEqual(['acme-shop', 'bank']);
});

test('what is no label names nobody, so that nothing in evidence becomes part of an expression', () => {
  expect(companyWords(['*acme.test', '<body onload="window.test', '(a+)+.test', 'a|b.test', 'good_one.test'])).toEqual(['good_one']);
});

test('the owner of a host at an identity provider is its tenant', () => {
  expect(companyWords(['larkspur.okta.com', 'okta.com', 'acme-eu.auth0.com'])).toEqual(['larkspur', 'acme-eu']);
});

test('the first part of a label is a word of its own where other names of the case begin with it', () => {
  const labels = ['larkspur-freight', 'report-tools', 'ab-c'];
  expect(
    shortCompanyWords(labels, ['/GetObject/larkspur-customs-docs/{key}', 'partners.larkspur-freight.net', 'report-tools.test']),
  ).toEqual(['larkspur']);
});
