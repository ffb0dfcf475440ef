import { bareAddress, ipv6Groups } from '../lib/ip-address.ts';

const IPV4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/;
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
/** Groups of an IPv6 address that name the site (48 bits), and the one network in it whose machines choose their own addresses (64). */
const SITE_GROUPS = 3;
const SUBNET_GROUPS = 4;

const prefixOf = (groups: readonly string[], count: number): string =>
  `${groups
    .slice(0, count)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/${String(count * 16)}`;

/**
 * The network of an address: /24 for IPv4, /48 for IPv6; anything else as it is.
 * Example: `10.0.139.162` → `10.0.139.0/24`, `2001:db8:5::7` → `2001:db8:5::/48`. Ports, brackets and zones are dropped.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined || address === '') return 'none';
  const bare = bareAddress(address);
  const four = IPV4.exec(MAPPED.exec(bare)?.[1] ?? bare);
  if (four?.[1] !== undefined) return `${four[1]}.0/24`;
  const groups = ipv6Groups(bare.toLowerCase());
  if (groups === undefined) return bare;
  return prefixOf(groups, SITE_GROUPS);
}

/**
 * What one machine keeps of an address: all of IPv4, the /64 of IPv6, below which it changes its address by itself from day to day.
 * Example: `10.0.139.162` → `10.0.139.162`, `2001:db8:5:9::7` → `2001:db8:5:9::/64`. Source: RFC 8981 (temporary addresses).
 */
export function ownNetworkOf(address: string): string {
  const bare = bareAddress(address);
  const groups = MAPPED.test(bare) ? undefined : ipv6Groups(bare.toLowerCase());
  return groups === undefined ? bare : prefixOf(groups, SUBNET_GROUPS);
}
