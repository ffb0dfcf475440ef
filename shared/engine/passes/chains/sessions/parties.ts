import { networkOf } from '../../../../model/network.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { createUnionFind } from '../../../../lib/union-find.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { termReader } from '../../../store/read/terms.ts';
import { userAgentFamily } from '../../principals/user-agent.ts';
import { NONE, type CallColumns } from '../call-columns.ts';

/** Addresses that nobody outside has. Sources: RFC 1918, RFC 6598, RFC 4193. */
const INSIDE =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|::1$)/i;
/** A session of more clients is a fleet or a scan, where each call may come from another. */
const MAX_CLIENTS = 64;

/** Names for where calls come from and with what, and what a session is parted by. */
export interface Parties {
  /**
   * Parts calls of one caller that came without a pause, in time order, where two clients that share neither network nor program used one credential in
   * turns: a thief and the owner are two pieces of work. Returns the calls of each party, or undefined where there is one.
   */
  part(calls: ArrayLike<number>): readonly Party[] | undefined;
}

/** Calls of one client beside another one of the same credential. */
export interface Party {
  readonly calls: readonly number[];
  /** `curl`. */
  readonly program: string;
}

interface Client {
  readonly network: string;
  readonly program: string;
}

/** Clients that share a network or a program, by number: a phone that travels keeps its program, a desk its network. */
function groupClients(clients: readonly Client[]): readonly number[] {
  const groups = createUnionFind(clients.length);
  const first = new Map<string, number>();
  for (const [place, { network, program }] of clients.entries())
    for (const name of [`network ${network}`, `program ${program}`]) {
      const known = first.get(name);
      if (known === undefined) first.set(name, place);
      else groups.join(known, place);
    }
  const numbers = new Map<number, number>();
  return clients.map((_, place) => {
    const root = groups.find(place);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

/** True where one party's calls go on after another's came between. */
function areInTurns(parties: Uint8Array): boolean {
  const left = new Set<number>();
  for (let place = 1; place < parties.length; place += 1) {
    if (parties[place] === parties[place - 1]) continue;
    if (left.has(numberAt(parties, place))) return true;
    left.add(numberAt(parties, place - 1));
  }
  return false;
}

/** Reads what clients are called once each. */
export function createParties(db: SqlDriver, calls: Pick<CallColumns, 'clientIp' | 'userAgent' | 'credential'>): Parties {
  const term = termReader(db);
  const clients = new Map<string, Client | undefined>();
  const clientOf = (ip: number, agent: number): Client | undefined => {
    const key = `${String(ip)} ${String(agent)}`;
    if (clients.has(key)) return clients.get(key);
    const address = ip === NONE ? undefined : term(ip);
    const program = agent === NONE ? undefined : term(agent);
    // What shows only one of the two may be anybody's.
    const client =
      address === undefined || program === undefined
        ? undefined
        : { network: INSIDE.test(address) ? 'inside' : networkOf(address), program: userAgentFamily(program) };
    clients.set(key, client);
    return client;
  };
  return {
    part(list) {
      const places = new Map<Client, number>();
      const own = new Uint8Array(list.length);
      for (let place = 0; place < list.length; place += 1) {
        const at = numberAt(list, place);
        const client = clientOf(numberAt(calls.clientIp, at), numberAt(calls.userAgent, at));
        if (client === undefined) return undefined;
        const number = places.get(client) ?? places.size;
        if (number >= MAX_CLIENTS) return undefined;
        places.set(client, number);
        own[place] = number;
      }
      if (places.size < 2) return undefined;
      const groups = groupClients([...places.keys()]);
      for (let place = 0; place < own.length; place += 1) own[place] = groups[numberAt(own, place)] ?? 0;
      if (!areInTurns(own)) return undefined;
      const parties = [...new Set(own)].map((party): Party => {
        const members = Array.from(list).filter((_, place) => own[place] === party);
        const [client] = [...places].find(([, number]) => groups[number] === party) ?? [];
        return { calls: members, program: client?.program ?? '' };
      });
      const credentials = parties.map(({ calls: members }) => new Set(members.map((at) => numberAt(calls.credential, at))));
      const isShared = credentials.some((one, place) =>
        credentials.slice(place + 1).some((other) => [...other].some((used) => one.has(used))),
      );
      return isShared ? parties : undefined;
    },
  };
}
