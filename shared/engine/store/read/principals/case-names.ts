import { networkOf, ownNetworkOf } from '../../../../model/network.ts';
import type { CaseName } from '../../../report/profile/case-name.ts';
import type { SqlDriver } from '../../driver.ts';
import { listCredentials } from '../credentials.ts';
import { readIam } from '../knowledge.ts';
import { listPrincipals } from './principals.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const terms = (db: SqlDriver, column: 'host_id' | 'client_ip_id' | 'upstream_id'): readonly string[] =>
  db
    .prepare(
      `SELECT t.value AS name FROM (SELECT ${column} AS id, min(time) AS first FROM call WHERE ${column} IS NOT NULL GROUP BY ${column}) seen
       JOIN term t ON t.id = seen.id ORDER BY seen.first IS NULL, seen.first, t.value`,
    )
    .all<{ name: string }>()
    .map(({ name }) => name);

/** A mask in a joined name says that it is a credential, which has an id that may be shown. */
const isName = (label: string): boolean => label !== '' && !label.includes('…');

/** What stands before the `@` of a name, where it is no plain word: programs bear it in their User-Agents, too. */
function localPart(name: string): readonly string[] {
  const [, local] = /^([^@\s]{4,})@/.exec(name) ?? [];
  return local !== undefined && /[-._\d]/.test(local) ? [local] : [];
}

function callerNames(db: SqlDriver): readonly CaseName[] {
  const credentials = listCredentials(db);
  // A gateway that logs the id of a key in place of the key: nothing in it had to be masked, and it tells whose it is.
  const keyIds = new Map<string, string[]>();
  for (const { principal, masked } of credentials)
    if (principal !== undefined && isName(masked)) keyIds.set(principal, [...(keyIds.get(principal) ?? []), masked]);
  const principals = listPrincipals(db).toSorted((a, b) => compare(a.firstSeen ?? '~', b.firstSeen ?? '~') || compare(a.id, b.id));
  const callers = principals.map(({ id, label, kind, joined }) => ({
    kind,
    name: label,
    aliases: [
      id,
      id.slice(id.indexOf(':') + 1),
      ...joined.map((other) => other.label).filter(isName),
      ...(keyIds.get(id) ?? []),
      ...localPart(label),
    ],
  }));
  const owners = principals.flatMap(({ owner }) => (owner === undefined ? [] : [owner]));
  const subjects = credentials.flatMap(({ subject, actChain }) => [...(subject === undefined ? [] : [subject]), ...actChain]);
  const others = [...new Set([...owners, ...subjects])].sort(compare);
  return [...callers, ...others.map((name) => ({ kind: 'human' as const, name, aliases: [] }))];
}

/** The host without its port, beside the host. */
const hostName = (name: string): CaseName => ({ kind: 'host', name, aliases: [name.replace(/:\d+$/, '')].filter((bare) => bare !== name) });

/** Hosts of token issuers: no call need have gone there, and they name the tenant. */
const issuerHosts = (db: SqlDriver): readonly string[] =>
  [...new Set(listCredentials(db).flatMap(({ issuer = '' }) => /^https?:\/\/([^/?#\s]+)/i.exec(issuer)?.[1]?.toLowerCase() ?? []))].sort(
    compare,
  );

/** An address after the network that it is in, and after the narrower one that its machine chooses from (IPv6); a network alone. */
function placeNames(name: string): readonly CaseName[] {
  if (name.includes('/')) return [{ kind: 'network', name, aliases: [] }];
  const [network, own] = [networkOf(name), ownNetworkOf(name)];
  const address: CaseName = { kind: 'address', name, aliases: [], network };
  if (!network.includes('/')) return [address];
  const around: CaseName = { kind: 'network', name: network, aliases: [] };
  return own.includes('/') ? [around, { kind: 'network', name: own, aliases: [], network }, address] : [around, address];
}

/**
 * Every caller, host, network and address of the case in the order in which the evidence first shows them, for pseudonyms that come out the
 * same from any import of the same evidence. Cost: three groupings over the calls.
 */
export function listCaseNames(db: SqlDriver): readonly CaseName[] {
  const called = terms(db, 'host_id');
  const described = db
    .prepare(`SELECT DISTINCT host FROM endpoint WHERE host <> '' ORDER BY host`)
    .all<{ host: string }>()
    .map(({ host }) => host);
  const hosts = [...new Set([...called, ...described, ...terms(db, 'upstream_id'), ...issuerHosts(db)])];
  const listed = readIam(db).flatMap(({ addresses = [] }) => addresses);
  const addresses = [...terms(db, 'client_ip_id'), ...listed].flatMap(placeNames);
  const taken = new Set<string>();
  const result: CaseName[] = [];
  for (const entry of [...callerNames(db), ...hosts.map(hostName), ...addresses]) {
    if (taken.has(entry.name)) continue;
    taken.add(entry.name);
    result.push(entry);
  }
  return result;
}
