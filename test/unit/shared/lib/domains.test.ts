import { expect, test } from 'vitest';
import { isInternalHost, registrableDomain } from '#shared/lib/domains.ts';

test.each([
  ['api.eu.acme.test', 'acme.test'],
  ['shop.acme.co.uk', 'acme.co.uk'],
  ['acme.test', 'acme.test'],
  ['10.1.2.3', '10.1.2.3'],
])('%s belongs to %s', (host, domain) => {
  expect(registrableDomain(host)).toBe(domain);
});

test.each([
  ['10.1.2.3', true],
  ['172.32.0.1', false],
  ['orders', true],
  ['stock.svc.local', true],
  ['files.evil.test', false],
  ['fd00::1', true],
])('%s is internal: %s', (host, internal) => {
  expect(isInternalHost(host)).toBe(internal);
});
