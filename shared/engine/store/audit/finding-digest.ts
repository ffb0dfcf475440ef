import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';
import { getDerived, getMeta } from '../meta.ts';

/** What the findings were when an entry was made, and after what. */
export interface CoveredFindings {
  /** Changes with whatever may change findings: an analysis, a withdrawal, a verdict, a newer schema. */
  readonly state: string;
  readonly sha256: string;
}

const ROWS = [
  'SELECT id, key, detector, family, rank, severity, data FROM finding ORDER BY id',
  'SELECT finding_id, position, call_id FROM finding_call ORDER BY finding_id, position',
];
const LAST_VERDICT = `SELECT max(id) AS id FROM review_log WHERE json_valid(effect) AND json_extract(effect, '$.kind') = 'verdict'`;

/** After what the findings of the case are as they are. */
export function findingState(db: SqlDriver): string {
  const schema = db.prepare('PRAGMA user_version').get<{ user_version: number }>()?.user_version ?? 0;
  const verdict = db.prepare(LAST_VERDICT).get<{ id: number | null }>()?.id ?? 0;
  return [schema, getMeta(db, 'evidence_revision') ?? '0', getDerived(db), verdict].join('.');
}

/** A digest of all findings and of which calls prove them. */
export function digestFindings(db: SqlDriver, crypto: CryptoPort): string {
  const digest = crypto.sha256();
  const encoder = new TextEncoder();
  for (const sql of ROWS)
    for (const row of db.prepare(sql).iterate()) digest.update(encoder.encode(`${canonicalJson(Object.values(row))}\n`));
  return digest.hex();
}

/** What a new entry says of the findings. While nothing could change them it repeats the entry before: what changed all the same stays seen. */
export function coverFindings(db: SqlDriver, crypto: CryptoPort, before: CoveredFindings | undefined): CoveredFindings {
  const state = findingState(db);
  return before?.state === state ? before : { state, sha256: digestFindings(db, crypto) };
}
