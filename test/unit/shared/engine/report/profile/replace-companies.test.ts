import { expect, test } from 'vitest';
import { companyReplacer } from '#shared/engine/report/profile/replace-companies.ts';

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

test('a long word is found in two parts as well, however they are joined, and never inside of two other words', () => {
  const hide = companyReplacer(new Map([['quillforge', 'company-01']]));
  const spellings = ['quill_forge', 'quill-forge', 'Quill.Forge', 'quillForge', 'QUILL FORGE', 'quill%20forge', 'quill+forge'];
  expect(spellings.map(hide)).toEqual(spellings.map(() => 'company-01'));
  expect(hide('svc_quill_forge_prod, QuillForgeBot/2')).toBe('svc_company-01_prod, company-01Bot/2');
  expect(hide('tranquill forgery, quil lforge, a quill, a forge')).toBe('tranquill forgery, company-01, a quill, a forge');
  expect(companyReplacer(new Map([['forall', 'company-01']]))('for all callers')).toBe('for all callers');
});

test('a hundred thousand owners are replaced too', () => {
  const many = new Map(Array.from({ length: 100_000 }, (_, index) => [`owner-${String(index)}x`, `company-${String(index)}`] as const));
  expect(companyReplacer(many)('sent to Owner_99999x')).toBe('sent to company-99999');
});
