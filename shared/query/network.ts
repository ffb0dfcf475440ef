/** An address as bytes: 4 of IPv4, 16 of IPv6; `undefined` when the text is not an address. */
export function parseAddress(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return parseIpv4(text);
  const [left = '', right, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const head = parseGroups(left);
  const tail = right === undefined ? [] : parseGroups(right);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.map(Number);
}

// The last group of an IPv6 address may be spelt as IPv4: ::ffff:10.0.0.1
function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const out: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    const dotted = group.includes('.') && index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (dotted !== undefined) out.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) out.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 255);
    else return undefined;
  }
  return out;
}

export interface Network {
  readonly bytes: readonly number[];
  /** Leading bits that count. */
  readonly bits: number;
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; `undefined` when it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const bytes = parseAddress(text.slice(0, slash));
  const width = text.slice(slash + 1);
  if (slash < 0 || bytes === undefined || !/^\d{1,3}$/.test(width) || Number(width) > bytes.length * 8) return undefined;
  return { bytes, bits: Number(width) };
}

/** True when the address lies in the network. IPv4 written inside IPv6 (`::ffff:10.0.0.1`) counts as IPv4. */
export function isInNetwork(address: string, network: Network): boolean {
  const parsed = parseAddress(address);
  if (parsed === undefined) return false;
  const bytes = unmap(parsed);
  if (bytes.length !== network.bytes.length) return false;
  return bytes.every((byte, index) => {
    const counted = Math.max(0, Math.min(8, network.bits - index * 8));
    const mask = (0xff << (8 - counted)) & 0xff;
    return (byte & mask) === ((network.bytes[index] ?? 0) & mask);
  });
}

const unmap = (bytes: readonly number[]): readonly number[] =>
  bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255 ? bytes.slice(12) : bytes;
