import { FAILED_SQL } from '../../call-answer.ts';
import type { CallFilter } from '../calls/calls.ts';
import { CALLS_FROM } from '../calls/calls.ts';
import type { SqlDriver } from '../../driver.ts';
import { LINK_KINDS } from './case-links.ts';
import type { IntoCall } from './flow-index.ts';

/** Calls read at once: some 25 ms, so that other questions and a cancel come between. */
const SLICE = 8192;

/** What the pictures count of a call. Ids are row ids, 0 for none. */
export interface WalkedCall {
  readonly id: number;
  readonly principal: number;
  readonly endpoint: number;
  /** Units: epoch µs. */
  readonly time: number | null;
  readonly failed: 0 | 1;
}

interface LinkRow extends IntoCall {
  readonly call: number;
}

/** Lets other work in, and hears how far a walk is. Units: row ids, which are nearly dense. */
export interface WalkControl {
  readonly breathe: () => Promise<void>;
  readonly progress: (done: number, total: number) => void;
}

const NO_LINKS: readonly IntoCall[] = [];

// Without indices a slice stays a walk over neighbouring rows: a condition that has one would be looked up anew for every slice.
export const WALKED_FROM = CALLS_FROM.replace('call c', 'call c NOT INDEXED').replace('call_fact f', 'call_fact f NOT INDEXED');

/** Shows the row ids of a table in slices, until `visit` gives false. Shape: both ends belong to the slice. */
export async function walkSlices(
  db: SqlDriver,
  table: 'call' | 'edge',
  visit: (from: number, to: number) => boolean,
  { breathe, progress }: WalkControl,
): Promise<void> {
  const { first, last } = db
    .prepare(`SELECT coalesce(min(id), 0) AS first, coalesce(max(id), -1) AS last FROM ${table}`)
    .get<{ first: number; last: number }>() ?? { first: 0, last: -1 };
  for (let from = first; from <= last; from += SLICE) {
    const to = from + SLICE - 1;
    if (!visit(from, to)) return;
    progress(Math.min(to, last) - first + 1, last - first + 1);
    await breathe();
  }
}

/** Reads the links into the calls of a slice, those of order alone left out. */
function linkReader(db: SqlDriver): (from: number, to: number) => ReadonlyMap<number, readonly IntoCall[]> {
  const kinds = new Map<string, number>(LINK_KINDS.map((kind, index) => [kind, index]));
  const select = db.prepare(
    `SELECT e.to_call AS call, e.kind AS kind, e.confidence AS confidence, coalesce(o.endpoint_id, 0) AS endpoint
     FROM edge e LEFT JOIN call_fact o ON o.call_id = e.from_call
     WHERE e.to_call BETWEEN ? AND ? AND e.kind <> 'adjacent' ORDER BY e.id`,
  );
  return (from, to) => {
    const links = new Map<number, IntoCall[]>();
    for (const row of select.all<Omit<LinkRow, 'kind'> & { kind: string }>(from, to)) {
      const kind = kinds.get(row.kind);
      if (kind === undefined) continue;
      const link = { endpoint: row.endpoint, kind, confidence: row.confidence };
      const known = links.get(row.call);
      if (known === undefined) links.set(row.call, [link]);
      else known.push(link);
    }
    return links;
  };
}

/**
 * Shows every call that a filter matches, by row id, with the links into it when `withLinks`; ends early when `visit` gives false.
 * Cost: one walk over the case, some µs a call; nothing is kept.
 */
export async function walkCalls(
  db: SqlDriver,
  filter: CallFilter,
  withLinks: boolean,
  visit: (call: WalkedCall, links: readonly IntoCall[]) => boolean,
  control: WalkControl,
): Promise<void> {
  const slice = db.prepare(
    `SELECT c.id AS id, coalesce(f.principal_id, 0) AS principal, coalesce(f.endpoint_id, 0) AS endpoint, c.time AS time, ${FAILED_SQL} AS failed
     ${WALKED_FROM} WHERE c.id BETWEEN ? AND ? AND (${filter.where}) ORDER BY c.id`,
  );
  const linksOf = linkReader(db);
  const show = (from: number, to: number): boolean => {
    const rows = slice.all<WalkedCall>(from, to, ...filter.params);
    const links = withLinks && rows.length > 0 ? linksOf(from, to) : undefined;
    return rows.every((row) => visit(row, links?.get(row.id) ?? NO_LINKS));
  };
  await walkSlices(db, 'call', show, control);
}
