import type { PrincipalKind } from '../../../contract/report-json.ts';
import { numberAt } from '../../../lib/numbers.ts';
import type { PortableOrder } from '../../../model/baseline-file.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { getMeta } from '../../store/meta.ts';
import { readImportedFile } from '../../store/read/baseline-choice.ts';
import { readCallers } from '../rows/callers.ts';
import { MAX_SYMBOLS } from './order-model.ts';
import { listSessions, readSteps } from './read-sequences.ts';

/** Sessions of one kind that a baseline file takes along: what is usual shows in fewer, and the file stays small. */
const MAX_SESSIONS = 1_000;
/** Steps below which a session has no order. */
const MIN_STEPS = 3;

/** The sessions of the baseline window by kind of caller, with operations by their keys; `undefined` where there are too many operations or no window. */
export async function readPortableOrder(db: SqlDriver, breathe: () => Promise<void>): Promise<PortableOrder | undefined> {
  const until = getMeta(db, 'baseline_to');
  const keys = new Map(
    db
      .prepare('SELECT id, key FROM endpoint')
      .all<{ id: number; key: string }>()
      .map(({ id, key }) => [id, key]),
  );
  if (until === undefined || keys.size > MAX_SYMBOLS) return undefined;
  const columns = await readSteps(db, breathe);
  const callers = readCallers(db);
  const kinds = new Map<string, (readonly number[])[]>();
  for (const { principal, steps, to } of listSessions(columns, () => true)) {
    const kind = callers.get(principal)?.kind ?? 'unknown';
    const sessions = kinds.get(kind) ?? [];
    if (steps.length < MIN_STEPS || sessions.length >= MAX_SESSIONS || numberAt(columns.time, to - 1) > Number(until)) continue;
    kinds.set(kind, sessions);
    sessions.push(steps);
  }
  const used = [...new Set([...kinds.values()].flat(2))].map((id) => keys.get(id) ?? '').sort();
  const places = new Map(used.map((key, place) => [key, place]));
  return {
    operations: used,
    kinds: [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, sessions]) => ({ kind, sessions: sessions.map((steps) => steps.map((id) => places.get(keys.get(id) ?? '') ?? 0)) })),
  };
}

/**
 * The sessions of an imported baseline with the operations of this case, by kind of caller. Operations that this case does not know share
 * one symbol, `unknown`.
 */
export function importedSessions(db: SqlDriver, unknown: number): (kind: PrincipalKind) => readonly (readonly number[])[] {
  const order = readImportedFile(db)?.content.order;
  if (order === undefined) return () => [];
  const find = db.prepare('SELECT id FROM endpoint WHERE key = ?');
  const ids = order.operations.map((key) => find.get<{ id: number }>(key)?.id ?? unknown);
  return (kind) =>
    (order.kinds.find((own) => own.kind === kind)?.sessions ?? []).map((steps) => steps.map((place) => ids[place] ?? unknown));
}
