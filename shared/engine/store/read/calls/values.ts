import type { SqlDriver } from '../../driver.ts';
import { unpackValues, type ListedValue } from '../../value-list.ts';

/** The values of one call. */
export interface CallValues {
  readonly callId: number;
  readonly values: readonly ListedValue[];
}

/** Calls a page: some thousand values each. */
const CALLS_PER_PAGE = 1000;

/** Values of one side, call by call in the order of the evidence, a page at a time so that a pass can pause. */
export function* pageValues(db: SqlDriver, side: 0 | 1): Generator<readonly CallValues[]> {
  const page = db.prepare(
    `SELECT call_id, data FROM value WHERE call_id > ? AND ${side === 1 ? 'answered' : 'sent'} > 0 ORDER BY call_id LIMIT ${String(CALLS_PER_PAGE)}`,
  );
  for (let after = 0; ;) {
    const rows = page.all<{ call_id: number; data: Uint8Array }>(after);
    if (rows.length === 0) return;
    after = rows.at(-1)?.call_id ?? after;
    yield rows.map(({ call_id, data }) => ({ callId: call_id, values: unpackValues(data).filter((value) => value.side === side) }));
  }
}

/** Values of one side of one call. */
export function listValues(db: SqlDriver, callId: number, side: 0 | 1): readonly ListedValue[] {
  const row = db.prepare('SELECT data FROM value WHERE call_id = ?').get<{ data: Uint8Array }>(callId);
  return row === undefined ? [] : unpackValues(row.data).filter((value) => value.side === side);
}
