import { createHashNumbers, type HashNumbers } from '../../../../lib/hash-numbers.ts';
import { letGo } from '../../../../lib/let-go.ts';
import { narrowArray, type NarrowArray } from '../../../../lib/narrow-array.ts';
import { textHash } from '../../../../lib/text-hash.ts';
import type { SqlDriver } from '../../../store/driver.ts';

/** Rows read at a time, so that other work gets in between; each is an object for the moment. */
const PAGE = 500;

/** Columns of texts that are only compared with one another. */
export type TextColumn = 'path' | 'query' | 'trace_id' | 'span_id' | 'parent_span_id' | 'request_id';

/** What a column is read from: the parent of a span is the call that it lies in, past the steps between them (`outer-spans.ts`). */
const readFrom = (column: TextColumn): string =>
  column === 'parent_span_id' ? 'coalesce((SELECT o.span_id FROM temp.outer_span o WHERE o.call_id = call.id), parent_span_id)' : column;

/** The number of each call's text by row id; nothing where no call has one. */
async function readNumbers(
  db: SqlDriver,
  column: TextColumn,
  count: number,
  numbers: HashNumbers,
  breathe: () => Promise<void>,
): Promise<Uint32Array> {
  const isUsed = db.prepare(`SELECT 1 FROM call WHERE ${column} IS NOT NULL LIMIT 1`).get() !== undefined;
  const found = new Uint32Array(isUsed ? count : 0);
  const page = db.prepare(`SELECT id, ${readFrom(column)} AS text FROM call WHERE id > ? ORDER BY id LIMIT ${String(PAGE)}`);
  for (let at = 0, after = 0; at < found.length;) {
    const rows = page.all<{ id: number; text: string | null }>(after);
    for (const { id, text } of rows) {
      if (text !== null && text !== '') found[at] = numbers.of(textHash(text));
      at += 1;
      after = id;
    }
    if (rows.length === 0) break;
    await breathe();
  }
  return found;
}

/**
 * Numbers for texts, the same for the same text in all of the columns, from 1; 0 where a call has none. A case has fewer texts than a hash has
 * values, so that numbers take one to four bytes where hashes take eight, and a column that nobody fills takes none.
 * Shape: by row id, as `readCallColumns` reads.
 * Cost:  while they are made 4 bytes a call and column, and some 25 a text.
 */
export async function readTextCodes(
  db: SqlDriver,
  columns: readonly TextColumn[],
  count: number,
  breathe: () => Promise<void>,
): Promise<readonly NarrowArray[]> {
  const numbers = createHashNumbers();
  const wide: Uint32Array[] = [];
  for (const column of columns) wide.push(await readNumbers(db, column, count, numbers, breathe));
  const largest = numbers.count();
  numbers.end();
  return wide.map((found) => {
    const codes = narrowArray(count, largest);
    codes.set(found);
    letGo(found);
    return codes;
  });
}
