import { isInsideAddress } from '../../../../lib/inside-addresses.ts';
import { networkOf } from '../../../../model/network.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { createUnionFind } from '../../../../lib/union-find.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { termReader } from '../../../store/read/terms.ts';
import { userAgentFamily } from '../../principals/user-agent.ts';
import { NONE, type CallColumns } from '../call-columns.ts';

/** More networks than this: a key that stands in a web page, and no thief. */
const MAX_NETWORKS = 20;
/** An address and a program as one exact number. */
const AGENTS = 2 ** 26;
/** A session of more clients is a fleet or a scan, where each call may come from another. */
const MAX_CLIENTS = 64;

/** Names for where calls come from and with what, and what a session is parted by. */
export interface Parties {
  /**
   * Parts calls of one caller that came without a pause, in time order, where two clients that share neither network nor program used one credential: a
   * thief and the owner are two pieces of work. Where no credential is shown, they must have been at work in turns. Returns the calls of each party, or
   * undefined where there is one.
   */
  part(calls: ArrayLike<number>): readonly Party[] | undefined;
  /** True for all calls of a caller that come from so many networks that its credential is nobody's own. */
  isPublic(calls: ArrayLike<number>): boolean;
}

/** Calls of one client beside another one of the same credential. */
export interface Party {
  readonly calls: readonly number[];
  /** `curl`. */
  readonly program: string;
  /** Another party of the same caller is known to use a credential of this one. */
  readonly sharesCredential: boolean;
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

/** True where a credential, and not only the same caller, is known to be used by both. */
function shareCredential({ credential }: Pick<CallColumns, 'credential'>, a: Pick<Party, 'calls'>, b: Pick<Party, 'calls'>): boolean {
  const used = new Set(a.calls.map((at) => numberAt(credential, at)));
  return b.calls.some((at) => numberAt(credential, at) !== NONE && used.has(numberAt(credential, at)));
}

/** Reads what clients are called once each. */
export function createParties(db: SqlDriver, calls: Pick<CallColumns, 'clientIp' | 'userAgent' | 'credential'>): Parties {
  const term = termReader(db);
  const clients = new Map<number, Client | undefined>();
  const readClient = (ip: number, agent: number): Client | undefined => {
    const key = (ip + 1) * AGENTS + agent + 1;
    if (clients.has(key)) return clients.get(key);
    const address = ip === NONE ? undefined : term(ip);
    const program = agent === NONE ? undefined : term(agent);
    // What shows only one of the two may be anybody's.
    const client =
      address === undefined || program === undefined
        ? undefined
        : { network: isInsideAddress(address) ? 'inside' : networkOf(address), program: userAgentFamily(program) };
    clients.set(key, client);
    return client;
  };
  return {
    part(list) {
      const places = new Map<Client, number>();
      const own = new Uint8Array(list.length);
      for (let place = 0; place < list.length; place += 1) {
        const at = numberAt(list, place);
        const client = readClient(numberAt(calls.clientIp, at), numberAt(calls.userAgent, at));
        if (client === undefined) return undefined;
        const number = places.get(client) ?? places.size;
        if (number >= MAX_CLIENTS) return undefined;
        places.set(client, number);
        own[place] = number;
      }
      if (places.size < 2) return undefined;
      const groups = groupClients([...places.keys()]);
      for (let place = 0; place < own.length; place += 1) own[place] = groups[numberAt(own, place)] ?? 0;
      const alone = [...new Set(own)].map((party) => {
        const members = Array.from(list).filter((_, place) => own[place] === party);
        const [client] = [...places].find(([, number]) => groups[number] === party) ?? [];
        return { calls: members, program: client?.program ?? '' };
      });
      const parties = alone.map((one): Party => ({
        ...one,
        sharesCredential: alone.some((other) => other !== one && shareCredential(calls, one, other)),
      }));
      return parties.some(({ sharesCredential }) => sharesCredential) || areInTurns(own) ? parties : undefined;
    },
    isPublic(list) {
      const networks = new Set<string>();
      for (let place = 0; place < list.length && networks.size <= MAX_NETWORKS; place += 1) {
        const at = numberAt(list, place);
        const client = readClient(numberAt(calls.clientIp, at), numberAt(calls.userAgent, at));
        if (client !== undefined) networks.add(client.network);
      }
      return networks.size > MAX_NETWORKS;
    },
  };
}
