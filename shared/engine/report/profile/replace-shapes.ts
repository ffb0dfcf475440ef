import { registrableDomain } from '../../../lib/domains.ts';

/** What stands for a thing that is known by its shape and not by its name. */
const WITHHELD = { address: '[address]', email: '[e-mail]', host: '[host]', quote: '“[withheld]”', segment: '{…}' };

/** The part before the at sign is at most as long as any mailbox, so that a long run of letters costs no more than its length. */
const EMAIL = /[\p{L}\p{N}._%+-]{1,320}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Names of files have an underscore beside an address: `portal_34.251.77.10_9dd4.log.gz`, as load balancers of AWS write it.
 * `Chrome/138.0.0.0` is none: browsers tell no more of their version than its first number. */
const IPV4 = /(?<![\p{L}\p{N}.])(?!(?<=\p{L}\/)\d{1,3}\.0\.0\.0(?![\d./]))(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}]|\.\d)/gu;
/** At least two colons and a hex group: `2001:db8::7`, `::1`. Times of day have no empty group and at most two colons. */
const IPV6 = /(?<![\w:.])(?=[0-9a-f:]*(?:::|(?:[0-9a-f]{1,4}:){4}))(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
/** In the ids of OpenFGA `+20` stands for the space before it. */
const HOST = /(?:(?<=\+20)|(?<![\p{L}\p{N}_.-])(?!(?<=\+)20))(?:[\p{L}\p{N}_-]+(?:\.|\[\.\]))+[\p{L}][\p{L}\p{N}-]*(?![\p{L}\p{N}_-])/gu;
/** What follows a method: host and path, perhaps with a query. */
const TARGET = /\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)( )([^\s,;()“”]+)/g;
/** The length of a network is none: `2001:db8::/48`. */
const OWN_PATH = /(?<![\p{L}\p{N}_./\-}\])])(?<!::)(?:\/[\p{L}\p{N}_.~%{}@:+…-]+)+/gu;

/** A number, a word with two digits or more, or something long or encoded; `v2` and `oauth2` are none. */
const isObjectId = (segment: string): boolean =>
  !segment.includes('{') &&
  (/^\d+$/.test(segment) || (/\d.*\d/.test(segment) && !/^v\d+(\.\d+)*$/i.test(segment)) || segment.length > 30 || /[%@+]/.test(segment));

/** A concrete path with what looks like the id of an object left out; the query too. Example: `/v1/users/77?a=b` gives `/v1/users/{…}`. */
export const withoutObjects = (path: string): string =>
  path
    .replace(/[?#].*$/s, '')
    .split('/')
    .map((segment) => (isObjectId(segment) ? WITHHELD.segment : segment))
    .join('/');

/** A request target as a text spells it: the part from the first slash loses its ids. */
function withoutObjectsOfTarget(target: string): string {
  const slash = target.replace('://', ':::').indexOf('/');
  return slash < 0 ? target : target.slice(0, slash) + withoutObjects(target.slice(slash));
}

/** A text without what of the evidence detectors set off in it, from each opening quote to the next closing one. Cost: its length. */
function withoutQuotes(text: string): string {
  let rest = 0;
  let kept = '';
  for (let open = text.indexOf('“'); open >= 0; open = text.indexOf('“', rest)) {
    const close = text.indexOf('”', open);
    if (close < 0) break;
    kept += text.slice(rest, open) + WITHHELD.quote;
    rest = close + 1;
  }
  return kept + text.slice(rest);
}

/** Replaces what is recognised by its shape: quotes of bodies, e-mail addresses, network addresses, hosts of the case's domains, ids in paths. */
export interface ReplaceShapes {
  /** Before names are replaced: what would hide a name inside. */
  readonly before: (text: string) => string;
  readonly after: (text: string) => string;
}

/** Shape: `known` gives what stands for a host or an address that the case knows, in lower case. */
export function shapeReplacer(known: (name: string) => string | undefined, hosts: readonly string[]): ReplaceShapes {
  const domains = new Set(hosts.filter((host) => host.includes('.')).map(registrableDomain));
  const hostText = (spelt: string): string => {
    const name = spelt.replaceAll('[.]', '.').toLowerCase();
    return known(name) ?? (domains.has(registrableDomain(name)) ? WITHHELD.host : spelt);
  };
  const address = (spelt: string): string => known(spelt.toLowerCase()) ?? WITHHELD.address;
  return {
    before: (text) =>
      withoutQuotes(text)
        .replace(TARGET, (_all, method: string, space: string, target: string) => `${method}${space}${withoutObjectsOfTarget(target)}`)
        .replace(OWN_PATH, withoutObjects)
        .replace(EMAIL, (spelt) => known(spelt.toLowerCase()) ?? WITHHELD.email)
        .replace(HOST, hostText),
    after: (text) => text.replace(IPV4, address).replace(IPV6, address),
  };
}
