import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';

/** Rows that one statement looks at: longer ones would keep other work waiting. */
const STRIDE = 20_000;
/** A masked signature as a parameter of a URL, and the fingerprint that tells it from others. */
const SIGNATURE = /‹signature fp:([0-9a-f]{12})›/;
/** What pages and mails load by themselves: whoever reads them opens these. */
const LOADED_BY_PAGES = /^(?:image|font|audio|video)\/|^text\/css|javascript/i;

/** A link that opens by the signature in it, and who opened it. */
export interface SignedLink {
  /** Digits of the signature's fingerprint. */
  readonly fingerprint: string;
  /** Host and path template that it shares with others of its kind. */
  readonly kind: string;
  /** Ids of calls, in the order of the case. */
  readonly calls: readonly number[];
  readonly networks: ReadonlySet<string>;
}

/** Links of one kind: how many there are, and those that more than one network opened. */
export interface LinkKind {
  readonly links: number;
  readonly shared: readonly SignedLink[];
}

interface Row {
  readonly id: number;
  readonly query: string;
  readonly host: string;
  readonly template: string;
  readonly ip: number | null;
  readonly type: number | null;
}

interface Open {
  readonly kind: string;
  readonly first: number;
  readonly network: string;
  more?: { readonly calls: number[]; readonly networks: Set<string> };
}

/** Signed links by kind. One that a single network opened is only counted: there is one for every download. */
export async function readSignedLinks(db: SqlDriver, breathe: () => Promise<void>): Promise<ReadonlyMap<string, LinkKind>> {
  const term = termReader(db);
  const networks = new Map<number, string>();
  const networkBy = (ip: number): string => {
    const known = networks.get(ip) ?? networkOf(term(ip));
    networks.set(ip, known);
    return known;
  };
  const page = db.prepare(
    `SELECT c.id, c.query, e.host, e.template, c.client_ip_id AS ip, c.content_type_id AS type FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id
      WHERE c.id > ? AND c.id <= ? AND f.same_as IS NULL AND c.credential_id IS NULL AND c.consumer_id IS NULL AND instr(c.query, '‹signature fp:') > 0 ORDER BY c.id`,
  );
  const last = db.prepare('SELECT max(id) AS id FROM call').get<{ id: number | null }>()?.id ?? 0;
  const links = new Map<string, Open>();
  for (let from = 0; from < last; from += STRIDE) {
    for (const { id, query, host, template, ip, type } of page.all<Row>(from, from + STRIDE)) {
      const fingerprint = SIGNATURE.exec(query)?.[1];
      if (fingerprint === undefined || ip === null || LOADED_BY_PAGES.test(term(type) ?? '')) continue;
      const network = networkBy(ip);
      const known = links.get(fingerprint);
      if (known === undefined) links.set(fingerprint, { kind: `${host}${template}`, first: id, network });
      else {
        known.more ??= { calls: [known.first], networks: new Set([known.network]) };
        known.more.calls.push(id);
        known.more.networks.add(network);
      }
    }
    await breathe();
  }
  return byKind(links);
}

function byKind(links: ReadonlyMap<string, Open>): ReadonlyMap<string, LinkKind> {
  const kinds = new Map<string, { links: number; readonly shared: SignedLink[] }>();
  for (const [fingerprint, { kind, more }] of links) {
    const known = kinds.get(kind) ?? { links: 0, shared: [] };
    kinds.set(kind, known);
    known.links += 1;
    if (more !== undefined && more.networks.size > 1) known.shared.push({ fingerprint, kind, ...more });
  }
  return kinds;
}

/** When a link ends, by the names that signers give it; `undefined` where it does not say. Units: µs. */
export function endOfLink(query: string): number | undefined {
  const given = query.split('&').map((pair): readonly [string, string] => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1).replaceAll(/%3a/gi, ':')];
  });
  const of = (pattern: RegExp): string | undefined => given.find(([name]) => pattern.test(name))?.[1];
  // AWS and Google: seconds from the stamp beside it. Others: seconds of the epoch. Azure (`se`) and some of our own: an ISO date.
  const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(of(/^x-(?:amz|goog)-date$/i) ?? '');
  const lasts = of(/^x-(?:amz|goog)-expires$/i);
  if (stamp !== null && lasts !== undefined && /^\d{1,8}$/.test(lasts)) {
    const [year, month, day, hour, minute, second] = stamp.slice(1).map(Number);
    return (Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) + Number(lasts) * 1000) * 1000;
  }
  const end = of(/^(?:exp|expires?|expiry|expires_?at|se)$/i);
  if (end === undefined) return undefined;
  if (/^\d{10}$/.test(end)) return Number(end) * 1e6;
  if (/^\d{13}$/.test(end)) return Number(end) * 1000;
  const date = /^\d{4}-\d\d-\d\dT/.test(end) ? Date.parse(end) : Number.NaN;
  return Number.isNaN(date) ? undefined : date * 1000;
}
