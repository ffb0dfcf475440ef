const GROUPS = 8;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/** An address without port, brackets and zone: `[2001:db8::7]:443` gives `2001:db8::7`, `192.0.2.7:5000` gives `192.0.2.7`. */
export function bareAddress(address: string): string {
  const text = address.trim();
  const bracketed = /^\[([^\]]+)\]/.exec(text)?.[1];
  const noPort = bracketed ?? (/^[\d.]+:\d+$/.test(text) ? text.replace(/:\d+$/, '') : text);
  return noPort.replace(/%.*$/, '');
}

/** The eight groups of a bare IPv6 address in hex digits, as it writes them; `undefined` when the text is none. */
export function ipv6Groups(text: string): readonly string[] | undefined {
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : undefined;
}

/** Which version of IP a bare address is of; `undefined` for any other text. */
export const ipVersion = (text: string): 4 | 6 | undefined => (IPV4.test(text) ? 4 : ipv6Groups(text) === undefined ? undefined : 6);
