import type { CaptureSides, SideChange, SideChangeKind, SideReason } from '#shared/contract/two-sides.ts';
import { likelyZone, type ZonedSource } from '#shared/model/likely-zone.ts';
import { formatCount } from '../../../widgets/format.ts';

/** Why only the client's side shows a request, and what that means. */
export const REASON_WORDS: Readonly<Record<SideReason, { readonly title: string; readonly means: string }>> = {
  'never-arrived': { title: 'Not in the log', means: 'answered, to a host and at a time that a log covers: another way in, or a log with holes' },
  failed: { title: 'Without an answer', means: 'blocked, refused or cut on the way' },
  'outside-log': { title: 'Outside the logs’ time', means: 'before the first or after the last record of the logs beside it' },
  'other-host': { title: 'To other hosts', means: 'no log beside it shows requests to these hosts' },
  cached: { title: 'Out of a cache', means: 'the capture says that these never left the program' },
  'service-worker': { title: 'By a service worker', means: 'the capture says that these were answered inside the program' },
}; // prettier-ignore

const KIND_WORDS: Readonly<Record<SideChangeKind, string>> = {
  status: 'Status',
  path: 'Path',
  host: 'Host',
  query: 'Query',
  size: 'Size of the answer',
  'request-header': 'Request header',
  'response-header': 'Response header',
};

const HOW_WORDS: Readonly<Record<SideChange['how'], string>> = { added: 'added', removed: 'removed', changed: 'changed' };

/** What a change is, in words: `Request header added`. */
export const changeWords = ({ kind, how }: SideChange): string => `${KIND_WORDS[kind]} ${HOW_WORDS[how]}`;

/** A clock's difference with its sign and unit: `+1,130.5 ms`, `−14.5 s`. Units: ms. */
export function skewWords(skewMs: number, spreadMs: number): string {
  if (Math.abs(skewMs) <= Math.max(1, spreadMs)) return 'the same clock';
  return `${skewMs < 0 ? '−' : '+'}${sizeWords(Math.abs(skewMs))}`;
}

/** A clock's difference where there is little room: `−1.1 s`. Units: ms. */
export const skewSeconds = (skewMs: number): string => `${skewMs < 0 ? '−' : '+'}${(Math.abs(skewMs) / 1000).toFixed(1)} s`;

const sizeWords = (ms: number): string => (ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${formatCount(ms)} ms`);

/** What was found of a source's clock, in a sentence; `undefined` where it agrees with the others. */
export function clockWords(source: ZonedSource): string | undefined {
  const { clockAheadMs } = source;
  if (clockAheadMs === undefined) return undefined;
  const zone = likelyZone(source);
  if (zone !== undefined)
    return `Most likely local time, UTC${zone}: its times name no zone and were read as UTC, and calls that two sources saw, or the files before and after it, lie ${sizeWords(Math.abs(clockAheadMs))} off. Links between calls allow for it; to have the times right everywhere, set the zone.`;
  return `Ran ${sizeWords(Math.abs(clockAheadMs))} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} the other sources, by calls that two sources saw, or as the files before and after it. Links between calls allow for it, and chains are drawn with it taken off; every other time shown is as it was stamped.`;
}

/** Share of the requests to hosts of the logs that both sides show; `undefined` where the logs cover none of them. Ratio. */
export function matchRate({ matched, changed, clientOnly }: CaptureSides): number | undefined {
  const missed = clientOnly.find(({ reason }) => reason === 'never-arrived')?.calls ?? 0;
  const both = matched.calls + changed.calls;
  return both + missed === 0 ? undefined : both / (both + missed);
}
