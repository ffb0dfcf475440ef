import type { CallRef, FindingJson, NotEvaluable, PartlyEvaluable } from '../../../../contract/report-json.ts';
import type { ChainRow, FindingDetail } from '../../../../contract/rows.ts';
import type { SqlDriver } from '../../driver.ts';
import type { StoredFinding } from '../../stored-finding.ts';
import { callReader } from '../calls/calls.ts';
import { chainRow } from '../chains/chains.ts';
import { listCredentials } from '../credentials.ts';
import { listEndpoints } from '../endpoints.ts';
import { listPrincipals } from '../principals/principals.ts';
import { mergeReader } from '../merged.ts';
import { asSuppressed, suppressor } from './suppressed.ts';

/** Calls shown with a finding; the whole evidence is in its list of references. */
export const SHOWN_CALLS = 200;
/** Chains shown with a finding. */
export const SHOWN_CHAINS = 50;

interface FindingRecord {
  readonly id: number;
  readonly key: string;
  readonly data: string;
}

// Written by `detectors/run.ts` and nothing else.
const parseData = (text: string): StoredFinding => JSON.parse(text) as StoredFinding;

const callsOf = (db: SqlDriver, findingId: number): readonly CallRef[] =>
  db
    .prepare(
      'SELECT s.name, c.record FROM finding_call fc JOIN call c ON c.id = fc.call_id JOIN source s ON s.id = c.source_id WHERE fc.finding_id = ? ORDER BY fc.position',
    )
    .all<{ name: string; record: number }>(findingId)
    .map((row) => `${row.name}#${String(row.record)}`);

function readRow(db: SqlDriver, row: Omit<FindingRecord, 'key'>): FindingJson {
  const { steps: _steps, question: _question, ...stored } = parseData(row.data);
  return { ...stored, calls: callsOf(db, row.id) };
}

/** Makes findings of rows, with what the analyst made part of them and what his suppressions say. His own word on one finding goes before a rule. */
function findingReader(db: SqlDriver): (row: FindingRecord) => FindingJson {
  const suppressedBy = suppressor(db);
  const merged = mergeReader(db, (row) => readRow(db, row));
  return (row) => {
    const own = readRow(db, row);
    const finding = merged(own);
    const rule = finding.status === 'suggested' ? suppressedBy({ ...own, row: row.id }) : undefined;
    return rule === undefined ? finding : asSuppressed(finding, rule);
  };
}

/** All findings as reports print them: incidents first, then the most urgent. */
export const listFindings = (db: SqlDriver): readonly FindingJson[] =>
  db.prepare('SELECT id, key, data FROM finding ORDER BY rank').all<FindingRecord>().map(findingReader(db));

/** One finding with everything that its page shows, or `undefined`. */
export function getFinding(db: SqlDriver, id: string): FindingDetail | undefined {
  const row = db.prepare('SELECT id, key, data FROM finding WHERE key = ?').get<FindingRecord>(id);
  if (row === undefined) return undefined;
  const finding = findingReader(db)(row);
  const callIds = db
    .prepare(
      `SELECT fc.call_id FROM finding f JOIN finding_call fc ON fc.finding_id = f.id WHERE f.id = ? OR f.data ->> '$.mergedInto' = ?
       GROUP BY fc.call_id ORDER BY min(f.id <> ?), min(f.rank), min(fc.position) LIMIT ?`,
    )
    .all<{ call_id: number }>(row.id, row.key, row.id, SHOWN_CALLS)
    .map((call) => call.call_id);
  return {
    finding,
    question: parseData(row.data).question,
    principals: listPrincipals(db, finding.principals),
    credentials: listCredentials(db, finding.credentials),
    endpoints: listEndpoints(db).filter((endpoint) => finding.endpoints.includes(endpoint.id)),
    calls: callReader(db).byIds(callIds),
    chains: finding.chains.slice(0, SHOWN_CHAINS).flatMap((key): readonly ChainRow[] => {
      const chain = chainRow(db, key);
      return chain === undefined ? [] : [chain];
    }),
  };
}

/** Detectors that could not answer, with the reason. */
export const listNotEvaluable = (db: SqlDriver): readonly NotEvaluable[] =>
  db.prepare('SELECT detector, reason FROM not_evaluable ORDER BY detector').all<NotEvaluable>();

/** Detectors that could look at a part of the evidence only, with what was missing where. */
export function listPartlyEvaluable(db: SqlDriver): readonly PartlyEvaluable[] {
  const name = db.prepare('SELECT name FROM source WHERE id = ?');
  return db
    .prepare('SELECT detector, reason, sources FROM partly_evaluable ORDER BY detector, reason')
    .all<{ detector: string; reason: string; sources: string }>()
    .map(({ sources, ...entry }) => ({
      ...entry,
      // Our own, written with the findings.
      sources: (JSON.parse(sources) as number[]).flatMap((id) => name.get<{ name: string }>(id)?.name ?? []),
    }));
}
