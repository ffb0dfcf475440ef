/** What a limit counts in. `count`: things, which `what` names; `ratio`: to one; `share`: of the whole, 0 to 1. */
type LimitUnit = 'bytes' | 'MiB' | 'ms' | 'µs' | 'characters' | 'count' | 'ratio' | 'share';

/** One limit of the product as the settings show it. A list of limits imports the constants that are enforced, so that both are the same. */
export interface Limit {
  readonly area: string;
  /** What is limited: "Members of one archive". */
  readonly what: string;
  /** Units: as `unit` says. */
  readonly value: number;
  readonly unit: LimitUnit;
  readonly why: string;
  /** The file that enforces it, and the name of the constant there. */
  readonly where: string;
  readonly name: string;
}
