import type { SqlValue } from './driver.ts';

/** A condition over `call c LEFT JOIN call_fact f ON f.call_id = c.id`, with one `?` per bound value. */
export interface CompiledQuery {
  readonly where: string;
  readonly params: readonly SqlValue[];
  /** Set where the condition is that a column of row ids is among those that `select` gives as `id`, with the same parameters. */
  readonly lookup?: Lookup;
}

/** Where a condition's rows are found by their ids. */
export interface Lookup {
  readonly column: string;
  readonly select: string;
  /** Set where it is enough that another record of the same call holds such an id. */
  readonly inAnyRecord?: true;
}

/** A condition and its bound values. */
export const sql = (where: string, ...params: readonly SqlValue[]): CompiledQuery => ({ where, params });

/** The condition that a column of row ids is among those that a query gives as `id`. */
export const among = (column: string, { where: select, params }: CompiledQuery): CompiledQuery => ({
  where: `${column} IN (${select})`,
  params,
  lookup: { column, select },
});

/** Joins conditions, in halves: SQLite refuses an expression more than 1,000 deep, and a flat chain is as deep as it is long. */
export function join(items: readonly CompiledQuery[], operator: 'AND' | 'OR'): CompiledQuery {
  const [first] = items;
  if (items.length === 1 && first !== undefined) return first;
  const middle = items.length >> 1;
  const left = join(items.slice(0, middle), operator);
  const right = join(items.slice(middle), operator);
  return { where: `(${left.where} ${operator} ${right.where})`, params: [...left.params, ...right.params] };
}

/** A condition with SQL around it. */
export const within = (before: string, { where, params }: CompiledQuery, after: string): CompiledQuery => ({
  where: `${before}${where}${after}`,
  params,
});
