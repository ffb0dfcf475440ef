import type { Spread, SpreadStep } from '../../../../contract/graph.ts';
import { isInternalHost, registrableDomain } from '../../../../lib/domains.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { Found } from '../../columns/call-search.ts';
import { SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from '../calls.ts';
import { caseLinks, LINK_KINDS, type CaseLinks } from './case-links.ts';

/** What stands for all hosts that only exist inside of a network. */
const INSIDE = 'inside the network';

/** The part of a host's name that stands for who runs it. */
export const trustDomainOf = (host: string): string =>
  host === '' ? 'no host named' : isInternalHost(host) ? INSIDE : registrableDomain(host);

/** The calls of a query and what they led to. Shape: by ordinal 1 for a call that fits, 2 for one that such a call led to, else 0. */
function follow({ mask, columns }: Found, links: CaseLinks, standing: (ordinal: number) => boolean): Uint8Array {
  const reached = Uint8Array.from(mask);
  // Links by their cause, so that each is walked once.
  const starts = new Int32Array(columns.ids.length + 1);
  for (const from of links.from) starts[from + 1] = (starts[from + 1] ?? 0) + 1;
  for (let call = 0; call < columns.ids.length; call += 1) starts[call + 1] = (starts[call + 1] ?? 0) + (starts[call] ?? 0);
  const fill = Int32Array.from(starts);
  const effects = new Int32Array(links.to.length);
  for (let at = 0; at < links.to.length; at += 1) {
    const from = links.from[at] ?? 0;
    const place = fill[from] ?? 0;
    effects[place] = links.to[at] ?? 0;
    fill[from] = place + 1;
  }
  const waiting: number[] = [];
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) if (mask[ordinal] === 1) waiting.push(ordinal);
  for (let ordinal = waiting.pop(); ordinal !== undefined; ordinal = waiting.pop()) {
    for (let at = starts[ordinal] ?? 0; at < (starts[ordinal + 1] ?? 0); at += 1) {
      const effect = effects[at] ?? 0;
      if (reached[effect] !== 0 || !standing(effect)) continue;
      reached[effect] = 2;
      waiting.push(effect);
    }
  }
  return reached;
}

interface Reach {
  first: number;
  time: number;
  calls: number;
  failed: number;
  last: number;
}

/**
 * How far the calls that fit reached, with what they led to by any proof but order: each host once, by its first call.
 * Shape: calls without a time come last, in the order of the evidence. At most `most` hosts.
 * Cost: some walks over columns in memory.
 */
export async function graphSpread(db: SqlDriver, found: Found, most: number, breathe: () => Promise<void>): Promise<Spread> {
  const { columns } = found;
  await columns.need(['c.host_id', 'c.time', 'c.status', 'c.credential_id', 'f.same_as']);
  const links = await caseLinks(db, columns);
  const [hosts, sameAs, times, statuses] = await Promise.all([
    columns.idsOf('c.host_id'),
    columns.idsOf('f.same_as'),
    columns.numbersOf('c.time'),
    columns.numbersOf('c.status'),
  ]);
  const reached = follow(found, links, (ordinal) => sameAs[ordinal] === 0);
  const byHost = new Map<number, Reach>();
  let followed = 0;
  for (let ordinal = 0; ordinal < reached.length; ordinal += 1) {
    if (ordinal % SLICE === 0) await breathe();
    if (reached[ordinal] === 0) continue;
    if (reached[ordinal] === 2) followed += 1;
    const host = hosts[ordinal] ?? 0;
    const time = times[ordinal] ?? NaN;
    const old = byHost.get(host);
    const reach = old ?? { first: ordinal, time, calls: 0, failed: 0, last: -Infinity };
    if (old === undefined) byHost.set(host, reach);
    else if (time < reach.time || (Number.isNaN(reach.time) && !Number.isNaN(time))) {
      reach.first = ordinal;
      reach.time = time;
    }
    reach.calls += 1;
    if ((statuses[ordinal] ?? 0) >= 400) reach.failed += 1;
    if (time > reach.last) reach.last = time;
  }
  const order = [...byHost.values()].sort((a, b) => timeOrder(a.time, b.time) || a.first - b.first);
  const domains = new Set<string>();
  const steps = order.map((reach): SpreadStep => {
    const step = toStep(db, found, links, reached, reach);
    const isNewDomain = !domains.has(step.domain);
    domains.add(step.domain);
    return { ...step, isNewDomain };
  });
  return {
    seeds: found.total,
    followed,
    hosts: steps.length,
    domains: domains.size,
    steps: steps.slice(0, most),
    ...(await firstCredential(db, found)),
  };
}

/** Known times first. */
const timeOrder = (a: number, b: number): number => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b);

function toStep(db: SqlDriver, { columns }: Found, links: CaseLinks, reached: Uint8Array, reach: Reach): Omit<SpreadStep, 'isNewDomain'> {
  const reader = callReader(db);
  const call = reader.byId(columns.ids[reach.first] ?? 0);
  const host = call?.host ?? '';
  const link = strongestInto(links, reach.first, reached);
  const cause = link < 0 ? undefined : reader.byId(columns.ids[links.from[link] ?? 0] ?? 0);
  const kind = LINK_KINDS[links.kind[link] ?? 0];
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
    ...(cause === undefined || kind === undefined
      ? {}
      : { from: { call: cause.ref, host: cause.host ?? '', kind, confidence: Math.round((links.confidence[link] ?? 0) * 1000) / 1000 } }),
    calls: reach.calls,
    failed: reach.failed,
    ...(Number.isFinite(reach.last) ? { lastSeen: printTime(epochMicros(reach.last)) } : {}),
  };
}

/** The strongest link from a reached call into another; -1 when there is none. Links are ordered by their effect. */
function strongestInto(links: CaseLinks, to: number, reached: Uint8Array): number {
  let low = 0;
  let high = links.to.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((links.to[middle] ?? 0) < to) low = middle + 1;
    else high = middle;
  }
  let best = -1;
  for (let at = low; at < links.to.length && links.to[at] === to; at += 1) {
    if (reached[links.from[at] ?? 0] === 0) continue;
    if (best < 0 || (links.kind[at] ?? 0) < (links.kind[best] ?? 0)) best = at;
  }
  return best;
}

/** The earliest use of any credential among the calls that fit. */
async function firstCredential(db: SqlDriver, { columns, mask }: Found): Promise<Pick<Spread, 'firstCredential'>> {
  const credentials = await columns.idsOf('c.credential_id');
  const times = await columns.numbersOf('c.time');
  let best = -1;
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    if (mask[ordinal] !== 1 || credentials[ordinal] === 0) continue;
    if (best < 0 || timeOrder(times[ordinal] ?? NaN, times[best] ?? NaN) < 0) best = ordinal;
  }
  const call = best < 0 ? undefined : callReader(db).byId(columns.ids[best] ?? 0);
  if (call?.credential === undefined) return {};
  return { firstCredential: { id: call.credential, call: call.ref, ...(call.time === undefined ? {} : { time: call.time }) } };
}
