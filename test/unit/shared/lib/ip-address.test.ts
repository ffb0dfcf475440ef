import { expect, test } from 'vitest';
import { parseCidr, rangeFinder } from '#shared/lib/cidr.ts';
import { bareAddress, ipv6Groups } from '#shared/lib/ip-address.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7:5000', '192.0.2.7'],
  ['[2001:db8::7]:443', '2001:db8::7'],
  ['fe80::1%eth0', 'fe80::1'],
])('%s is the address %s', (written, address) => {
  expect(bareAddress(written)).toBe(address);
});

test('an IPv6 address has eight groups, and what is none has no groups', () => {
  expect(ipv6Groups('2001:db8::7')).toEqual(['2001', 'db8', '0', '0', '0', '0', '0', '7']);
  expect(['1::2::3', '1:2', 'face', '12345::', '1:2:3:4:5:6:7:8:9', ''].map(ipv6Groups)).toEqual(Array.from({ length: 6 }));
});

test('an address with a port is in the range that its bare form is in', () => {
  const range = parseCidr('192.0.2.0/24');
  const has = rangeFinder(range === undefined ? [] : [range]);
  expect(['192.0.2.7', '192.0.2.7:443', '192.0.3.7:443', 'unknown'].map(has)).toEqual([true, true, false, false]);
});
