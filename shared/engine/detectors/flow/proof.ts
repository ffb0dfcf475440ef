import type { SqlDriver } from '../../store/driver.ts';
import { listValues } from '../../store/read/calls/values.ts';
import { sightingsOf, type FlowCall } from './run-calls.ts';

/** Values of fewer bits may stand on both sides by chance (a state, a year, a quantity). Units: bits. */
const PROVING_BITS = 20;

/** What shows that data went from reads into a send. */
export interface Proof {
  /** Reads whose answer holds a value that was sent. */
  readonly reads: readonly FlowCall[];
  /** Distinct values that stand in an answer and in the request. */
  readonly values: number;
  /** Those of one send. */
  readonly provenIn: (send: FlowCall) => ReadonlySet<number>;
  /** Best-named pair of places. */
  readonly fromAt: string | undefined;
  readonly toAt: string | undefined;
}

const values = (db: SqlDriver, call: FlowCall, side: 0 | 1): ReadonlySet<number> => {
  const found = new Set<number>();
  for (const id of sightingsOf(db, call.id))
    for (const { fingerprint, bits } of listValues(db, id, side)) if (bits >= PROVING_BITS) found.add(fingerprint);
  return found;
};

/** Compares what the reads answered with what was sent; values that the caller had itself sent before the read are an echo. */
export function proveFlow(
  db: SqlDriver,
  reads: readonly FlowCall[],
  sends: readonly FlowCall[],
  earlier: readonly FlowCall[],
): Proof & { readonly echoed: number } {
  const bySend = new Map(sends.map((send) => [send.id, values(db, send, 0)]));
  const sent = new Set([...bySend.values()].flatMap((own) => [...own]));
  const edge = db.prepare('SELECT from_at, to_at FROM edge WHERE from_call = ? AND to_call = ? AND kinds LIKE \'%"value"%\'');
  const proven = new Set<number>();
  const echoes = new Set<number>();
  const proving = new Set<FlowCall>();
  let fromAt: string | undefined;
  let toAt: string | undefined;
  const known = sent.size === 0 ? new Set<number>() : new Set(earlier.flatMap((call) => [...values(db, call, 0)]));
  // The places named are those of the worst data that went out.
  for (const read of [...reads].sort((a, b) => b.sensitivity - a.sensitivity)) {
    let hits = 0;
    for (const fingerprint of sent.size === 0 ? [] : values(db, read, 1)) {
      if (!sent.has(fingerprint)) continue;
      if (known.has(fingerprint)) echoes.add(fingerprint);
      else {
        proven.add(fingerprint);
        hits += 1;
      }
    }
    for (const send of sends) {
      const row = edge.get<{ from_at: string | null; to_at: string | null }>(read.id, send.id);
      if (row === undefined) continue;
      if (fromAt === undefined) [fromAt, toAt] = [row.from_at ?? undefined, row.to_at ?? undefined];
    }
    if (hits > 0) proving.add(read);
  }
  const provenIn = (send: FlowCall): ReadonlySet<number> => new Set([...(bySend.get(send.id) ?? [])].filter((value) => proven.has(value)));
  return { reads: reads.filter((read) => proving.has(read)), values: proven.size, provenIn, fromAt, toAt, echoed: echoes.size };
}
