import { parseCidr, rangeFinder } from './cidr.ts';

/** Blocks whose addresses mean nothing outside: RFC 1918, 6598 (carriers), 3927 and 4291 (link-local), 4193, loopback. */
const INSIDE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
];

/** True for an address that only exists inside of a network, as a log writes it. Cost: one binary search. */
export const isInsideAddress: (address: string) => boolean = rangeFinder(INSIDE.map(parseCidr).filter((range) => range !== undefined));
