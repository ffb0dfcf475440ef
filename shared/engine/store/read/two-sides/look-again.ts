import type { Aligned, Matched } from './align.ts';
import { clockDifference } from './align.ts';
import type { SideCall } from './side-call.ts';

/** Records of one request lie within this of each other on one clock: what changed on the way may have taken longer. Units: µs. */
export const REACH = 2_000_000;
/** Fewer segments than this end many paths, so that a common end proves no rewriting. */
const MIN_SEGMENTS = 2;

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

/** True when one path is the end of the other: a gateway put a prefix before it or took one away. */
function isRewritten(a: string, b: string): boolean {
  const [long, short] = a.length >= b.length ? [segmentsOf(a), segmentsOf(b)] : [segmentsOf(b), segmentsOf(a)];
  return short.length >= MIN_SEGMENTS && short.length < long.length && short.every((segment, at) => segment === long[long.length - short.length + at]);
} // prettier-ignore

const isSame = <T>(a: T | undefined, b: T | undefined): boolean => a !== undefined && a === b;

/**
 * True when two records that were not paired as equal may be one request that was changed between them: one id, or one caller who
 * sent one method to one path, or to a path that ends alike.
 */
function mayBeChanged(client: SideCall, log: SideCall): boolean {
  if (!isSame(client.method, log.method)) return false;
  const samePath = client.path === log.path;
  if (!samePath && !isRewritten(client.path, log.path)) return false;
  if (isSame(client.request, log.request) || isSame(client.trace, log.trace)) return true;
  const sameCaller = isSame(client.credential, log.credential) || (log.credential === undefined && isSame(client.userAgent, log.userAgent));
  // Without an id a change of path and of status at once would be two requests as likely as one.
  return sameCaller && client.query === log.query && (samePath || client.status === log.status);
}

/**
 * Looks once more at what nothing was paired with, for requests that were changed in between: another status, a rewritten path, another host.
 * Shape: every record in at most one pair, the nearest in time first. `near` gives the log's records without a twin in a capture around a time on
 * the log's clock, both in µs.
 */
export function pairChanged(
  clients: readonly SideCall[],
  logs: readonly Aligned[],
  near: (source: number, from: number, to: number) => readonly SideCall[],
): readonly Matched[] {
  const found: (Matched & { readonly distance: number })[] = [];
  for (const client of clients) {
    if (client.start === undefined || client.end === undefined) continue;
    for (const { source, skew } of logs) {
      for (const log of near(source, client.start + skew - REACH, client.end + skew + REACH)) {
        if (!mayBeChanged(client, log)) continue;
        const difference = clockDifference({ client, log });
        const distance = difference === undefined ? Infinity : Math.abs(difference - skew);
        if (distance <= REACH) found.push({ client, log, distance });
      }
    }
  }
  const used = new Set<number>();
  return found
    .sort((a, b) => a.distance - b.distance || a.client.record - b.client.record || a.log.record - b.log.record)
    .filter(({ client, log }) => {
      if (used.has(client.id) || used.has(log.standing)) return false;
      used.add(client.id).add(log.standing);
      return true;
    });
}
