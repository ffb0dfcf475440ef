import type { PrincipalKind } from '../../../contract/report-json.ts';
import type { Hole } from '../../store/read/gaps/holes.ts';
import type { PassContext } from '../pass.ts';
import type { CallColumns } from './columns.ts';
import type { ObjectPlace } from './object-places.ts';

/** What signals are computed from. */
export interface SignalInput {
  readonly context: PassContext;
  readonly columns: CallColumns;
  readonly kinds: ReadonlyMap<number, PrincipalKind>;
  /** Where the path of an endpoint names an object. */
  readonly places: ReadonlyMap<number, ObjectPlace>;
  /** Callers told by network and User-Agent only: many may stand behind one. */
  readonly weak: ReadonlySet<number>;
  /** First and last time of the evidence. Units: µs. */
  readonly start: number;
  readonly end: number;
  /** Until when the evidence tells what is usual; undefined when it is too short. Units: µs. */
  readonly baselineTo: number | undefined;
  /** Stretches in which a log is missing that holds what a principal does: its calls there are unknown, not none. */
  readonly holesOf: (principal: number) => readonly Hole[];
  /** Calls of a principal in each hour of the day by an imported baseline; undefined where there is none, or it does not know the principal. */
  readonly importedRates: (principal: number) => readonly number[] | undefined;
  /** Different objects in all, and bytes in a day, of a principal by an imported baseline. */
  readonly importedHabit: (principal: number) => { readonly objects: number; readonly bytes: number } | undefined;
}

/** Plain values that a signal carries to the detectors, named as in reports. */
export type SignalFacts = Readonly<Record<string, number | string | boolean | readonly number[] | readonly string[]>>;

/** Something about one principal or endpoint that is rare among its peers. */
export interface Signal {
  readonly principal: number | undefined;
  readonly endpoint: number | undefined;
  /** Among its peers. */
  readonly p: number;
  /** Rate of false discoveries at which it would be called one. */
  readonly q: number;
  /** Places of its calls in the columns, in time order. */
  readonly at: readonly number[];
  readonly facts: SignalFacts;
}

/** One kind of signal. */
export interface SignalKind {
  readonly id: string;
  readonly find: (input: SignalInput) => Promise<readonly Signal[]>;
}
