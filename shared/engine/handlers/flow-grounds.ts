import type { CallQuery, CallSearch } from '../store/columns/call-search.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getRevision } from '../store/meta.ts';
import type { FlowSource } from '../store/read/graph/flow-source.ts';
import type { Flow } from '../store/read/graph/flows.ts';
import { foundFlows } from '../store/read/graph/found-flows.ts';
import { keptFlows } from '../store/read/graph/kept-flows.ts';
import type { MapGround } from '../store/read/graph/map.ts';
import { namedPairs } from '../store/read/graph/members.ts';
import type { WalkControl } from '../store/read/graph/walk-calls.ts';
import { walkedFlows } from '../store/read/graph/walked-flows.ts';

/** The calls of a query as flows, with what they are counted from. */
export interface Grounded {
  readonly source: FlowSource;
  readonly ground: MapGround;
}

/** Queries whose flows are kept: the pictures of one query ask for the same. */
const KEPT = 8;

/**
 * Finds what the pictures of a query are made of: of all calls what the analysis kept, else from columns in memory, and where the case is
 * too large for these from SQL in slices. Counted once for as long as the case stands as it did.
 */
export function flowGrounds(db: SqlDriver, search: CallSearch): (query: CallQuery, control: WalkControl) => Promise<Grounded> {
  const counted = new Map<string, readonly Flow[]>();
  let seen = -1;
  const sourceOf = async (query: CallQuery, control: WalkControl): Promise<{ readonly source: FlowSource; readonly isWhole: boolean }> => {
    const walked = walkedFlows(db, query.filter, control);
    const kept = query.ast.kind === 'all' ? keptFlows(db, walked) : undefined;
    if (kept !== undefined) return { source: kept, isWhole: true };
    const found = await search.find(query, control.breathe);
    if (found === undefined) return { source: walked, isWhole: true };
    return { source: foundFlows(db, found, control.breathe), isWhole: found.partial === undefined };
  };
  return async (query, control) => {
    const revision = getRevision(db);
    if (seen !== revision) counted.clear();
    seen = revision;
    const { source, isWhole } = await sourceOf(query, control);
    const flows = (isWhole ? counted.get(query.key) : undefined) ?? (await source.flows());
    counted.delete(query.key);
    const oldest = counted.keys().next();
    if (counted.size >= KEPT && oldest.done !== true) counted.delete(oldest.value);
    // A count that ended after a change of the case must not pass for a new one, nor that of a search that was stopped for the whole.
    if (isWhole && getRevision(db) === revision) counted.set(query.key, flows);
    return { source, ground: { flows, named: namedPairs(db, query.filter) } };
  };
}
