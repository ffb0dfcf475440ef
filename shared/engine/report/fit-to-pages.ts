import type { Block } from './blocks.ts';

/** A PDF of more pages takes a browser minutes and gigabytes, and nobody reads it. Source: ux.md 3.4. */
const MOST_PAGES = 300;
/** Of a report of this version with few rows, with its cards and pictures; what is left is for rows of tables. Units: pages. */
const OTHER_PAGES = 100;
/** Rows of two lines on a page of A4; more fit, so that the guess is a safe one. */
const ROWS_PER_PAGE = 28;
/** Rows of all tables together. */
export const MOST_ROWS = (MOST_PAGES - OTHER_PAGES) * ROWS_PER_PAGE;

const rowsOf = (block: Block): number => (block.kind === 'table' ? block.rows.length : 0);

/** The most rows that every table may have, so that all of them together have no more than `budget`. */
function rowsEach(tables: readonly number[], budget: number): number {
  let left = budget;
  let unserved = tables.length;
  for (const rows of tables.toSorted((a, b) => a - b)) {
    if (rows > left / unserved) return Math.floor(left / unserved);
    left -= rows;
    unserved -= 1;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Shortens the longest tables until the report is one that can be printed; each says how many rows it leaves out and where they are.
 * Shape: the same parts; short tables stay whole. Example: tables of 10, 20 and 1,000 rows with 100 rows to share get 10, 20 and 70.
 */
export function fitToPages<Part extends { readonly blocks: readonly Block[] }>(parts: readonly Part[], budget = MOST_ROWS): readonly Part[] {
  const most = rowsEach(parts.flatMap(({ blocks }) => blocks.map(rowsOf)), budget);
  if (most === Number.POSITIVE_INFINITY) return parts;
  const fit = (block: Block): Block => {
    if (block.kind !== 'table' || block.rows.length <= most) return block;
    const left = block.rows.slice(most).filter((row) => row.length > 1 || block.head.length === 1).length;
    return { ...block, rows: block.rows.slice(0, most), omitted: block.omitted + left };
  };
  return parts.map((part) => ({ ...part, blocks: part.blocks.map(fit) }));
} // prettier-ignore
