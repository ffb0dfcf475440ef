/** Pages of a list around the rows in sight, by their numbers from 0. */
export interface HeldPages {
  /** The one that the middle of what is in sight is on. */
  readonly main: number;
  /** The first and the last that rows in sight are on. */
  readonly from: number;
  readonly to: number;
}

/** Where the rows in sight stand among pages of `size` rows. */
export const pagesToHold = (first: number, last: number, size: number): HeldPages => ({
  main: Math.floor((first + last) / 2 / size),
  from: Math.floor(first / size),
  to: Math.floor(last / size),
});

/** Whether two scroll positions ask for the same pages. */
export const holdsSame = (one: HeldPages, other: HeldPages): boolean =>
  one.main === other.main && one.from === other.from && one.to === other.to;
