import { isAddressList } from './access-rest.ts';

/** Who asks, as the front of a line in common or combined form says it. */
export interface AccessClient {
  /** The virtual host that some configurations put before the client, with or without its port. */
  readonly vhost: string | undefined;
  readonly client: string;
  /** A list of forwarded addresses in front. */
  readonly forwardedFor: string | undefined;
  /** Just behind the client. */
  readonly end: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACKET = 0x5b;

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?$/;
const IN_BRACKETS = /^\[[0-9a-fA-F:.]{2,45}\](?::\d{1,5})?$/;
const IPV6_LETTERS = /^[0-9a-fA-F:]{2,45}(?:\.\d{1,3}){0,3}(?:%\w{1,16})?$/;
/** No name ends so: `access.log-12-127.0.0.1` is what `grep -C` puts in front. */
const LAST_LABEL_OF_DIGITS = /\.\d+$/;

/**
 * Reads the front of a line, `[vhost] client` or a list of forwarded addresses; `undefined` when no client stands there.
 * Traps: what `grep -n`, `diff` and other tools put before a line must not become a client's name.
 */
export function readClient(line: string): AccessClient | undefined {
  if (line.charCodeAt(0) === QUOTE) return readList(line, 1, line.indexOf('"', 1));
  const end = line.indexOf(' ');
  if (end <= 0) return undefined;
  const first = line.slice(0, end);
  if (line.charCodeAt(end - 1) === COMMA) return readList(line, 0, findListEnd(line, end));
  const secondEnd = line.indexOf(' ', end + 1);
  if (secondEnd - end > SHORTEST_ADDRESS && isAddress(line.slice(end + 1, secondEnd)))
    return isPrefixed(first)
      ? undefined
      : { vhost: first, client: line.slice(end + 1, secondEnd), forwardedFor: undefined, end: secondEnd };
  if (isHostBeforeName(line, end, secondEnd)) {
    const client = line.slice(end + 1, secondEnd);
    return isName(client) ? { vhost: first, client, forwardedFor: undefined, end: secondEnd } : undefined;
  }
  if (isAddress(first) || first === '-' || first === 'unix:' || isName(first))
    return { vhost: undefined, client: first, forwardedFor: undefined, end };
  return first.includes(',') ? readList(line, 0, end) : undefined;
}

/** True for what servers log as the client: an address, a name, `unix:` for a socket, `-` or nothing where it is not known. */
export const isClient = (text: string): boolean =>
  text === '' || text === '-' || text.startsWith('unix:') || isAddress(text) || isName(text);

/** `1.2.3.4`. Units: characters. */
const SHORTEST_ADDRESS = 7;

/** IPv4 or IPv6, with or without a port; of what has colons only what cannot be a number of a line before an address. */
function isAddress(text: string): boolean {
  if (IPV4.test(text)) return true;
  if (text.charCodeAt(0) === BRACKET) return IN_BRACKETS.test(text);
  if (!text.includes(':') || !IPV6_LETTERS.test(text)) return false;
  const groups = text.split(':').length;
  return text.includes('::') || groups === 8 || (groups === 7 && text.includes('.'));
}

function isName(text: string): boolean {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  if (!/^\w[\w.-]*$/.test(name) || (colon !== -1 && !/^\d{1,5}$/.test(text.slice(colon + 1)))) return false;
  return !LAST_LABEL_OF_DIGITS.test(name);
}

/** True for a virtual host that has a tool's prefix: `access.log:12:www.example:443`, `+www.example`. */
const isPrefixed = (vhost: string): boolean => /^[-+<>]./.test(vhost) || (/:.*:/.test(vhost) && !isAddress(vhost));

/** True for `host:443 client.example - user […]`: the virtual host of vhost_combined before a client that is a name. */
function isHostBeforeName(line: string, firstEnd: number, secondEnd: number): boolean {
  if (secondEnd === -1 || !line.startsWith(' - ', secondEnd) || line.charCodeAt(secondEnd + 3) === BRACKET) return false;
  if (secondEnd - firstEnd < 3) return false;
  return /^[^:\s]+:\d{1,5}$/.test(line.slice(0, firstEnd));
}

/** The end of the first word that no comma ends. */
function findListEnd(line: string, firstEnd: number): number {
  let end = firstEnd;
  while (end !== -1 && line.charCodeAt(end - 1) === COMMA) end = line.indexOf(' ', end + 1);
  return end;
}

/** A list instead of the client, or before the address of the last proxy, which then is the peer. */
function readList(line: string, from: number, to: number): AccessClient | undefined {
  const list = to === -1 ? '' : line.slice(from, to);
  if (!isAddressList(list)) return undefined;
  const end = to + from;
  const peerEnd = line.indexOf(' ', end + 1);
  const peer = line.slice(end + 1, peerEnd);
  if (isAddress(peer)) return { vhost: undefined, client: peer, forwardedFor: list, end: peerEnd };
  return { vhost: undefined, client: list.split(',', 1)[0]?.trim() ?? list, forwardedFor: list, end };
}
