/** One number that a bench found; `id` names its line in `budgets.json`. */
export interface Figure {
  readonly id: string;
  readonly value: number;
  readonly unit: 'ratio' | 'share' | 'ms' | 'minutes' | 'bytes';
  /** What was compared, in words: the line that is printed. */
  readonly what: string;
}

/** Kinds of scenes that a bench of incidents plays. */
export const SCENE_KINDS = ['loud', 'quiet', 'clean'] as const;
export type SceneKind = (typeof SCENE_KINDS)[number];

export interface BenchContext {
  /** Only the small sizes. */
  readonly small: boolean;
  /** Timed runs of the small sizes; large ones run once. */
  readonly runs: number;
  /** How many seeds scenarios are played with, and the first of them. */
  readonly seeds: number;
  readonly firstSeed: number;
  /** Ids of the worlds and incidents that are played. */
  readonly worlds: readonly string[];
  readonly incidents: readonly string[];
  /** Which scenes: incidents in their forms, days on which nothing happens, or both. */
  readonly scenes: readonly SceneKind[];
  /** How long a bench of many scenes may begin new ones; each bench has a default of its own. */
  readonly minutes?: number | undefined;
  /** Prints a line that is no figure. */
  readonly say: (line: string) => void;
  /** A folder for this bench alone; it is removed afterwards. */
  readonly folder: string;
}

/** A bench answers one question on data that it makes from a seed. */
export interface Bench {
  readonly id: string;
  readonly question: string;
  run(context: BenchContext): Promise<readonly Figure[]>;
}
