import { durationText } from '../lib/duration.ts';

/** How many credentials of incidents can still be used after the evidence: the one answer that screens and reports give. */
export interface StillValid {
  /** Credentials that incidents used. */
  readonly of: number;
  /** Of them, neither expired nor revoked with effect by the end of the evidence. */
  readonly usable: number;
  /** Of those, that tell no end: they work until somebody revokes them. */
  readonly withoutEnd: number;
  /** The longest known time that one of them lasts beyond the evidence. Units: seconds. */
  readonly longestSeconds?: number;
}

/** What one credential tells of its end. Units: seconds after the evidence; absent where no end is known. */
interface Ending {
  readonly stillValidSeconds?: number | undefined;
  readonly containment?: { readonly state: string } | undefined;
}

/** True when a credential can still be used: its end is not known to have come, and no revocation is seen to hold. */
export const canBeUsed = ({ stillValidSeconds, containment }: Ending): boolean =>
  containment?.state !== 'held' && (stillValidSeconds === undefined || stillValidSeconds > 0);

/** Counts the credentials of incidents that can still be used. */
export function countStillValid(guilty: readonly Ending[]): StillValid {
  const usable = guilty.filter(canBeUsed);
  const ends = usable.flatMap(({ stillValidSeconds }) => stillValidSeconds ?? []);
  return {
    of: guilty.length,
    usable: usable.length,
    withoutEnd: usable.length - ends.length,
    ...(ends.length === 0 ? {} : { longestSeconds: Math.max(...ends) }),
  };
}

/** What of them is still valid, as a figure: `2 of 3`, `none`, or `no credential` where incidents used none. */
export const stillValidFigure = ({ of, usable }: StillValid): string =>
  of === 0 ? 'no credential' : usable === 0 ? 'none' : `${String(usable)} of ${String(of)}`;

/** What the figure says, as the rest of a sentence. */
export function stillValidWords({ of, usable, withoutEnd, longestSeconds }: StillValid): string {
  if (of === 0) return 'incidents used no credential that is known';
  if (usable === 0) return 'every credential of an incident has expired or is revoked';
  const until = longestSeconds === undefined ? '' : `the longest for ${durationText(longestSeconds)} after the evidence`;
  const open = withoutEnd === 0 ? '' : `${withoutEnd === usable ? '' : `${String(withoutEnd)} `}without a known end`;
  return `credentials of incidents can still be used, ${[until, open].filter((part) => part !== '').join(', ')}`;
}
