import { durationText } from '../../lib/duration.ts';
import type { SavedDetectorRow } from '../../contract/hunting.ts';
import { parseQuery } from '../../query/parse.ts';
import type { SqlDriver } from '../store/driver.ts';
import { listSavedDetectors } from '../store/read/findings/kept-rules.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { evidenceOf, MAX_RULE_EVIDENCE } from './rules/evidence.ts';
import { MAX_LOOKS, MAX_MATCHES, openMatches, type Matches } from './sigma/match.ts';
import { watcherOf } from './sigma/windows.ts';
import { countOf, listOf, plural } from './spoken.ts';

const MICROS_PER_MINUTE = 60_000_000;
const NO_MAPS = { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] } as const;

interface Hit {
  readonly id: number;
  readonly time: number | null;
  readonly principal: number | null;
}

/** What came of one query: its calls, those of one caller together and in order of time, or a sentence on why there are none. */
type Found = { readonly hits: readonly Hit[]; readonly isStopped: boolean } | string;

async function findCalls(db: SqlDriver, matches: Matches, query: string): Promise<Found> {
  const parsed = parseQuery(query);
  if (!parsed.ok) return parsed.error.message;
  const number = await matches.addQuery(parsed.ast);
  if (number === undefined) return `not run, since those before looked at ${countOf(MAX_LOOKS)} calls`;
  const hits = db
    .prepare(
      `SELECT c.id AS id, c.time AS time, f.principal_id AS principal FROM temp.sigma_match m JOIN call c ON c.id = m.call_id
       LEFT JOIN call_fact f ON f.call_id = c.id WHERE m.rule = ? ORDER BY ifnull(f.principal_id, 0), ifnull(c.time, 0), c.id`,
    )
    .all<Hit>(number);
  return { hits, isStopped: matches.isStopped(number) };
}

/** The calls that a finding is made of. `isStopped`: more fit the query. */
interface Crossed {
  readonly calls: readonly number[];
  readonly crossedAt?: number;
  readonly isStopped: boolean;
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

function toDraft(db: SqlDriver, detector: SavedDetectorRow, { calls, crossedAt, isStopped }: Crossed): FindingDraft {
  const { id, name, query, severity, least, minutes } = detector;
  const took = evidenceOf(db, calls);
  const line = least === undefined || minutes === undefined ? '' : `, at least ${plural(least, 'call')} of one principal in ${durationText(minutes * 60)}`;
  return {
    as: { detector: id, question: `Do calls fit the query ${query}${line}?`, maps: NO_MAPS },
    subject: id,
    title: `"${name}" fits ${isStopped ? 'at least ' : ''}${plural(calls.length, 'call')} by ${took.labels.length === 0 ? 'nobody known' : listOf(took.labels, 3)}`,
    severity: { base: severity, steps: [] },
    confidence: 'observed',
    score: 0.5,
    ...took,
    crossedAt: crossedAt ?? took.calls[0],
    observed: { calls: calls.length, callers: took.labels.length, ...(isStopped ? { stoppedAfter: MAX_MATCHES } : {}), ...(calls.length > MAX_RULE_EVIDENCE ? { evidenceNamed: MAX_RULE_EVIDENCE } : {}) },
    expected: { query, ...(least === undefined || minutes === undefined ? {} : { least, minutes }) },
    benignTested: [],
    remediation: [],
  };
} // prettier-ignore

/** Flags the calls that fit queries which the analyst keeps as detectors of the case. */
export const savedQueries: Detector = {
  id: 'saved-queries',
  version: 2,
  title: 'Detectors of the analyst',
  question: 'Do calls fit a query that the analyst keeps as a detector of this case?',
  about: {
    catches: 'Calls that fit a query which the analyst keeps as a detector of this case, as often and as close together as it says.',
    inputs: ['a query that was saved as a detector'],
    falsePositives: ['what the query does not tell apart'],
  },
  family: 'rule',
  needs: ['chains'],
  reads: [],
  maps: NO_MAPS,
  settings: [
    { name: 'evidence', value: MAX_RULE_EVIDENCE, why: 'calls that one finding names; a query that fits more is too wide to be evidence' },
    { name: 'matches', value: MAX_MATCHES, why: 'calls after which a query is stopped: what fits more describes the traffic' },
    { name: 'looks', value: MAX_LOOKS, why: 'calls that all queries look at together: 100 queries on a million calls' },
  ],
  async run(db, breathe) {
    const saved = listSavedDetectors(db);
    if (saved.length === 0) return { kind: 'evaluated', findings: [] };
    const findings: FindingDraft[] = [];
    const silent: string[] = [];
    const matches = await openMatches(db, breathe);
    try {
      for (const detector of saved) {
        const found = await findCalls(db, matches, detector.query);
        if (typeof found === 'string') silent.push(`${detector.name}: ${found}`);
        else {
          if (found.isStopped) silent.push(`${detector.name}: stopped after ${countOf(MAX_MATCHES)} calls`);
          const crossed = crossing(detector, found.hits);
          if (crossed.calls.length > 0) findings.push(toDraft(db, detector, { ...crossed, isStopped: found.isStopped }));
        }
      }
    } finally {
      matches.close();
    }
    return { kind: 'evaluated', findings, ...(silent.length === 0 ? {} : { partly: silent.join(' · ') }) };
  },
}; // prettier-ignore
