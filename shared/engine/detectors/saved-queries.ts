import type { SavedDetectorRow } from '../../contract/hunting.ts';
import { parseQuery } from '../../query/parse.ts';
import type { SqlDriver } from '../store/driver.ts';
import { compileQuery } from '../store/query-sql.ts';
import { listSavedDetectors } from '../store/read/kept-rules.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { evidenceOf, MAX_RULE_EVIDENCE } from './rules/evidence.ts';
import { watcherOf } from './sigma/windows.ts';
import { listOf, plural, spanOf } from './spoken.ts';

/** Calls that one statement looks at: longer ones would keep other work waiting. */
const STRIDE = 50_000;
const MICROS_PER_MINUTE = 60_000_000;
const NO_MAPS = { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] } as const;

interface Hit {
  readonly id: number;
  readonly time: number | null;
  readonly principal: number | null;
}

/** Calls that fit a query, those of one caller together and in order of time. A query that cannot be read gives a sentence. */
async function findCalls(db: SqlDriver, query: string, breathe: () => Promise<void>): Promise<readonly Hit[] | string> {
  const parsed = parseQuery(query);
  if (!parsed.ok) return parsed.error.message;
  const { where, params } = compileQuery(parsed.ast);
  const select = db.prepare(
    `SELECT c.id AS id, c.time AS time, f.principal_id AS principal FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.id > ? AND c.id <= ? AND ${where}`,
  );
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  const hits: Hit[] = [];
  for (let from = 0; from < last; from += STRIDE) {
    for (const hit of select.all<Hit>(from, from + STRIDE, ...params)) hits.push(hit);
    await breathe();
  }
  return hits.sort((a, b) => (a.principal ?? 0) - (b.principal ?? 0) || (a.time ?? 0) - (b.time ?? 0) || a.id - b.id);
}

/** Of the calls those that lie close enough together; all of them when the detector asks for no number. */
function crossing({ least, minutes }: SavedDetectorRow, hits: readonly Hit[]): { readonly calls: readonly number[]; readonly crossedAt?: number } {
  if (least === undefined || minutes === undefined) return { calls: hits.map(({ id }) => id) };
  const calls = new Set<number>();
  let first: { readonly at: number; readonly call: number } | undefined;
  const make = (): ReturnType<typeof watcherOf> =>
    watcherOf({ type: 'event_count', rules: [], groupBy: [], aliases: {}, timespan: minutes * MICROS_PER_MINUTE, bounds: [{ op: '>=', value: least }], fields: [], generate: false });
  let watcher = make();
  let caller: number | null | undefined;
  for (const { id, time, principal } of hits) {
    if (time === null) continue;
    if (principal !== caller) watcher = make();
    caller = principal;
    const hit = watcher.add({ call: id, time, part: 0, value: null });
    if (hit === undefined) continue;
    for (const call of hit.calls) calls.add(call);
    if (first === undefined || hit.at < first.at) first = { at: hit.at, call: hit.crossedAt };
  }
  return { calls: [...calls], ...(first === undefined ? {} : { crossedAt: first.call }) };
} // prettier-ignore

function toDraft(db: SqlDriver, detector: SavedDetectorRow, calls: readonly number[], crossedAt: number | undefined): FindingDraft {
  const { id, name, query, severity, least, minutes } = detector;
  const took = evidenceOf(db, calls);
  const line = least === undefined || minutes === undefined ? '' : `, at least ${plural(least, 'call')} of one caller in ${spanOf(minutes * 60)}`;
  return {
    as: { detector: id, question: `Do calls fit the query ${query}${line}?`, maps: NO_MAPS },
    subject: id,
    title: `"${name}" fits ${plural(calls.length, 'call')} by ${took.labels.length === 0 ? 'nobody known' : listOf(took.labels, 3)}`,
    severity: { base: severity, steps: [] },
    confidence: 'observed',
    score: 0.5,
    ...took,
    crossedAt: crossedAt ?? took.calls[0],
    observed: { calls: calls.length, callers: took.labels.length, ...(calls.length > MAX_RULE_EVIDENCE ? { evidenceNamed: MAX_RULE_EVIDENCE } : {}) },
    expected: { query, ...(least === undefined || minutes === undefined ? {} : { least, minutes }) },
    benignTested: [],
    remediation: [],
  };
} // prettier-ignore

/** Flags the calls that fit queries which the analyst keeps as detectors of the case. */
export const savedQueries: Detector = {
  id: 'saved-queries',
  version: 1,
  title: 'Detectors of the analyst',
  question: 'Do calls fit a query that the analyst keeps as a detector of this case?',
  about: {
    catches: 'Calls that fit a query which the analyst keeps as a detector of this case, as often and as close together as it says.',
    inputs: ['a query that was saved as a detector'],
    falsePositives: ['what the query does not tell apart'],
  },
  family: 'rule',
  needs: ['chains'],
  maps: NO_MAPS,
  settings: [{ name: 'evidence', value: MAX_RULE_EVIDENCE, why: 'calls that one finding names; a query that fits more is too wide to be evidence' }],
  async run(db, breathe) {
    const findings: FindingDraft[] = [];
    const silent: string[] = [];
    for (const detector of listSavedDetectors(db)) {
      const hits = await findCalls(db, detector.query, breathe);
      if (typeof hits === 'string') {
        silent.push(`${detector.name}: ${hits}`);
        continue;
      }
      const { calls, crossedAt } = crossing(detector, hits);
      if (calls.length > 0) findings.push(toDraft(db, detector, calls, crossedAt));
    }
    return { kind: 'evaluated', findings, ...(silent.length === 0 ? {} : { partly: silent.join(' · ') }) };
  },
}; // prettier-ignore
