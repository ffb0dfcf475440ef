import { isInternalHost } from '../../../lib/domains.ts';
import { ipv6Groups } from '../../../lib/ip-address.ts';
import { queryTexts } from './request-texts.ts';

/** What a URL inside a request would have the server fetch. */
export interface PrivateTarget {
  readonly url: string;
  readonly host: string;
  readonly kind:
    'metadata service' | 'loopback' | 'link-local address' | 'private address' | 'inner name' | 'rebinding name' | 'local scheme';
}

/** Addresses and names under which clouds answer a machine about itself. Source: AWS, Azure, Google Cloud, Alibaba, Oracle documentation. */
const METADATA = new Set([
  '169.254.169.254', '169.254.170.2', '169.254.170.23', '100.100.100.200', '192.0.0.192', 'metadata.google.internal', 'metadata', 'instance-data', '[fd00:ec2::254]', '[fd20:ce::254]',
]); // prettier-ignore
/** Public services that answer with whatever address stands in the name. */
const REBINDING = /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|rbndr\.us|localtest\.me|lvh\.me|lacolhost\.com|vcap\.me)$/;
/** Schemes that no web client has a reason to hand in. */
const LOCAL_SCHEME = /^(?:file|gopher|dict|ldaps?|jar|netdoc|phar|php|expect|sftp|tftp):/i;
const WEB = /^(?:https?:)?\/\//i;

/** The address inside an IPv6 one that maps to IPv4, dotted; undefined for others. Example: `[::ffff:7f00:1]` gives `127.0.0.1`. */
function mappedIpv4(host: string): string | undefined {
  const groups = host.startsWith('[') ? ipv6Groups(host.slice(1, -1)) : undefined;
  if (groups?.length !== 8) return undefined;
  const [high = '', low = ''] = groups.slice(6);
  const head = groups.slice(0, 6).map((group) => parseInt(group, 16));
  if (!(head.slice(0, 5).every((group) => group === 0) && (head[5] === 0xffff || head[5] === 0))) return undefined;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return a === 0 && b <= 1 ? undefined : [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

function kindOf(host: string): PrivateTarget['kind'] | undefined {
  if (METADATA.has(host)) return 'metadata service';
  if (REBINDING.test(host)) return 'rebinding name';
  const mapped = mappedIpv4(host);
  if (mapped !== undefined) return kindOf(mapped);
  const name = host.replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1' || name === '::' || /^(?:127\.|0\.0\.0\.0$)/.test(name))
    return 'loopback';
  if (name.startsWith('169.254.') || /^fe[89ab][0-9a-f]:/.test(name)) return 'link-local address';
  if (!isInternalHost(name)) return undefined;
  return /^[\d.]+$/.test(name) || name.includes(':') ? 'private address' : 'inner name';
}

/**
 * The private place that a value names, if it is a URL of one; decimal, octal and hexadecimal addresses are read as clients read them.
 * Example: `http://2130706433/x` is a loopback.
 */
export function privateTarget(text: string): PrivateTarget | undefined {
  const value = text.trim();
  if (LOCAL_SCHEME.test(value)) return { url: value, host: '', kind: 'local scheme' };
  if (!WEB.test(value)) return undefined;
  const whole = value.startsWith('//') ? `http:${value}` : value;
  if (!URL.canParse(whole)) return undefined;
  const { hostname } = new URL(whole);
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const kind = kindOf(host);
  if (kind !== undefined) return { url: value, host, kind };
  // A public address that is asked to send on to a private one.
  for (const { text: inner } of queryTexts(whole.slice(whole.indexOf('?') + 1).split('#')[0] ?? '')) {
    if (!WEB.test(inner) || !URL.canParse(inner)) continue;
    const innerHost = new URL(inner).hostname.toLowerCase();
    const innerKind = kindOf(innerHost);
    if (innerKind !== undefined) return { url: value, host: innerHost, kind: innerKind };
  }
  return undefined;
}
