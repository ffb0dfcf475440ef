import { bareAddress, ipv6Groups } from '../lib/ip-address.ts';

const IPV4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/;
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
/** Groups of an IPv6 address that name the site: 48 bits. */
const SITE_GROUPS = 3;

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
  const site = groups.slice(0, SITE_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${site.join(':')}::/48`;
}
