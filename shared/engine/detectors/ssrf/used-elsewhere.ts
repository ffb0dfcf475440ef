import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { LedFetch } from './led-fetches.ts';

/** A token of a cloud lives an hour to half a day, and whoever has just got one does not wait. Units: µs. */
const LEAD = 24 * 3_600_000_000;
/** Calls before it that show where an identity is at home. */
const MIN_HOME = 5;
/** Shorter names of services stand in too many others. Units: characters. */
const MIN_NAME = 4;
/** Uses of one identity that are compared. */
const MAX_USES = 50_000;

/** The identity of a service that was used from where it had never been, soon after its token had been handed out. */
export interface UsedElsewhere {
  readonly principal: number;
  readonly label: string;
  /** Row ids of the calls, in time order. */
  readonly calls: readonly number[];
  readonly networks: readonly string[];
  /** Addresses that the caller who steered the fetch came from itself. */
  readonly callersOwn: readonly string[];
  readonly homes: readonly string[];
  readonly programs: readonly string[];
  /** From the token to the first of the calls. Units: µs. */
  readonly after: number;
}

interface Use {
  readonly id: number;
  readonly time: number;
  readonly address: string;
  readonly agent: string | null;
}

const CANDIDATES = `
  SELECT DISTINCT p.id, p.key, p.label FROM principal p JOIN call_fact f ON f.principal_id = p.id JOIN call c ON c.id = f.call_id
   WHERE p.weak = 0 AND p.kind <> 'human' AND p.id <> ? AND c.client_ip_id IS NOT NULL AND c.time BETWEEN ? AND ? ORDER BY p.key`;

const USES = `
  SELECT c.id, c.time, t.value AS address, a.value AS agent FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term t ON t.id = c.client_ip_id
    LEFT JOIN term a ON a.id = c.user_agent_id
   WHERE f.principal_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL ORDER BY c.time, c.record LIMIT ${String(MAX_USES)}`;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Whose token a fetch was given: an account is called as the service that runs under it, or nobody can tell. */
const isNamedAfter = (key: string, services: readonly string[]): boolean =>
  services.some((service) => plain(service).length >= MIN_NAME && plain(key).includes(plain(service)));

/** Addresses that a caller came from until the last of its fetches. */
const addressesOf = (db: SqlDriver, caller: number, doors: readonly number[]): ReadonlySet<string> => {
  const own = db.prepare(
    'SELECT DISTINCT t.value AS address FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term t ON t.id = c.client_ip_id WHERE f.principal_id = ? AND c.id = ?',
  );
  return new Set(doors.flatMap((door) => own.all<{ address: string }>(caller, door).map(({ address }) => address)));
};

/**
 * Finds the identity whose token was handed out and which then turned up elsewhere: within a day, from networks and with programs that it had never had.
 * Whose it is says its name, which is the service's that made the fetch, or an address that the caller had come from itself.
 * Shape: `handed` in time order, of one caller.
 */
export function findUsedElsewhere(db: SqlDriver, caller: number, handed: readonly LedFetch[]): readonly UsedElsewhere[] {
  const [first, last] = [handed[0], handed.at(-1)];
  if (first === undefined || last === undefined) return [];
  const services = [...new Set(handed.map(({ service }) => service))];
  const callersOwn = addressesOf(db, caller, handed.map(({ door }) => door.id));
  const uses = db.prepare(USES);
  return db
    .prepare(CANDIDATES)
    .all<{ id: number; key: string; label: string }>(caller, first.time, last.time + LEAD)
    .flatMap(({ id, key, label }) => {
      const all = uses.all<Use>(id);
      const home = all.filter(({ time }) => time < first.time);
      const [homes, programs] = [new Set(home.map(({ address }) => networkOf(address))), new Set(home.map(({ agent }) => agent))];
      // Its own program in a new network is a new region, or a new node of the same.
      const strange = all.filter((use) => use.time >= first.time && !homes.has(networkOf(use.address)) && !programs.has(use.agent));
      const [begin] = strange;
      if (begin === undefined || begin.time > last.time + LEAD) return [];
      const proof = [...new Set(strange.map(({ address }) => address))].filter((address) => callersOwn.has(address)).sort();
      if (proof.length === 0 && !(home.length >= MIN_HOME && isNamedAfter(key, services))) return [];
      const before = handed.findLast(({ time }) => time <= begin.time) ?? first;
      return [
        {
          principal: id,
          label,
          calls: strange.map((use) => use.id),
          networks: [...new Set(strange.map(({ address }) => networkOf(address)))],
          callersOwn: proof,
          homes: [...homes].sort(),
          programs: [...new Set(strange.map(({ agent }) => agent ?? 'none'))].sort(),
          after: begin.time - before.time,
        },
      ];
    });
} // prettier-ignore
