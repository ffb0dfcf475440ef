import type { Json } from '../../lib/json.ts';
import type { Outer } from './importer.ts';

/** The first stretch of a source, prepared once for all envelopes. */
export interface HeadSample {
  readonly text: string;
  /** Lines that are not blank, at most 50; the last one only if it is whole or the only one. */
  readonly lines: readonly string[];
  /** Keys of the first JSON objects, `a` and `a.b`. */
  readonly objects: readonly ReadonlySet<string>[];
}

/** A record without its envelope. */
export interface Unwrapped {
  /** The record's text; absent when `value` holds it. */
  readonly text?: string | undefined;
  /** The record where the envelope carries it as JSON. */
  readonly value?: Json | undefined;
  readonly outer: Outer;
  /** Set on a piece of a record that was cut: pieces with the same key belong together until one has `last`. */
  readonly piece?: { readonly key: string; readonly last: boolean } | undefined;
}

/**
 * A layer that another program put around the records of a log: a container runtime's prefix, syslog, a cloud's list.
 * Taken off before recognition and before reading, so that no format needs to know of it.
 */
export interface Envelope {
  readonly id: string;
  readonly title: string;
  /**
   * `lines`: the layer is around every line. `json`: around every JSON value, or it is a list inside of one. `csv`: the records
   * are the rows of a table, given as objects; outermost only.
   */
  readonly around: 'lines' | 'json' | 'csv';
  /** Why the head looks like this layer; `undefined` when it does not. */
  recognize(head: HeadSample): string | undefined;
  /** Where in a JSON document its list of records stands, from the top: `['hits', 'hits']`. The elements are then the records. */
  readonly list?: readonly string[] | undefined;
  /** Takes the layer off one record; `undefined` when this one does not wear it. Lines mostly give `text`, JSON envelopes also `value`. */
  unwrap(text: string, value: Json | undefined): Unwrapped | undefined;
  /** True when pieces of cut records are joined, so that records depend on each other. */
  readonly joins: boolean;
}
