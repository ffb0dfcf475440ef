import type { BlastArea, BlastEndpoint } from '../../../../contract/revocation.ts';
import { claimList, grantedScopes, readClaims } from '../../../../model/claims.ts';
import { isCovered } from '../../../../model/scopes.ts';
import type { SqlDriver } from '../../driver.ts';

interface Alternative {
  readonly scopes: readonly string[];
}

interface EndpointFact {
  readonly key: string;
  readonly host: string;
  readonly sensitivity: number;
  readonly dataTypes: readonly string[];
  readonly people: number;
  /** Ways that a description names to be let in; empty for a public operation and where no description is. */
  readonly alternatives: readonly Alternative[];
  readonly described: boolean;
}

/** Endpoints that were called, by row id, read once for the whole plan. */
export type EndpointFacts = ReadonlyMap<number, EndpointFact>;

/** The called endpoints with what the blast radius counts of them. */
export function readEndpointFacts(db: SqlDriver): EndpointFacts {
  const rows = db
    .prepare(
      `SELECT e.id, e.key, e.host, e.sensitivity, e.data_types, o.security, coalesce(p.people, 0) AS people
       FROM endpoint e LEFT JOIN operation o ON o.id = e.operation_id LEFT JOIN endpoint_people p ON p.endpoint_id = e.id WHERE e.calls > 0`,
    )
    .all<{ id: number; key: string; host: string; sensitivity: number; data_types: string; security: string | null; people: number }>();
  return new Map(
    rows.map((row) => {
      // Both columns are written by our own passes and writers.
      const types = JSON.parse(row.data_types) as readonly { readonly type: string; readonly where: string }[];
      const fact: EndpointFact = {
        key: row.key,
        host: row.host,
        sensitivity: row.sensitivity,
        dataTypes: [...new Set(types.filter(({ where }) => where.startsWith('response')).map(({ type }) => type))].sort(),
        people: row.people,
        alternatives: row.security === null ? [] : (JSON.parse(row.security) as readonly Alternative[]),
        described: row.security !== null,
      };
      return [row.id, fact];
    }),
  );
}

interface Use {
  readonly endpoint: number;
  readonly answered: number;
  readonly people: number;
}

const USED = `SELECT endpoint_id AS endpoint, sum(answered) AS answered, sum(people) AS people FROM credential_endpoint
  WHERE credential_id = ? GROUP BY endpoint_id HAVING sum(answered) > 0`;
/** Where tokens of one power (issuer, audiences and scopes) were accepted. */
const PEERS = `SELECT DISTINCT ce.endpoint_id AS endpoint FROM credential_power peer
  JOIN credential_endpoint ce ON ce.credential_id = peer.credential_id AND ce.answered > 0 WHERE peer.power = ?`;
/** Where other credentials of the same holder were accepted: for one that says nothing of its own power. */
const HOLDER = `SELECT DISTINCT other.endpoint_id AS endpoint FROM credential_use u
  JOIN credential_use sibling ON sibling.principal_id = u.principal_id AND sibling.credential_id <> u.credential_id
  JOIN credential_endpoint other ON other.credential_id = sibling.credential_id AND other.answered > 0
  WHERE u.credential_id = ?`;

/** Endpoints that took a token of the same power as this one, its own among them. */
export type PeerReader = (credential: number) => readonly number[];

/** A reader that asks once for each power: a hundred thousand tokens share a handful. */
export function peerReader(db: SqlDriver): PeerReader {
  const [own, peers] = [db.prepare('SELECT power FROM credential_power WHERE credential_id = ?'), db.prepare(PEERS)];
  const known = new Map<number, readonly number[]>();
  return (credential) => {
    const power = own.get<{ power: number }>(credential)?.power;
    if (power === undefined) return [];
    let endpoints = known.get(power);
    if (endpoints === undefined) known.set(power, (endpoints = peers.all<{ endpoint: number }>(power).map(({ endpoint }) => endpoint)));
    return endpoints;
  };
}

/** True when the scopes satisfy one of the ways that name any. An operation that asks for no scope is not a scope's power. */
const opens = (granted: readonly string[], { alternatives }: EndpointFact): boolean =>
  alternatives.some(({ scopes }) => scopes.length > 0 && scopes.every((need) => isCovered(need, granted)));

/** Hosts that the token is accepted at, or made for: a scope's name means nothing elsewhere. */
function hostsOf(claims: ReturnType<typeof readClaims>, known: Iterable<number>, facts: EndpointFacts): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const id of known) {
    const host = facts.get(id)?.host;
    if (host !== undefined) hosts.add(host);
  }
  for (const audience of claimList(claims ?? {}, 'aud')) hosts.add(audience.replace(/^[a-z]+:\/\//i, '').replace(/[/:].*$/, ''));
  return hosts;
}

type Because = NonNullable<BlastEndpoint['because']>;

/** Endpoints beyond the used ones that the credential opens, each with the strongest reason. */
function reachable(
  db: SqlDriver,
  credential: number,
  used: ReadonlySet<number>,
  facts: EndpointFacts,
  peersOf: PeerReader,
): ReadonlyMap<number, Because> {
  const claims = readClaims(
    db.prepare('SELECT jwt_claims FROM credential WHERE id = ?').get<{ jwt_claims: string | null }>(credential)?.jwt_claims ?? null,
  );
  const granted = grantedScopes(claims ?? {});
  const more = new Map<number, Because>();
  const add = (endpoint: number, because: Because): void => {
    if (!used.has(endpoint) && facts.has(endpoint) && !more.has(endpoint)) more.set(endpoint, because);
  };
  if (granted.length === 0) {
    for (const { endpoint } of db.prepare(HOLDER).all<{ endpoint: number }>(credential)) add(endpoint, 'holder');
    return more;
  }
  for (const endpoint of peersOf(credential)) add(endpoint, 'peers');
  const hosts = hostsOf(claims, [...used, ...more.keys()], facts);
  const isWild = granted.includes('*');
  for (const [id, fact] of facts) {
    if (!hosts.has(fact.host)) continue;
    if (opens(granted, fact)) add(id, 'description');
    else if (isWild && (!fact.described || fact.alternatives.length > 0)) add(id, 'wildcard');
  }
  return more;
}

/** The endpoints of a blast radius: the used ones, then those that are only reachable; the most sensitive of each first. */
export function readBlast(db: SqlDriver, credential: number, facts: EndpointFacts, peersOf: PeerReader): readonly BlastEndpoint[] {
  const uses = new Map(
    db
      .prepare(USED)
      .all<Use>(credential)
      .map((use) => [use.endpoint, use]),
  );
  const toRow = (id: number, because: Because | undefined): readonly BlastEndpoint[] => {
    const fact = facts.get(id);
    if (fact === undefined) return [];
    const use = uses.get(id);
    const { key, host, sensitivity, dataTypes } = fact;
    return [
      {
        id: key,
        host,
        sensitivity,
        dataTypes,
        used: use?.answered ?? 0,
        people: use?.people ?? fact.people,
        ...(because === undefined ? {} : { because }),
      },
    ];
  };
  const bySensitivity = (a: BlastEndpoint, b: BlastEndpoint): number =>
    b.sensitivity - a.sensitivity || b.used - a.used || b.people - a.people || (a.id < b.id ? -1 : 1);
  const more = reachable(db, credential, new Set(uses.keys()), facts, peersOf);
  return [
    ...[...uses.keys()].flatMap((id) => toRow(id, undefined)).sort(bySensitivity),
    ...[...more].flatMap(([id, because]) => toRow(id, because)).sort(bySensitivity),
  ];
}

/** The numbers of an area. */
export const toArea = (endpoints: readonly BlastEndpoint[]): BlastArea => ({
  endpoints: endpoints.length,
  hosts: new Set(endpoints.map(({ host }) => host)).size,
  dataTypes: [...new Set(endpoints.flatMap(({ dataTypes }) => dataTypes))].sort(),
  people: endpoints.reduce((sum, { people }) => sum + people, 0),
});
