import { numberAt } from '../../../../lib/numbers.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { listHandedIn, readFingerprints } from '../../../store/read/handed-in.ts';
import { termReader } from '../../../store/read/terms.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { EdgeList } from './edge-list.ts';
import { bodyPlace } from '../values/places.ts';

/** The very secret that an answer held authenticated a later call. */
const ISSUED_THEN_USED = 0.97;

/** Logs round. Units: µs. */
const SLACK = 2_000;

/** The latest call with a token before it was handed in to be exchanged: the one that the exchange is for, if it is still open. */
const EXCHANGED_WHILE_OPEN = 0.9;
const EXCHANGED_AFTER = 0.75;
/** What was called with a token so long ago is no reason to exchange it. Units: µs. */
const EXCHANGE_WINDOW = 5 * 60 * 1_000_000;
/** Operations that give one token for another, and the members that hold the old one. Source: RFC 8693, section 2.1; RFC 7523. */
const EXCHANGES = /token|oauth|exchange|delegat/i;
const HANDED_IN = /(?:subject_token|actor_token|assertion)$/;

/**
 * Edges from the call that came with a token to the exchange in which that token was handed in: a service that acts for its caller asks for a
 * token of its own. Of the calls with the token the latest to start counts.
 */
export async function addExchangeEdges(
  db: SqlDriver,
  calls: CallColumns,
  indexOf: (id: number) => number,
  standingOf: (at: number) => number,
  edges: EdgeList,
  breathe: () => Promise<void>,
): Promise<void> {
  const handedIn = await listHandedIn(db, EXCHANGES, HANDED_IN, breathe);
  if (handedIn.length === 0) return;
  const credentials = readFingerprints(db);
  const wanted = new Set(handedIn.flatMap(({ fingerprint }) => credentials.get(fingerprint) ?? []));
  const uses = usesOf(calls, wanted);
  for (const { call, fingerprint, pointer } of handedIn) {
    const at = indexOf(call);
    const start = numberAt(calls.start, at);
    const from = latestBefore(at, uses.get(credentials.get(fingerprint) ?? NONE) ?? [], standingOf);
    if (from === NONE || start - numberAt(calls.end, from) > EXCHANGE_WINDOW) continue;
    const toAt = bodyPlace('request', pointer);
    edges.add(standingOf(from), standingOf(at), 'credential', numberAt(calls.end, from) >= start ? EXCHANGED_WHILE_OPEN : EXCHANGED_AFTER, {
      why: `the credential that the cause came with was handed in here at ${toAt}, to be exchanged`,
      fromAt: 'request-header authorization',
      toAt,
    });
  }
}

/** The latest of `uses` before `at` that is no other sighting of it, or NONE. Cost: a search; a token that all calls of a day bear is looked up for each. */
function latestBefore(at: number, uses: readonly number[], standingOf: (at: number) => number): number {
  let low = 0;
  let high = uses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(uses, middle) < at) low = middle + 1;
    else high = middle;
  }
  let place = low - 1;
  while (place >= 0 && standingOf(numberAt(uses, place)) === standingOf(at)) place -= 1;
  return uses[place] ?? NONE;
}

/** Calls by the credential that they came with, in time order. */
function usesOf(calls: CallColumns, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const uses = new Map<number, number[]>();
  for (let at = 0; at < calls.count; at += 1) {
    const credential = numberAt(calls.credential, at);
    if (!wanted.has(credential)) continue;
    const list = uses.get(credential) ?? [];
    list.push(at);
    uses.set(credential, list);
  }
  return uses;
}

/** The first use that begins after an answer ended; `uses` stand in order of time. Cost: logarithmic, since a cookie may be set anew on each answer. */
function firstAfter(calls: CallColumns, uses: readonly number[], answer: number): number | undefined {
  const ended = numberAt(calls.end, answer) - SLACK;
  let [low, high] = [0, uses.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = uses[middle] ?? NONE;
    // Calls without a time stand at the end.
    if (at > answer && !(numberAt(calls.start, at) < ended)) high = middle;
    else low = middle + 1;
  }
  const first = uses[low];
  return first === undefined || Number.isNaN(numberAt(calls.start, first)) ? undefined : first;
}

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
  const uses = usesOf(calls, new Set(issued.map((row) => row.credential_id)));
  const linked = new Set<string>();
  for (const row of issued) {
    const from = indexOf(row.call_id);
    if (from === NONE) continue;
    const use = firstAfter(calls, uses.get(row.credential_id) ?? [], from);
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
