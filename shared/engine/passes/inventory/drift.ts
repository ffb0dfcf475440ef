/** Ways in which calls and description part. */
export type DriftKind =
  | 'undocumented-parameter'
  | 'undocumented-body'
  | 'undocumented-field'
  | 'missing-field'
  | 'wrong-type'
  | 'wrong-value'
  | 'no-variant'
  | 'undocumented-status'
  | 'undocumented-content-type'
  | 'missing-auth'
  | 'different-auth';

/** A call as drift is counted by. */
export interface DriftCall {
  readonly id: number;
  readonly principal: number | null;
  readonly time: number | null;
  /** Orders calls the same in every case file: a hash of source and record. */
  readonly order: number;
}

/** What was counted of one place of one endpoint. */
export interface DriftPlace {
  readonly kind: DriftKind;
  readonly place: string;
  calls: number;
  readonly principals: Set<number>;
  /** At most `MAX_DRIFT_CALLS`, those of the lowest order. */
  kept: DriftCall[];
  example: DriftCall;
}

/** Calls kept behind one place. */
export const MAX_DRIFT_CALLS = 1000;
/** Places listed of one endpoint, the most frequent: maps with free keys have thousands. */
export const MAX_DRIFT_PLACES = 60;
/** Places counted of one endpoint before the most frequent are chosen. */
const MAX_COUNTED = 5000;

/** Counts drift by endpoint. */
export interface DriftTally {
  add(endpoint: number, kind: DriftKind, place: string, call: DriftCall): void;
  placesOf(endpoint: number): readonly DriftPlace[];
  readonly endpoints: Iterable<number>;
}

const isEarlier = (a: DriftCall, b: DriftCall): boolean =>
  (a.time ?? Infinity) - (b.time ?? Infinity) < 0 || (a.time === b.time && a.order < b.order);

/** An empty tally. */
export function createDriftTally(): DriftTally {
  const byEndpoint = new Map<number, Map<string, DriftPlace>>();
  return {
    add(endpoint, kind, place, call) {
      let places = byEndpoint.get(endpoint);
      if (places === undefined) byEndpoint.set(endpoint, (places = new Map<string, DriftPlace>()));
      const key = `${kind} ${place}`;
      let known = places.get(key);
      if (known === undefined) {
        if (places.size >= MAX_COUNTED) return;
        places.set(key, (known = { kind, place, calls: 0, principals: new Set(), kept: [], example: call }));
      }
      known.calls += 1;
      if (call.principal !== null) known.principals.add(call.principal);
      if (isEarlier(call, known.example)) known.example = call;
      known.kept.push(call);
      if (known.kept.length > 2 * MAX_DRIFT_CALLS) known.kept = lowest(known.kept);
    },
    placesOf(endpoint) {
      return [...(byEndpoint.get(endpoint)?.values() ?? [])]
        .sort((a, b) => b.calls - a.calls || (`${a.kind} ${a.place}` < `${b.kind} ${b.place}` ? -1 : 1))
        .slice(0, MAX_DRIFT_PLACES)
        .map((place) => ({ ...place, kept: lowest(place.kept) }));
    },
    get endpoints() {
      return byEndpoint.keys();
    },
  };
}

const lowest = (calls: readonly DriftCall[]): DriftCall[] => [...calls].sort((a, b) => a.order - b.order).slice(0, MAX_DRIFT_CALLS);
