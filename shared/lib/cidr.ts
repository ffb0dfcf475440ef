import { bareAddress, ipv6Groups } from './ip-address.ts';

/** A block of addresses. IPv4 stands in the IPv6 space as RFC 4291's mapped addresses, so that one order holds for both. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = 128;
const MAPPED = 0xffff_0000_0000n;
const V4_BITS = 32;

/** A bare address as a number; `undefined` when the text is none. */
function addressNumber(text: string): bigint | undefined {
  const four = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(text);
  if (four !== null) {
    const bytes = four.slice(1).map(Number);
    return bytes.every((byte) => byte < 256) ? MAPPED + BigInt(bytes.reduce((sum, byte) => sum * 256 + byte, 0)) : undefined;
  }
  const groups = ipv6Groups(text);
  return groups?.reduce((sum, group) => sum * 65_536n + BigInt(parseInt(group, 16)), 0n);
}

/** The addresses of `192.0.2.0/24`, `2001:db8::/32` or of a lone address; `undefined` when the text is neither. */
export function parseCidr(text: string): AddressRange | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const number = addressNumber(address);
  if (number === undefined || rest.length > 0) return undefined;
  const width = address.includes(':') ? BITS : V4_BITS;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = length === undefined ? width : Number(length);
  if (prefix > width) return undefined;
  const hosts = (1n << BigInt(width - prefix)) - 1n;
  const first = (number | hosts) - hosts;
  return { first, last: first + hosts };
}

/** Tells whether an address, as a log writes it, is in one of many ranges. Cost: one binary search. */
export function rangeFinder(ranges: readonly AddressRange[]): (address: string) => boolean {
  const joined: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const previous = joined.at(-1);
    if (previous === undefined || first > previous.last) joined.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return (address) => {
    const number = addressNumber(bareAddress(address));
    if (number === undefined) return false;
    let [low, high] = [0, joined.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = joined[middle];
      if (range === undefined || number < range.first) high = middle - 1;
      else if (number > range.last) low = middle + 1;
      else return true;
    }
    return false;
  };
}
