import { toCount, toKnownText } from '../read/fields.ts';
import type { Tnet, TnetDict } from './tnetstring.ts';

const NO_MEMBERS: TnetDict = new Map();
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

/** True for a dictionary. */
export const isDict = (value: Tnet | undefined): value is TnetDict => value instanceof Map;

/** The dictionary, or an empty one. */
export const toDict = (value: Tnet | undefined): TnetDict => (isDict(value) ? value : NO_MEMBERS);

/** The list, or an empty one. */
export const toItems = (value: Tnet | undefined): readonly Tnet[] => (Array.isArray(value) ? (value as readonly Tnet[]) : []);

/** A text that says something; bytes and texts are the same, as versions differ. Bytes that are not UTF-8 are read as Latin-1. */
export function toText(value: Tnet | undefined): string | undefined {
  if (!(value instanceof Uint8Array)) return toKnownText(value);
  const text = utf8.decode(value);
  return toKnownText(text.includes('\uFFFD') ? latin1.decode(value) : text);
}

/** A finite number. */
export const toFinite = (value: Tnet | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** An address as versions wrote it: `[host, port]`, with flow and scope for IPv6, or a dictionary around that. */
export function toAddress(value: Tnet | undefined): { readonly host: string | undefined; readonly port: number | undefined } {
  const [host, port] = toItems(isDict(value) ? value.get('address') : value);
  const known = toText(host);
  const number = toCount(port);
  return { host: known, port: known === undefined || number === 0 ? undefined : number };
}
