import type { TimeText } from './report-json.ts';

/** One set of calls in numbers. */
export interface CallSet {
  readonly calls: number;
  /** As `is:failed` finds them. */
  readonly failed: number;
  /** Units: bytes, of the calls that state them. */
  readonly reqBytes: number;
  readonly resBytes: number;
  /** Of the calls with a time; absent where none has one. */
  readonly first?: TimeText;
  readonly last?: TimeText;
}

/** One value of a field, with the calls of either set that have it. */
export interface ComparedValue {
  readonly value: string;
  readonly left: number;
  readonly right: number;
}

/** A field of two sets. */
export interface ComparedField {
  /** Name in the query language. */
  readonly field: string;
  /** How many values only the left has, only the right, and both. */
  readonly onlyLeft: number;
  readonly onlyRight: number;
  readonly both: number;
  /** Those whose share of the calls differs most first. */
  readonly values: readonly ComparedValue[];
  /** Values that are not listed. */
  readonly omitted: number;
}

/** Two sets of calls side by side. */
export interface CallSetComparison {
  readonly left: CallSet;
  readonly right: CallSet;
  /** Calls that are in both. */
  readonly shared: number;
  readonly fields: readonly ComparedField[];
}
