import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';
import { getDerived, getMeta } from '../meta.ts';
import { derivedTables } from '../migrations/index.ts';

/** What was concluded from the calls when an entry was made, and after what. */
export interface CoveredConclusion {
  /** Changes with whatever may change the conclusion: an analysis, a withdrawal, a newer schema; a verdict, where that counts. */
  readonly state: string;
  readonly sha256: string;
}

/** One thing that the analysis makes of the calls. */
interface Conclusion {
  /** As problems name it. */
  readonly what: string;
  readonly stateOf: (db: SqlDriver) => string;
  readonly digestOf: (db: SqlDriver, crypto: CryptoPort) => string;
  /** How many rows the analyst would miss. */
  readonly countOf: (db: SqlDriver) => number;
}

const encoder = new TextEncoder();
/** Units: UTF-16 code units. */
const PIECE = 65_536;

const FINDING_ROWS = [
  'SELECT id, key, detector, family, rank, severity, data FROM finding ORDER BY id',
  'SELECT finding_id, position, call_id FROM finding_call ORDER BY finding_id, position',
];
const LAST_VERDICT = `SELECT max(id) AS id FROM review_log WHERE json_valid(effect) AND json_extract(effect, '$.kind') = 'verdict'`;

const derivedState = (db: SqlDriver): string => {
  const schema = db.prepare('PRAGMA user_version').get<{ user_version: number }>()?.user_version ?? 0;
  return [schema, getMeta(db, 'evidence_revision') ?? '0', getDerived(db)].join('.');
};

const findingState = (db: SqlDriver): string =>
  `${derivedState(db)}.${String(db.prepare(LAST_VERDICT).get<{ id: number | null }>()?.id ?? 0)}`;

/** All findings and which calls prove them. */
function digestFindings(db: SqlDriver, crypto: CryptoPort): string {
  const digest = crypto.sha256();
  for (const sql of FINDING_ROWS)
    for (const row of db.prepare(sql).iterate()) digest.update(encoder.encode(`${canonicalJson(Object.values(row))}\n`));
  return digest.hex();
}

/** Findings have a digest of their own, which verdicts change; how far the analysis came is no conclusion. */
const LEFT_OUT: ReadonlySet<string> = new Set(['finding', 'finding_call', 'pass_state']);
const DERIVED = derivedTables.filter((table) => !LEFT_OUT.has(table)).toSorted();

/** Two builds of SQLite may write the same number with other digits; a millionth is finer than any that is shown. */
const asText = ({ name, type }: { readonly name: string; readonly type: string }): string =>
  type === 'REAL' ? `CAST("${name}" * 1000000 AS INTEGER)` : type === 'BLOB' ? `hex("${name}")` : `"${name}"`;

/**
 * Every table that the analysis fills but the findings: principals, endpoints, chains with their edges, which calls belong to each, the inventory.
 * Cost: a walk over them, one row a call and more: 1.1 s of processor time for a million calls with 78,000 chains and 250,000 edges.
 */
function digestDerived(db: SqlDriver, crypto: CryptoPort): string {
  const digest = crypto.sha256();
  // A piece for each row would cost as much again.
  let waiting = '';
  const flush = (): void => {
    digest.update(encoder.encode(waiting));
    waiting = '';
  };
  for (const table of DERIVED) {
    waiting += `${table}\n`;
    const columns = db.prepare('SELECT name, type FROM pragma_table_info(?) ORDER BY cid').all<{ name: string; type: string }>(table);
    // By key, whatever the planner knows: the order of the rows is a part of the digest.
    const rows = db.prepare(`SELECT json_array(${columns.map(asText).join()}) AS text FROM "${table}" NOT INDEXED`);
    for (const { text } of rows.iterate<{ text: string }>()) {
      waiting += `${text}\n`;
      if (waiting.length > PIECE) flush();
    }
  }
  flush();
  return digest.hex();
}

const countOf = (db: SqlDriver, table: string): number => db.prepare(`SELECT count(*) AS n FROM ${table}`).get<{ n: number }>()?.n ?? 0;

const CONCLUSIONS = {
  findings: { what: 'findings', stateOf: findingState, digestOf: digestFindings, countOf: (db) => countOf(db, 'finding') },
  derived: {
    what: 'principals, endpoints or chains',
    stateOf: derivedState,
    digestOf: digestDerived,
    countOf: (db) => ['principal', 'endpoint', 'chain'].reduce((sum, table) => sum + countOf(db, table), 0),
  },
} as const satisfies Readonly<Record<string, Conclusion>>;

export type ConclusionId = keyof typeof CONCLUSIONS;
export const CONCLUSION_IDS = Object.keys(CONCLUSIONS) as readonly ConclusionId[];

/** What entries say of conclusions; those of older builds leave some out. */
export type CoveredConclusions = Readonly<Partial<Record<ConclusionId, CoveredConclusion>>>;

/** What a new entry says. While nothing could change a conclusion it repeats the entry before: what changed all the same stays seen. */
export function coverConclusions(db: SqlDriver, crypto: CryptoPort, before: CoveredConclusions): CoveredConclusions {
  const covered = CONCLUSION_IDS.map((id) => {
    const state = CONCLUSIONS[id].stateOf(db);
    const known = before[id];
    return [id, known?.state === state ? known : { state, sha256: CONCLUSIONS[id].digestOf(db, crypto) }] as const;
  });
  return Object.fromEntries(covered);
}

/** A conclusion as the entry says that was the first to cover it. */
export type LastCovered = Readonly<Partial<Record<ConclusionId, CoveredConclusion & { readonly which: string }>>>;

/** What is wrong with what was concluded, and how many rows of it no entry covers. */
export function checkConclusions(
  db: SqlDriver,
  crypto: CryptoPort,
  last: LastCovered,
): { readonly uncovered: Readonly<Record<ConclusionId, number>>; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const uncovered: Record<ConclusionId, number> = { findings: 0, derived: 0 };
  for (const id of CONCLUSION_IDS) {
    const { what, stateOf, digestOf, countOf: count } = CONCLUSIONS[id];
    const covered = last[id];
    if (covered?.state !== stateOf(db)) uncovered[id] = count(db);
    else if (covered.sha256 !== digestOf(db, crypto)) problems.push(`${what} are not as ${covered.which} found them`);
  }
  return { uncovered, problems };
}
