import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';
import { settledRows } from '../unsearched.ts';
import { digestCalls } from './call-digest.ts';
import { CONCLUSION_IDS, coverConclusions, type ConclusionId, type CoveredConclusion, type CoveredConclusions } from './conclusions.ts';

/** Rows with the ids after those of the entry before, up to `through`, as one digest; `sha256` is left out when there are none. */
export interface Covered {
  readonly through: number;
  readonly sha256?: string;
}

/** What an entry vouches for. */
export interface Covers extends Readonly<Record<CoveredTable, Covered>> {
  /** A digest of the calls of each source that this entry is the first to cover, by the source's row id. */
  readonly calls: Readonly<Record<string, string>>;
  /** What was concluded from the calls. */
  readonly conclusions: CoveredConclusions;
}

/** Tables whose rows only ever become more: sources whose reading ended, the analyst's changes, the texts that calls name by number. */
export const COVERED_TABLES = ['sources', 'changes', 'terms'] as const;
export type CoveredTable = (typeof COVERED_TABLES)[number];

/** What of each table cannot change any more once it is covered. A withdrawal moves a source's name and state, and nothing here. */
const COVERED_ROWS: Readonly<Record<CoveredTable, string>> = {
  sources: 'SELECT id, given_name, sha256, bytes, records, accepted, rejected, skipped FROM source WHERE id > ? AND id <= ? ORDER BY id',
  changes: 'SELECT id, at, kind, text, effect, undoes FROM review_log WHERE id > ? AND id <= ? ORDER BY id',
  terms: 'SELECT id, value FROM term WHERE id > ? AND id <= ? ORDER BY id',
};

/** Sources after one that is still being read wait for it. */
const LAST: Readonly<Record<CoveredTable, string>> = {
  sources: "SELECT coalesce((SELECT min(id) - 1 FROM source WHERE state IN ('reading', 'refusing')), max(id), 0) AS n FROM source",
  changes: 'SELECT coalesce(max(id), 0) AS n FROM review_log',
  terms: 'SELECT coalesce(max(id), 0) AS n FROM term',
};

/** The digest of the rows after `from` up to `through`. */
export function digestOf(db: SqlDriver, crypto: CryptoPort, table: CoveredTable, from: number, through: number): string {
  const digest = crypto.sha256();
  const encoder = new TextEncoder();
  for (const row of db.prepare(COVERED_ROWS[table]).iterate(from, through))
    digest.update(encoder.encode(`${canonicalJson(Object.values(row))}\n`));
  return digest.hex();
}

/** The last row that an entry made now would cover. */
export function lastRow(db: SqlDriver, table: CoveredTable): number {
  const last = db.prepare(LAST[table]).get<{ n: number }>()?.n ?? 0;
  // An import that is not at its end may still mask what it has stored.
  const settled = table === 'changes' ? undefined : settledRows(db)?.[table];
  return settled === undefined ? last : Math.min(last, settled);
}

function coverTable(db: SqlDriver, crypto: CryptoPort, table: CoveredTable, before: Covered): Covered {
  const through = Math.max(before.through, lastRow(db, table));
  return through === before.through ? { through } : { through, sha256: digestOf(db, crypto, table, before.through, through) };
}

/** What a new entry covers, after what the one before covered, as its payload says it: conclusions stand beside the tables. */
export function coverNew(db: SqlDriver, crypto: CryptoPort, before: Covers): Omit<Covers, 'conclusions'> & CoveredConclusions {
  const sources = coverTable(db, crypto, 'sources', before.sources);
  return {
    sources,
    changes: coverTable(db, crypto, 'changes', before.changes),
    terms: coverTable(db, crypto, 'terms', before.terms),
    calls: digestCalls(db, crypto, before.sources.through, sources.through),
    ...coverConclusions(db, crypto, before.conclusions),
  };
}

/** Nothing is covered before the first entry. */
export const NOTHING: Covers = { sources: { through: 0 }, changes: { through: 0 }, terms: { through: 0 }, calls: {}, conclusions: {} };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isCovered = (value: unknown): value is Covered =>
  isObject(value) && typeof value['through'] === 'number' && (!('sha256' in value) || typeof value['sha256'] === 'string');

const isDigests = (value: unknown): value is Covers['calls'] =>
  isObject(value) && Object.values(value).every((digest) => typeof digest === 'string');

const isConclusion = (value: unknown): value is CoveredConclusion =>
  isObject(value) && typeof value['state'] === 'string' && typeof value['sha256'] === 'string';

/** What an entry's payload says that it covers; `undefined` when it is none of ours. */
export function readCovers(payload: string): Covers | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload);
  } catch {
    return undefined; // not JSON: it was written by somebody else
  }
  if (!isObject(parsed) || !isObject(parsed['covers'])) return undefined;
  const { sources, changes, terms = NOTHING.terms, calls = {} } = parsed['covers'];
  if (!isCovered(sources) || !isCovered(changes) || !isCovered(terms) || !isDigests(calls)) return undefined;
  const conclusions: Partial<Record<ConclusionId, CoveredConclusion>> = {};
  for (const id of CONCLUSION_IDS) {
    const said = parsed['covers'][id];
    if (said !== undefined && !isConclusion(said)) return undefined;
    if (said !== undefined) conclusions[id] = said;
  }
  return { sources, changes, terms, calls, conclusions };
}
