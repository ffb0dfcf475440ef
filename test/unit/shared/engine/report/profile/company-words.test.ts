import { expect, test } from 'vitest';
import { companyReplacer, companyWords } from '#shared/engine/report/profile/company-words.ts';

test('the owner of a domain is its word, once; addresses, plain names and generic words own nothing', () => {
  expect(
    companyWords(['api.acme-shop.test', 'www.acme-shop.test:8443', 'id.bank.co.uk', '10.0.0.7', '[::1]:80', 'gateway', 'x.internal.test']),
  ).toEqual(['acme-shop', 'bank']);
});

const replace = companyReplacer(
  new Map([
    ['acme', 'company-01'],
    ['blue-harbour', 'company-02'],
  ]),
);

test('a word of a company is found in any case and however its parts are joined', () => {
  expect(replace('Acme, ACME_prod.log, /acme/v1, AcmeBot/2, acme-api')).toBe(
    'company-01, company-01_prod.log, /company-01/v1, company-01Bot/2, company-01-api',
  );
  expect(replace('BlueHarbour blue_harbour blue%20harbour myblueharbourfiles')).toBe('company-02 company-02 company-02 mycompany-02files');
});

test('a short word stays inside of longer ones', () => {
  expect(replace('pacmed acmeist Macme')).toBe('pacmed acmeist Macme');
});

test('what is no label names nobody, so that nothing in evidence becomes part of an expression', () => {
  expect(companyWords(['*acme.test', '<body onload="window.test', '(a+)+.test', 'a|b.test', 'good_one.test'])).toEqual(['good_one']);
});

test('a hundred thousand owners are replaced too', () => {
  const many = new Map(Array.from({ length: 100_000 }, (_, index) => [`owner-${String(index)}x`, `company-${String(index)}`] as const));
  expect(companyReplacer(many)('sent to Owner_99999x')).toBe('sent to company-99999');
});
