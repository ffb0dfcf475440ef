import type { SqlDriver } from '../driver.ts';
import type { CallSort } from '../read/calls/calls.ts';
import type { CallColumns } from './call-columns.ts';
import type { IdColumn, NumberColumn } from './column-names.ts';
import type { Mask } from './match-calls.ts';
import { sortByNumber, type SortedOrdinals } from './sort-ordinals.ts';
import { sortByPath } from './sort-paths.ts';

const NUMBERS = {
  time: 'c.time',
  status: 'c.status',
  durationMs: 'c.duration',
  resBytes: 'c.res_bytes',
  reqBytes: 'c.req_bytes',
} as const satisfies Partial<Record<CallSort['field'], NumberColumn>>;
const TERMS = { method: 'c.method_id', host: 'c.host_id' } as const satisfies Partial<Record<CallSort['field'], IdColumn>>;

/** All calls in the order of a field, ascending. Cost: 10 to 100 ms a million calls, 1 s by path; once for as long as the columns stay. */
function sortAll(db: SqlDriver, columns: CallColumns, field: CallSort['field']): Promise<SortedOrdinals> {
  return columns.derived(`order ${field}`, async (breathe) => {
    if (field === 'path') {
      return sortByPath(
        await columns.paths(),
        columns.ids.map((_id, ordinal) => ordinal),
        breathe,
      );
    }
    if (field === 'method' || field === 'host') return sortByNumber(termRanks(db, await columns.idsOf(TERMS[field])));
    return sortByNumber(await columns.numbersOf(NUMBERS[field]));
  });
}

/** Where the term of each call stands among all terms by their texts. */
function termRanks(db: SqlDriver, ids: Int32Array): Float64Array {
  const ranks = new Map<number, number>();
  for (const { id } of db.prepare('SELECT id FROM term ORDER BY value').all<{ id: number }>()) ranks.set(id, ranks.size);
  return Float64Array.from(ids, (id) => ranks.get(id) ?? NaN);
}

/** Below this share of all calls it is quicker to sort those alone by path than to have the order of all. */
const FEW = 1 / 4;

/** An order that holds at least the calls of a mask. */
async function sortFor(
  db: SqlDriver,
  columns: CallColumns,
  mask: Mask,
  field: CallSort['field'],
  breathe: () => Promise<void>,
): Promise<SortedOrdinals> {
  if (field !== 'path') return sortAll(db, columns, field);
  const matches = columns.ids.map((_id, ordinal) => ordinal).filter((ordinal) => mask[ordinal] === 1);
  if (matches.length > mask.length * FEW) return sortAll(db, columns, field);
  return sortByPath(await columns.paths(), matches, breathe);
}

/**
 * The ordinals of the calls that a mask holds, in an order; those without the sort value come last, whichever the direction.
 * Cost: one pass over the calls.
 */
export async function sortMatches(
  db: SqlDriver,
  columns: CallColumns,
  mask: Mask,
  sort: CallSort,
  breathe: () => Promise<void>,
): Promise<Uint32Array> {
  const { order, known } = await sortFor(db, columns, mask, sort.field, breathe);
  const sorted = new Uint32Array(mask.length);
  let found = 0;
  const take = (at: number): void => {
    const ordinal = order[at] ?? 0;
    if (mask[ordinal] === 1) sorted[found++] = ordinal;
  };
  if (sort.descending) {
    for (let at = known - 1; at >= 0; at -= 1) take(at);
    for (let at = order.length - 1; at >= known; at -= 1) take(at);
  } else for (let at = 0; at < order.length; at += 1) take(at);
  return sorted.slice(0, found);
}
