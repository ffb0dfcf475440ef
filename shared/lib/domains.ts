import { isInsideAddress } from './inside-addresses.ts';

/** Second-level labels under which country registries sell names: `example.co.uk` is one owner, `co.uk` is none. */
const REGISTRY_LABELS = new Set(['co', 'com', 'org', 'net', 'gov', 'ac', 'edu', 'or', 'ne', 'go']);
const INTERNAL_SUFFIX = /\.(?:local|internal|svc|cluster|lan|corp|home|intranet|localdomain)$/;
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/**
 * The part of a host name that one owner registers, by shape: the last two labels, three under `co.uk` and its like; an
 * address stands for itself. A full public-suffix list would be 300 kB for the few shared suffixes that this misses.
 * Example: `api.eu.acme.co.uk` gives `acme.co.uk`.
 */
export function registrableDomain(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (IPV4.test(name) || name.includes(':')) return name;
  const labels = name.split('.');
  const top = labels.at(-1) ?? '';
  const keep = top.length === 2 && REGISTRY_LABELS.has(labels.at(-2) ?? '') ? 3 : 2;
  return labels.slice(-keep).join('.');
}

/** True for names and addresses that only exist inside a network. */
export function isInternalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (IPV4.test(name) || name.includes(':')) return isInsideAddress(name);
  return !name.includes('.') || INTERNAL_SUFFIX.test(name);
}
