import { addTo } from '../../../lib/group-values.ts';
import { claimText } from '../../../model/claims.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readTokens } from '../jwt/claims.ts';
import { accountShape, accountShapesOf } from './account-shapes.ts';

/** Callers with the same client and rights; of fewer, one who differs says nothing. Conformal p of the only one: 1/21. */
const MIN_PEERS = 20;
/** As many of the same client and rights, and it is a release or a habit. */
export const SEVERAL = 3;
/** Share of a host's people from which on an operation is one that people use. */
const USUAL_SHARE = 0.05;

/** One caller among its like. */
export interface Peer {
  readonly id: number;
  readonly key: string;
  readonly label: string;
}

/** Callers that may do the same, and the words for what makes them alike. */
export interface Group {
  readonly peers: readonly Peer[];
  readonly alike: string;
  readonly tested: string;
  /** Rights are known to be the same: then any write that nobody described counts, else only what is sensitive or does harm. */
  readonly isSure: boolean;
}

const SAME_RIGHTS = {
  isSure: true,
  alike: 'with the same client and rights',
  tested: 'issuer, client and scopes of its token are those of the others',
};
const SAME_WORK = {
  isSure: false,
  alike: 'who are known by name at the same host',
  tested: 'no token shows it, but all else that the principal does there many others do as well',
};

/** Peers and who uses what, of one host. */
interface HostUse {
  readonly peers: Map<number, Peer & { readonly kind: string }>;
  readonly users: Map<number, Set<number>>;
}

function readHosts(db: SqlDriver, holders: ReadonlySet<number>): ReadonlyMap<string, HostUse> {
  const hosts = new Map<string, HostUse>();
  const rows = db.prepare(
    `SELECT e.host, b.endpoint_id AS endpoint, p.id, p.key, p.label, p.kind FROM baseline b JOIN endpoint e ON e.id = b.endpoint_id JOIN principal p ON p.id = b.principal_id
      WHERE p.weak = 0 AND p.kind <> 'agent' AND e.host IN (SELECT host FROM endpoint WHERE spec IN ('shadow', 'zombie')) ORDER BY p.key`,
  );
  type Row = Peer & { readonly host: string; readonly endpoint: number; readonly kind: string };
  for (const { host, endpoint, ...peer } of rows.iterate<Row>()) {
    if (holders.has(peer.id)) continue;
    const known = hosts.get(host) ?? { peers: new Map<number, Peer & { readonly kind: string }>(), users: new Map<number, Set<number>>() };
    hosts.set(host, known);
    known.peers.set(peer.id, peer);
    known.users.set(endpoint, (known.users.get(endpoint) ?? new Set<number>()).add(peer.id));
  }
  return hosts;
}

/**
 * People of a host where no token shows who may do what, as in logs that name the user alone: those who use nothing there but what many use, and
 * whoever goes by an account like theirs, with whatever program. An employee among customers uses what few do, and is left out.
 */
function readPeopleOfHosts(db: SqlDriver, holders: ReadonlySet<number>, hidden: ReadonlySet<number>): readonly Group[] {
  return [...readHosts(db, holders).values()].map(({ peers, users }) => {
    const isPerson = (id: number): boolean => peers.get(id)?.kind === 'human';
    const people = [...peers.keys()].filter(isPerson).length;
    const least = Math.max(SEVERAL, USUAL_SHARE * people);
    const known = [...users]
      .filter(([endpoint]) => !hidden.has(endpoint))
      .map(([, who]) => ({ who, isUsual: [...who].filter(isPerson).length >= least }));
    const usual = new Set(known.flatMap(({ who, isUsual }) => (isUsual ? [...who] : [])));
    const special = new Set(known.flatMap(({ who, isUsual }) => (isUsual ? [] : [...who])));
    const ordinary = [...peers.values()].filter(({ id }) => isPerson(id) && usual.has(id) && !special.has(id));
    const accounts = accountShapesOf(ordinary.map(({ label }) => label));
    const scripts = [...peers.values()].filter(
      ({ id, label }) => !isPerson(id) && !special.has(id) && accounts.has(accountShape(label) ?? ''),
    );
    return { peers: [...ordinary, ...scripts], ...SAME_WORK };
  });
}

/**
 * Callers by issuer, client and scopes of their tokens: who holds the same rights in the same program. Those whom no such group holds by host.
 * Shape: groups of more than 20; `hidden` are endpoints that make nobody unusual.
 */
export function readGroups(db: SqlDriver, hidden: ReadonlySet<number>): readonly Group[] {
  const groups = new Map<string, Peer[]>();
  const seen = new Set<number>();
  for (const { issuer, claims, scopes, principal, principalKey, principalLabel } of readTokens(db)) {
    const client = claimText(claims, 'client_id', 'azp');
    if (principal === undefined || client === undefined || seen.has(principal)) continue;
    seen.add(principal);
    addTo(groups, [issuer, client, ...[...scopes].sort()].join(' '), { id: principal, key: principalKey, label: principalLabel });
  }
  const large = [...groups.values()].filter((peers) => peers.length > MIN_PEERS);
  const taken = new Set(large.flatMap((peers) => peers.map(({ id }) => id)));
  return [
    ...large.map((peers) => ({ peers, ...SAME_RIGHTS })),
    ...readPeopleOfHosts(db, taken, hidden).filter(({ peers }) => peers.length > MIN_PEERS),
  ];
}
