import { expect, test } from 'vitest';
import { isInNetwork, parseAddress, parseNetwork } from '#shared/query/network.ts';

test.each([
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['192.168.1.129', '192.168.1.128/25', true],
  ['192.168.1.127', '192.168.1.128/25', false],
  ['1.2.3.4', '0.0.0.0/0', true],
  ['2001:db8::1', '2001:db8::/32', true],
  ['2001:db9::1', '2001:db8::/32', false],
  ['::ffff:10.1.2.3', '10.0.0.0/8', true],
  ['10.0.0.1', '::/0', false],
  ['not an address', '0.0.0.0/0', false],
])('%s in %s is %s', (address, network, inside) => {
  const parsed = parseNetwork(network);
  expect(parsed !== undefined && isInNetwork(address, parsed)).toBe(inside);
});

test.each(['10.0.0', '10.0.0.256', '1::2::3', '12345::', 'g::', ':', '1:2:3:4:5:6:7:8:9'])('%s is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '/8', '::/129'])('%s is no network', (text) => {
  expect(parseNetwork(text)).toBeUndefined();
});
