import { networkOf } from '../../../model/network.ts';
import { rangeFinder } from '../../../lib/cidr.ts';
import type { RangeList } from '../../../model/knowledge/ranges.ts';
import type { RangeCheck, SignatureCheck } from '../../store/principal-traits.ts';
import type { Named } from '../../store/read/knowledge.ts';
import type { Combo } from './combos.ts';
import type { CredentialUse } from './credentials.ts';
import type { Listed } from './iam-match.ts';
import type { Identity } from './identity.ts';
import type { Names } from './names.ts';
import { addToLife, startLife, type ProgramLife } from './normal-life.ts';
import { findAgentEntry } from './user-agent.ts';

/** Different User-Agent texts counted of one principal; more say nothing new. */
const MAX_USER_AGENTS = 500;

/** What the pass learns of one principal on its way over the calls. */
export interface Gathered {
  identity: Identity;
  readonly userAgents: Map<string, number>;
  /** The same User-Agents, with when and from where. */
  readonly programs: Map<string, ProgramLife>;
  readonly signals: Map<string, number>;
  readonly consumers: Set<string>;
  /** Masks, and ids that the gateway gave, of its keys and certificates. */
  readonly keyNames: Set<string>;
  /** By agent and list. */
  readonly rangeChecks: Map<string, { -readonly [Key in keyof RangeCheck]: RangeCheck[Key] }>;
  hasSessionCookie: boolean;
  hasApiKey: boolean;
  calls: number;
  toolCalls: number;
  first: number | undefined;
  last: number | undefined;
  signatures?: SignatureCheck | undefined;
  listed?: Listed | undefined;
  behaviour?: string | undefined;
}

/** Starts with nothing seen. */
export const startGathering = (identity: Identity): Gathered => ({
  identity, userAgents: new Map(), programs: new Map(), signals: new Map(), consumers: new Set(), keyNames: new Set(), rangeChecks: new Map(), hasSessionCookie: false, hasApiKey: false,
  calls: 0, toolCalls: 0, first: undefined, last: undefined,
}); // prettier-ignore

/** Tells for an agent and an address which lists speak for the agent, and whether the address is in them. */
export type RangeChecker = (
  agent: string,
  address: string | undefined,
) => readonly { readonly list: Named<RangeList>; readonly inside: boolean }[];

/** A checker over the case's lists. Cost: a binary search an address. */
export function createRangeChecker(lists: readonly Named<RangeList>[]): RangeChecker {
  const known = lists.map((list) => ({
    list,
    agents: new Set(list.agents.map((agent) => agent.toLowerCase())),
    has: rangeFinder(list.ranges),
  }));
  return (agent, address) =>
    address === undefined
      ? []
      : known.filter(({ agents }) => agents.has(agent.toLowerCase())).map(({ list, has }) => ({ list, inside: has(address) }));
}

/** Adds the calls of one combination to what is known of its principal. */
export function gather(
  principal: Gathered,
  combo: Combo,
  { credential, names, ranges }: { readonly credential: CredentialUse | undefined; readonly names: Names; readonly ranges: RangeChecker },
): void {
  const userAgent = names.find(combo.userAgent) ?? '';
  if (principal.userAgents.size < MAX_USER_AGENTS || principal.userAgents.has(userAgent)) {
    principal.userAgents.set(userAgent, (principal.userAgents.get(userAgent) ?? 0) + combo.calls);
    const life = principal.programs.get(userAgent) ?? startLife();
    principal.programs.set(userAgent, life);
    addToLife(life, combo.calls, [combo.first, combo.last], networkOf(names.find(combo.ip)));
  }
  const consumer = names.find(combo.consumer);
  if (consumer !== undefined) principal.consumers.add(consumer);
  if (credential !== undefined && credential.kind !== 'jwt') {
    principal.keyNames.add(credential.masked);
    if (credential.label !== undefined) principal.keyNames.add(credential.label);
  }
  principal.hasSessionCookie ||= credential?.kind === 'session';
  principal.hasApiKey ||= credential?.kind === 'api-key';
  principal.calls += combo.calls;
  principal.toolCalls += combo.toolCalls;
  if (combo.first !== null) principal.first = Math.min(principal.first ?? Infinity, combo.first);
  if (combo.last !== null) principal.last = Math.max(principal.last ?? -Infinity, combo.last);
  const agent = userAgent === '' ? undefined : findAgentEntry(userAgent)?.family;
  if (agent === undefined) return;
  for (const { list, inside } of ranges(agent, names.find(combo.ip))) {
    const key = `${agent} ${list.file}`;
    let check = principal.rangeChecks.get(key);
    if (check === undefined) principal.rangeChecks.set(key, (check = { agent, list: list.file, date: list.date, inside: 0, outside: 0 }));
    check[inside ? 'inside' : 'outside'] += combo.calls;
  }
}
