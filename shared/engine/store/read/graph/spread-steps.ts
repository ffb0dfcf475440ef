import type { EdgeKind } from '../../../../contract/report-json.ts';
import type { Spread, SpreadStep } from '../../../../contract/graph.ts';
import { isInternalHost, registrableDomain } from '../../../../lib/domains.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from '../calls/calls.ts';
import { termReader } from '../terms.ts';

/** What stands for all hosts that only exist inside of a network. */
const INSIDE = 'inside the network';

/** The part of a host's name that stands for who runs it. */
export const trustDomainOf = (host: string): string =>
  host === '' ? 'no host named' : isInternalHost(host) ? INSIDE : registrableDomain(host);

/** Known times first. */
const timeOrder = (a: number, b: number): number => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b);

/** A call by row id, and when it was. Units: epoch µs, NaN for none. */
interface TimedCall {
  readonly id: number;
  readonly time: number;
}

/** The earliest call that it is shown; of calls at one time the first. */
export function earliest(): { readonly look: (call: TimedCall) => void; readonly found: () => TimedCall | undefined } {
  let best: TimedCall | undefined;
  return {
    look(call) {
      if (best === undefined || timeOrder(call.time, best.time) < 0) best = call;
    },
    found: () => best,
  };
}

interface Reach {
  /** Row id, 0 for none. */
  readonly host: number;
  first: TimedCall;
  calls: number;
  failed: number;
  last: number;
}

/** Hosts that were reached, each by its first call. */
export interface ReachTally {
  /** Counts a call; calls come in the order of the evidence. Units: `host` a row id, 0 for none; NaN for no time. */
  readonly add: (call: TimedCall, host: number, hasFailed: boolean) => void;
  readonly inOrder: () => readonly Readonly<Reach>[];
}

export function reachTally(): ReachTally {
  const byHost = new Map<number, Reach>();
  return {
    add(call, host, hasFailed) {
      const reach = byHost.get(host) ?? { host, first: call, calls: 0, failed: 0, last: -Infinity };
      byHost.set(host, reach);
      if (call.time < reach.first.time || (Number.isNaN(reach.first.time) && !Number.isNaN(call.time))) reach.first = call;
      reach.calls += 1;
      if (hasFailed) reach.failed += 1;
      if (call.time > reach.last) reach.last = call.time;
    },
    inOrder: () => [...byHost.values()].sort((a, b) => timeOrder(a.first.time, b.first.time) || a.first.id - b.first.id),
  };
}

/** A link from a reached call, by row id. */
export interface LinkInto {
  readonly from: number;
  readonly kind: EdgeKind;
  readonly confidence: number;
}

/** What was found out about a spread, wherever it was read. */
export interface SpreadFacts {
  readonly seeds: number;
  readonly followed: number;
  readonly reached: ReachTally;
  readonly firstCredential: TimedCall | undefined;
  /** The strongest link from a reached call into this one. */
  readonly linkInto: (id: number) => LinkInto | undefined;
}

function toStep(db: SqlDriver, reach: Readonly<Reach>, link: LinkInto | undefined): Omit<SpreadStep, 'isNewDomain'> {
  const reader = callReader(db);
  const call = reader.byId(reach.first.id);
  const host = call?.host ?? '';
  const cause = link === undefined ? undefined : reader.byId(link.from);
  return {
    host,
    domain: trustDomainOf(host),
    call: call?.ref ?? '',
    ...(call?.time === undefined ? {} : { time: call.time }),
    ...(call?.status === undefined ? {} : { status: call.status }),
    ...(call?.endpoint === undefined ? {} : { endpoint: call.endpoint }),
    ...(call?.principal === undefined ? {} : { principal: call.principal }),
    ...(call?.principalLabel === undefined ? {} : { principalLabel: call.principalLabel }),
    ...(call?.kind === undefined ? {} : { kind: call.kind }),
    ...(call?.credential === undefined ? {} : { credential: call.credential }),
    ...(cause === undefined || link === undefined
      ? {}
      : { from: { call: cause.ref, host: cause.host ?? '', kind: link.kind, confidence: Math.round(link.confidence * 1000) / 1000 } }),
    calls: reach.calls,
    failed: reach.failed,
    ...(Number.isFinite(reach.last) ? { lastSeen: printTime(epochMicros(reach.last)) } : {}),
  };
}

/** The steps of a spread in the order of their first calls, at most `most` of them. Cost: two reads a step that is shown, a name for each other host. */
export function toSpread(db: SqlDriver, { seeds, followed, reached, firstCredential, linkInto }: SpreadFacts, most: number): Spread {
  const term = termReader(db);
  const domains = new Set<string>();
  const hosts = reached.inOrder();
  const steps = hosts.slice(0, most).map((reach): SpreadStep => {
    const step = toStep(db, reach, linkInto(reach.first.id));
    const isNewDomain = !domains.has(step.domain);
    domains.add(step.domain);
    return { ...step, isNewDomain };
  });
  for (const { host } of hosts.slice(most)) domains.add(trustDomainOf(host === 0 ? '' : (term(host) ?? '')));
  const call = firstCredential === undefined ? undefined : callReader(db).byId(firstCredential.id);
  return {
    seeds,
    followed,
    hosts: hosts.length,
    domains: domains.size,
    steps,
    ...(call?.credential === undefined
      ? {}
      : { firstCredential: { id: call.credential, call: call.ref, ...(call.time === undefined ? {} : { time: call.time }) } }),
  };
}
