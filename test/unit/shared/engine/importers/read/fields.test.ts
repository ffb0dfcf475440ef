import { expect, test } from 'vitest';
import { toAddress } from '#shared/engine/importers/read/fields.ts';

test.each(['192.0.2.9', '2001:db8::7', '::1', '::FFFF:192.0.2.9'])('%s is an address', (text) => {
  expect(toAddress(text)).toBe(text);
});

// What audit logs of clouds write in its place, words of hexadecimal digits, and what would be a second address or markup.
test.each([
  'AWS Internal',
  'private',
  'gce-internal-ip',
  'ec2.amazonaws.com',
  'cafe',
  '443',
  '',
  '192.0.2.9, 10.0.0.1',
  '<b>::1',
  undefined,
])('%s is none', (text) => {
  expect(toAddress(text)).toBeUndefined();
});
