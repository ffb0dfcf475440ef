import type { QueryNode } from '../../../query/ast.ts';
import type { EnginePorts } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';
import { getRevision } from '../meta.ts';
import { everyCall, type CallFilter } from '../read/calls/calls.ts';
import { columnKeeper, type CallColumns } from './call-columns.ts';
import type { IdColumn, NumberColumn } from './column-names.ts';
import { matchCalls, type Mask } from './match-calls.ts';
import { newMeter, type Meter } from './meter.ts';

/** A query as it was asked: its text as a key for what is kept, what it means, and its SQL. */
export interface CallQuery {
  readonly key: string;
  readonly ast: QueryNode;
  readonly filter: CallFilter;
}

/** Asks about all calls. */
export const EVERY_CALL: CallQuery = { key: '*', ast: { kind: 'all' }, filter: everyCall };

/** How much of a whole was read. */
export interface ReadPart {
  readonly read: number;
  readonly of: number;
}

/** The calls that fit a query, in columns in memory. */
export interface Found {
  readonly columns: CallColumns;
  readonly mask: Mask;
  readonly total: number;
  /** There where the question was stopped: how many calls of the case were looked at, in the order of the evidence. */
  readonly partial?: ReadPart;
}

/** Finds the calls of queries; one for each open case, so that a query that several parts of a screen ask about is answered once. */
export interface CallSearch {
  readonly db: SqlDriver;
  /** False when the case is too large to be kept in memory. */
  fitsMemory(): Promise<boolean>;
  /** Reads the paths while nothing else is asked, so that the first word need not wait for them. */
  warm(): void;
  /** How far a question that still runs has come; `undefined` where none does. */
  progress(query: CallQuery): ReadPart | undefined;
  /** Ends a question that runs with what it has found so far. */
  stop(query: CallQuery): void;
  /** Forgets an answer, so that a question that was stopped is read to its end when it is asked again. */
  forget(query: CallQuery): void;
  /**
   * `undefined` when the case is too large for memory: the query's SQL is the way then. `also`: columns that will be asked for next,
   * read in the same walk.
   */
  find(query: CallQuery, breathe: () => Promise<void>, also?: readonly (IdColumn | NumberColumn)[]): Promise<Found | undefined>;
}

/** Answers kept. Units: masks, 1 byte a call each. */
const KEPT = 8;

/** Makes the search over a case; `most` is the size of the largest one that is kept in memory. */
export function callSearch(db: SqlDriver, ports: Pick<EnginePorts, 'clock' | 'yieldToEvents'>, most?: number): CallSearch {
  const current = columnKeeper(db, ports, most);
  const kept = new Map<string, Promise<Found>>();
  const meters = new Map<string, Meter>();
  let seen: { readonly columns: CallColumns; readonly revision: number } | undefined;

  const match = async (columns: CallColumns, query: CallQuery, breathe: () => Promise<void>): Promise<Found> => {
    const meter = newMeter(columns.ids.length);
    meters.set(query.key, meter);
    try {
      const mask = await matchCalls({ db, columns, meter, breathe }, query.ast);
      let total = 0;
      for (const bit of mask) total += bit;
      const isWhole = meter.limit >= columns.ids.length;
      return { columns, mask, total, ...(isWhole ? {} : { partial: { read: meter.limit, of: columns.ids.length } }) };
    } finally {
      if (meters.get(query.key) === meter) meters.delete(query.key);
    }
  };
  const keep = (key: string, made: Promise<Found>): Promise<Found> => {
    kept.delete(key);
    const oldest = kept.keys().next();
    if (kept.size >= KEPT && oldest.done !== true) kept.delete(oldest.value);
    kept.set(key, made);
    made.catch(() => {
      if (kept.get(key) === made) kept.delete(key);
    });
    return made;
  };
  return {
    db,
    warm() {
      // A failure is heard by the question that needs them.
      current()
        .then((columns) => columns?.paths())
        .catch(() => undefined);
    },
    progress: ({ key }) => {
      const meter = meters.get(key);
      return meter === undefined || meter.of === 0 ? undefined : { read: meter.read, of: meter.of };
    },
    stop({ key }) {
      const meter = meters.get(key);
      if (meter !== undefined) meter.stopped = true;
    },
    forget: ({ key }) => void kept.delete(key),
    fitsMemory: async () => (await current()) !== undefined,
    async find(query, breathe, also = []) {
      const columns = await current();
      if (columns === undefined) return undefined;
      await columns.need(also);
      // Findings and what the analyst notes change with the revision, the columns do not.
      const revision = getRevision(db);
      if (seen?.columns !== columns || seen.revision !== revision) kept.clear();
      seen = { columns, revision };
      for (;;) {
        const running = kept.get(query.key);
        if (running === undefined) return keep(query.key, match(columns, query, breathe));
        // Whoever asked first may have cancelled: then it is this one's to do.
        const found = await running.catch(() => undefined);
        // Put in again as the one used last, but not where a change of the case took it out meanwhile.
        if (found !== undefined) return kept.get(query.key) === running ? keep(query.key, running) : found;
        await breathe();
      }
    },
  };
}
