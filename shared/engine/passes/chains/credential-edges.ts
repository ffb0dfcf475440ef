import { numberAt } from '../../../lib/numbers.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import type { EdgeList } from './edge-list.ts';
import { bodyPlace } from './places.ts';

/** The very secret that an answer held authenticated a later call. */
const ISSUED_THEN_USED = 0.97;

/**
 * Edges from an answer that held a credential to the first call that used it. Later uses belong to the session, not to the
 * issuing call, or one login would glue a day together.
 */
export function addCredentialEdges(
  db: SqlDriver,
  calls: CallColumns,
  indexOf: (id: number) => number,
  standingOf: (at: number) => number,
  edges: EdgeList,
): void {
  const term = termReader(db);
  const issued = db
    .prepare(
      "SELECT call_id, pointer_id, credential_id, side FROM exposure WHERE side IN ('response', 'response-header') ORDER BY call_id, rowid",
    )
    .all<{ call_id: number; pointer_id: number; credential_id: number; side: string }>();
  if (issued.length === 0) return;
  const wanted = new Set(issued.map((row) => row.credential_id));
  const uses = new Map<number, number[]>();
  for (let at = 0; at < calls.count; at += 1) {
    const credential = numberAt(calls.credential, at);
    if (!wanted.has(credential)) continue;
    const list = uses.get(credential) ?? [];
    list.push(at);
    uses.set(credential, list);
  }
  const linked = new Set<string>();
  for (const row of issued) {
    const from = indexOf(row.call_id);
    if (from === NONE) continue;
    const use = uses.get(row.credential_id)?.find((at) => at > from && numberAt(calls.start, at) >= numberAt(calls.end, from) - 2_000);
    if (use === undefined || standingOf(use) === standingOf(from)) continue;
    const key = `${String(standingOf(from))} ${String(standingOf(use))}`;
    if (linked.has(key)) continue;
    linked.add(key);
    const pointer = term(row.pointer_id) ?? '$';
    const fromAt = row.side === 'response' ? bodyPlace('response', pointer) : `response-header ${pointer}`;
    edges.add(standingOf(from), standingOf(use), 'credential', ISSUED_THEN_USED, {
      why: `the credential in ${fromAt} is the one that this call came with, its first use after`,
      fromAt,
      toAt: 'request-header authorization',
    });
  }
}
