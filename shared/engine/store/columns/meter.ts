/** How far the walks over the calls for one query have come. Counts are calls, times the walks that the query needs. */
export interface Meter {
  read: number;
  of: number;
  /** Set by whoever has waited enough: the walks end with the slice that they are in. */
  stopped: boolean;
  /** Ordinal below which every walk has looked; what lies behind it is not known. */
  limit: number;
}

/** The meter of a query over this many calls, before anything was read. */
export const newMeter = (calls: number): Meter => ({ read: 0, of: 0, stopped: false, limit: calls });
