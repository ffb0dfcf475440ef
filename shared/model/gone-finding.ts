/** A finding that is not found any more, by the endpoints that it named and how many of them were called later. */
interface GoneFinding {
  readonly endpoints: readonly string[];
  readonly calledAgain: number;
}

/** What a finding that is not found any more shows: that it is mended, or only that not all of its endpoints were called again. */
export type GoneState = 'fixed' | 'partly called again' | 'not called again';

/** Mended is what was called again on every endpoint; one that names no endpoint is about callers or the case, and needs no call. */
export function goneState({ endpoints, calledAgain }: GoneFinding): GoneState {
  if (calledAgain === endpoints.length) return 'fixed';
  return calledAgain === 0 ? 'not called again' : 'partly called again';
}

/** How many are fixed, and how many are gone without a proof of it. Example: `2 fixed, 1 gone but not shown to be fixed`. */
export function goneCounts(fixed: readonly GoneFinding[], formatted: (count: number) => string): string {
  const mended = fixed.filter((finding) => goneState(finding) === 'fixed').length;
  const open = fixed.length - mended;
  return `${formatted(mended)} fixed${open === 0 ? '' : `, ${formatted(open)} gone but not shown to be fixed`}`;
}
