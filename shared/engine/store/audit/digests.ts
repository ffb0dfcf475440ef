import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';

/** Rows with the ids after those of the entry before, up to `through`, as one digest; `sha256` is left out when there are none. */
export interface Covered {
  readonly through: number;
  readonly sha256?: string;
}

/** What an entry vouches for: sources whose reading ended, and the analyst's changes. */
export interface Covers {
  readonly sources: Covered;
  readonly changes: Covered;
}

/** What of each table cannot change any more once it is covered. A withdrawal moves a source's name and state, and nothing here. */
const COVERED_ROWS: Readonly<Record<keyof Covers, string>> = {
  sources: 'SELECT id, given_name, sha256, bytes, records, accepted, rejected, skipped FROM source WHERE id > ? AND id <= ? ORDER BY id',
  changes: 'SELECT id, at, kind, text, effect, undoes FROM review_log WHERE id > ? AND id <= ? ORDER BY id',
};

/** Sources after one that is still being read wait for it. */
const LAST: Readonly<Record<keyof Covers, string>> = {
  sources: "SELECT coalesce((SELECT min(id) - 1 FROM source WHERE state IN ('reading', 'refusing')), max(id), 0) AS n FROM source",
  changes: 'SELECT coalesce(max(id), 0) AS n FROM review_log',
};

/** The digest of the rows after `from` up to `through`. */
export function digestOf(db: SqlDriver, crypto: CryptoPort, table: keyof Covers, from: number, through: number): string {
  const digest = crypto.sha256();
  const encoder = new TextEncoder();
  for (const row of db.prepare(COVERED_ROWS[table]).iterate(from, through))
    digest.update(encoder.encode(`${canonicalJson(Object.values(row))}\n`));
  return digest.hex();
}

/** The last row that an entry made now would cover. */
export const lastRow = (db: SqlDriver, table: keyof Covers): number => db.prepare(LAST[table]).get<{ n: number }>()?.n ?? 0;

function coverTable(db: SqlDriver, crypto: CryptoPort, table: keyof Covers, before: Covered): Covered {
  const through = Math.max(before.through, lastRow(db, table));
  return through === before.through ? { through } : { through, sha256: digestOf(db, crypto, table, before.through, through) };
}

/** What a new entry covers, after what the one before covered. */
export const coverNew = (db: SqlDriver, crypto: CryptoPort, before: Covers): Covers => ({
  sources: coverTable(db, crypto, 'sources', before.sources),
  changes: coverTable(db, crypto, 'changes', before.changes),
});

/** Nothing is covered before the first entry. */
export const NOTHING: Covers = { sources: { through: 0 }, changes: { through: 0 } };

const isCovered = (value: unknown): value is Covered =>
  typeof value === 'object' &&
  value !== null &&
  'through' in value &&
  typeof value.through === 'number' &&
  (!('sha256' in value) || typeof value.sha256 === 'string');

/** What an entry's payload says that it covers; `undefined` when it is none of ours. */
export function readCovers(payload: string): Covers | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload);
  } catch {
    return undefined; // not JSON: it was written by somebody else
  }
  if (typeof parsed !== 'object' || parsed === null || !('covers' in parsed)) return undefined;
  const { covers } = parsed;
  if (typeof covers !== 'object' || covers === null || !('sources' in covers) || !('changes' in covers)) return undefined;
  return isCovered(covers.sources) && isCovered(covers.changes) ? { sources: covers.sources, changes: covers.changes } : undefined;
}
