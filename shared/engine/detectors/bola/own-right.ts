import { isInsideAddress } from '../../../lib/inside-addresses.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';
import type { Caller } from '../rows/callers.ts';
import { plural } from '../spoken.ts';
import type { IdCalls, Stretch } from './id-walk.ts';

/** Calls before the walk from which on a caller's places, programs and credentials are known. */
const MIN_KNOWN = 20;
/** Share of ids that were not there any more; whoever guesses meets more. */
const MOST_GONE = 0.02;
/** A run goes on at one pace: nine of ten pauses are no longer than so many usual ones. */
const STEADY = 5;
/** Pauses below this are the work of the server. Units: µs. */
const LEAST_PAUSE = 1_000_000;

interface Use {
  readonly ip: number | null;
  readonly agent: number | null;
  readonly credential: number | null;
  readonly calls: number;
}

/** Programs, credentials and networks of some calls, by row id and name. Addresses inside the estate are no foreign network. */
function traitsOf(db: SqlDriver, uses: readonly Use[]): { readonly agents: ReadonlySet<number>; readonly credentials: ReadonlySet<number>; readonly networks: ReadonlySet<string> } {
  const term = termReader(db);
  const addresses = uses.flatMap(({ ip }) => (ip === null ? [] : (term(ip) ?? [])));
  return {
    agents: new Set(uses.flatMap(({ agent }) => agent ?? [])),
    credentials: new Set(uses.flatMap(({ credential }) => credential ?? [])),
    networks: new Set(addresses.filter((address) => !isInsideAddress(address)).map(networkOf)),
  };
} // prettier-ignore

const isWithin = <T>(some: ReadonlySet<T>, known: ReadonlySet<T>): boolean => [...some].every((each) => known.has(each));

function isSteady({ time }: IdCalls, { from, to }: Stretch): boolean {
  const pauses: number[] = [];
  for (let at = from + 1; at < to; at += 1) pauses.push(numberAt(time, at) - numberAt(time, at - 1));
  pauses.sort((a, b) => a - b);
  const at = (share: number): number => pauses[Math.floor(pauses.length * share)] ?? 0;
  return at(0.9) <= STEADY * Math.max(LEAST_PAUSE, at(0.5));
}

/**
 * Why a walk looks like a run that its service has the right to make, such as a migration, an export or a reconciliation: nothing was refused, it went on at one pace, and
 * program, credential and place are the ones that the service had before. Undefined where anything speaks of somebody else: a service that comes with a new credential or program, from
 * a network of its own for the first time, or that meets refusals, explains nothing; nor does a person or an agent, who read what they were asked for.
 */
export function readsByRight(db: SqlDriver, caller: Caller, calls: IdCalls, stretch: Stretch): string | undefined {
  if (caller.kind !== 'service' || caller.weak) return undefined;
  const statuses = calls.status.slice(stretch.from, stretch.to);
  if (statuses.some((status) => status === 401 || status === 403) || !isSteady(calls, stretch)) return undefined;
  if (statuses.filter((status) => status === 404).length > MOST_GONE * statuses.length) return undefined;
  const start = numberAt(calls.time, stretch.from);
  const uses = 'c.client_ip_id AS ip, c.user_agent_id AS agent, c.credential_id AS credential, count(*) AS calls';
  const before = db
    .prepare(`SELECT ${uses} FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ? AND f.same_as IS NULL AND c.time < ? GROUP BY 1, 2, 3`)
    .all<Use>(caller.id, start); // prettier-ignore
  const during = db
    .prepare(`SELECT ${uses} FROM json_each(?) j JOIN call c ON c.id = j.value GROUP BY 1, 2, 3`)
    .all<Use>(JSON.stringify(calls.call.slice(stretch.from, stretch.to)));
  const known = before.reduce((sum, use) => sum + use.calls, 0);
  const [now, then] = [traitsOf(db, during), traitsOf(db, before)];
  const isInside = during.every(({ ip }) => ip !== null) && now.networks.size === 0;
  if (known < MIN_KNOWN)
    return isInside ? 'nothing was refused, it went on at one pace, and it came from inside; what the service did before is not in the evidence' : undefined;
  if (!isWithin(now.networks, then.networks) || !isWithin(now.agents, then.agents) || !isWithin(now.credentials, then.credentials)) return undefined;
  return `nothing was refused, it went on at one pace, and program, credential and network are those of ${plural(known, 'call')} of the service before it`;
} // prettier-ignore
