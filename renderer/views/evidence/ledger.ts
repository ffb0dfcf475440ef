import type { SourceRow } from '#shared/contract/rows.ts';

/** Records and bytes of some sources, and whether both add up. Units: records, bytes. */
export interface Ledger {
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly bytes: number;
  readonly bytesAccounted: number;
  readonly recordsBalance: boolean;
  readonly bytesBalance: boolean;
}

/** Adds up the ledgers of sources that count. A balance is never assumed: each source must balance by itself as well. */
export function addLedgers(all: readonly SourceRow[]): Ledger {
  const sources = all.filter(({ state }) => state !== 'withdrawn');
  const sum = (pick: (source: SourceRow) => number): number => sources.reduce((total, source) => total + pick(source), 0);
  return {
    records: sum((source) => source.records),
    accepted: sum((source) => source.accepted),
    rejected: sum((source) => source.rejected),
    skipped: sum((source) => source.skipped),
    bytes: sum((source) => source.bytes),
    bytesAccounted: sum((source) => source.bytesAccounted),
    recordsBalance: sources.every(recordsBalance),
    bytesBalance: sources.every(bytesBalance),
  };
}

/** True when every record of the source is accepted, rejected or skipped. */
export const recordsBalance = (source: SourceRow): boolean => source.records === source.accepted + source.rejected + source.skipped;

/** True when every byte of the source belongs to a record, a blank line or the format's structure. */
export const bytesBalance = (source: SourceRow): boolean => source.bytes === source.bytesAccounted;
