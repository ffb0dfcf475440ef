import { expect, test } from 'vitest';
import { isInsideAddress } from '#shared/lib/inside-addresses.ts';

test('addresses that only exist inside of a network, their neighbours outside', () => {
  const inside = ['10.0.0.1', '172.31.255.255', '100.64.0.1', '169.254.169.254', '[fd00::1]:443', 'fe80::1%eth0', '::1', '::ffff:10.1.2.3'];
  const outside = ['11.0.0.1', '172.32.0.1', '100.128.0.1', '2001:db8::1', 'fe.example', 'fd.example', ''];
  expect(inside.filter((address) => !isInsideAddress(address))).toEqual([]);
  expect(outside.filter(isInsideAddress)).toEqual([]);
});
