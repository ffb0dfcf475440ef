/** Pages of a list, by their numbers from 0: the one that the first row in sight is on, and another that may be wanted. */
export interface HeldPages {
  readonly main: number;
  readonly other: number | undefined;
}

/**
 * The pages to hold for the rows in sight: those that they are on, and while that is only one, the one that scrolling on
 * reaches next, so that no row is blank when it comes into sight. At most two, one even and one odd.
 */
export function pagesToHold(first: number, last: number, size: number, count: number): HeldPages {
  const main = Math.floor(first / size);
  const end = Math.floor(last / size);
  if (end !== main) return { main, other: end };
  const beyondHalf = (first + last) / 2 >= (main + 0.5) * size;
  const next = main + (beyondHalf ? 1 : -1);
  return { main, other: next < 0 || next * size >= count ? undefined : next };
}
