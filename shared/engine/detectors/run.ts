import type { FindingJson } from '../../contract/report-json.ts';
import { textHash } from '../../lib/text-hash.ts';
import { compareLooks, isToldTwice, type SecondLook } from '../../model/second-look.ts';
import { epochMicros, printTime } from '../../model/units.ts';
import type { CodecPort } from '../ports.ts';
import { bulkInsert } from '../store/bulk-insert.ts';
import { SHOWN_CREDENTIAL } from '../store/credential-sql.ts';
import type { SqlDriver } from '../store/driver.ts';
import { bumpDerived } from '../store/meta.ts';
import { settleVerdicts } from '../store/review/settle-verdicts.ts';
import { compareUrgency } from '../store/urgency.ts';
import { askAll } from './asking/ask-all.ts';
import type { SecondAsker } from './asking/second-asker.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { detectors } from './index.ts';
import { findRootCauses } from './causes/find-causes.ts';
import { withRefused } from './probes/refused-too.ts';
import { chanceOf } from './signals/chance.ts';
import { nameCalls } from './exhibits/name-calls.ts';
import { readInputGaps } from './inputs/input-gaps.ts';
import { partlyOf, type PartlyDraft } from './inputs/partly.ts';
import { isAlarm, joinDuplicates, type Counted } from './duplicates.ts';
import { settleSeverity } from './severity.ts';
import { settleThefts } from './thefts.ts';
import { settleTitle } from '../../model/finding-title.ts';
import type { StoredFinding } from '../store/stored-finding.ts';
import { joinStories } from './stories.ts';
import { usualBy } from './usual-by.ts';

export interface RunOptions {
  /** Ids of the detectors to run; all when absent. */
  readonly only?: readonly string[] | undefined;
  readonly breathe: () => Promise<void>;
  /** To read what was kept of bodies; without it no quotes stand in findings. */
  readonly codec?: CodecPort | undefined;
  /** Gives who asks detectors beside this thread; it is ended here. */
  readonly openSecond?: (() => SecondAsker | undefined) | undefined;
  /** Waits for what that one is asked; fails when the run is to stop. */
  readonly wait?: ((work: Promise<void>) => Promise<void>) | undefined;
  readonly progress?: ((done: number, total: number) => void) | undefined;
  /** What another part of the evidence as usual told: each finding says whether it depends on that choice. */
  readonly look?: SecondLook | undefined;
}

interface Found {
  readonly detector: Detector;
  readonly draft: FindingDraft;
}

const familyOf = ({ detector, draft }: Found): Detector['family'] => draft.family ?? detector.family;

/** What all findings of a run share. */
interface Shared {
  readonly credentialsOfIncidents: ReadonlySet<number>;
  readonly usual: ReturnType<typeof usualBy>;
}

/** Names of rows as reports spell them, in the order given. */
function keysOf(db: SqlDriver, sql: string, ids: readonly number[]): readonly string[] {
  const select = db.prepare(sql);
  return ids.flatMap((id) => select.get<{ key: string | null }>(id)?.key ?? []);
}

/** First and last time of the evidence. Units: µs. */
function windowOf(db: SqlDriver, calls: readonly number[]): readonly [number, number] | undefined {
  const select = db.prepare('SELECT time, duration FROM call WHERE id = ?');
  let first = Infinity;
  let last = -Infinity;
  for (const id of calls) {
    const row = select.get<{ time: number | null; duration: number | null }>(id);
    if (row?.time === undefined || row.time === null) continue;
    first = Math.min(first, row.time);
    last = Math.max(last, row.time + (row.duration ?? 0));
  }
  return last < first ? undefined : [first, last];
}

const timeText = (time: number): string => printTime(epochMicros(time));

/** Row ids of a draft in an order that does not depend on the import. */
const byKey = (keys: readonly string[]): readonly string[] => [...new Set(keys)].sort();

/** Names with the greatest weight in a finding first; the weights are asked for where there is an order to choose. */
function byWeight(names: readonly string[], weigh: () => ReadonlyMap<string, number>): readonly string[] {
  if (names.length < 2) return names;
  const weights = weigh();
  return names.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
}

const weightsOf = (rows: readonly { readonly key: string; readonly weight: number }[]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ key, weight }) => [key, weight]));

/**
 * How much of a finding each caller did; of a network, times how much of all that came from it this is: of two that tried six passwords each, the one
 * that did nothing else stands before the one from which a hundred others log in as well.
 */
const weighCallers = (db: SqlDriver, calls: readonly number[]): ReadonlyMap<string, number> =>
  weightsOf(
    db
      .prepare(
        'SELECT p.key, count(*) * iif(p.weak = 1, min(1.0, count(*) * 1.0 / max(p.calls, 1)), 1.0) AS weight FROM json_each(?) j JOIN call_fact f ON f.call_id = j.value JOIN principal p ON p.id = f.principal_id GROUP BY p.id',
      )
      .all<{ key: string; weight: number }>(JSON.stringify(calls)),
  );

/** How many of its calls bear each credential: what most of it was done with stands first. */
const weighCredentials = (db: SqlDriver, calls: readonly number[]): ReadonlyMap<string, number> =>
  weightsOf(
    db
      .prepare(
        `SELECT u.key, count(*) AS weight FROM json_each(?) j JOIN call c ON c.id = j.value JOIN credential_use u ON u.credential_id = ${SHOWN_CREDENTIAL} GROUP BY u.credential_id`,
      )
      .all<{ key: string; weight: number }>(JSON.stringify(calls)),
  );

function toStored(db: SqlDriver, { detector, draft }: Found, { credentialsOfIncidents, usual }: Shared): Omit<StoredFinding, 'story'> {
  const extra =
    draft.ifInIncident !== undefined && draft.credentials.some((id) => credentialsOfIncidents.has(id)) ? [draft.ifInIncident] : [];
  const { severity, why } = settleSeverity({ ...draft.severity, steps: [...draft.severity.steps, ...extra] });
  const span = windowOf(db, draft.calls);
  // What is wrong with each of its calls could be seen at the first of them.
  const crossed =
    draft.crossedAt === undefined
      ? span?.[0]
      : (db.prepare('SELECT time FROM call WHERE id = ?').get<{ time: number | null }>(draft.crossedAt)?.time ?? undefined);
  return {
    id: `${draft.as?.detector ?? detector.id}:${textHash(draft.subject).toString(36)}`,
    detector: draft.as?.detector ?? detector.id,
    version: detector.version,
    family: familyOf({ detector, draft }),
    ...settleTitle(draft.title, draft.claim),
    severity,
    severityWhy: why,
    confidence: draft.confidence,
    score: Math.round(draft.score * 1000) / 1000,
    status: 'suggested',
    reason: '',
    principals: byWeight(byKey(keysOf(db, 'SELECT key FROM principal WHERE id = ?', draft.principals)), () =>
      weighCallers(db, draft.calls),
    ),
    credentials: byWeight(byKey(keysOf(db, 'SELECT key FROM credential_use WHERE credential_id = ?', draft.credentials)), () =>
      weighCredentials(db, draft.calls),
    ),
    endpoints: byKey(keysOf(db, 'SELECT key FROM endpoint WHERE id = ?', draft.endpoints)),
    chains: [...new Set(keysOf(db, 'SELECT key FROM chain WHERE id = ?', draft.chains))],
    ...(span === undefined ? {} : { window: [timeText(span[0]), timeText(span[1])] as const }),
    ...(crossed === undefined ? {} : { detectedAt: timeText(crossed) }),
    observed: draft.observed,
    expected: { ...draft.expected, ...usual(detector) },
    // What a rule proves is not made surer by a rare day.
    ...(detector.needs.includes('signals') && span !== undefined ? chanceOf(db, draft.principals, span) : {}),
    benignTested: draft.benignTested,
    maps: draft.as?.maps ?? detector.maps,
    question: draft.as?.question ?? detector.question,
    remediation: draft.remediation,
    ...(draft.exhibits === undefined || draft.exhibits.length === 0 ? {} : { exhibits: nameCalls(db, draft.exhibits) }),
    ...(draft.story === undefined || draft.story.length === 0 ? {} : { steps: draft.story }),
  };
}

/** Name of a story: who, and when it began. */
function openingOf(db: SqlDriver, draft: FindingDraft, stored: Omit<StoredFinding, 'story'>): string {
  const [principal] = draft.principals;
  const label =
    principal === undefined ? undefined : db.prepare('SELECT label FROM principal WHERE id = ?').get<{ label: string }>(principal)?.label;
  const began = stored.window?.[0].slice(0, 16).replace('T', ' ');
  return `${label ?? 'unknown principal'}${began === undefined ? '' : `, ${began} UTC`}`;
}

/** What the detectors could not answer, or not for all of the evidence. */
interface Unanswered {
  readonly wholly: readonly (readonly [detector: string, reason: string])[];
  readonly partly: readonly (readonly [detector: string, PartlyDraft])[];
}

function write(db: SqlDriver, found: readonly Stored[], { wholly, partly }: Unanswered): void {
  db.transaction(() => {
    db.exec('DELETE FROM finding_call; DELETE FROM finding; DELETE FROM not_evaluable; DELETE FROM partly_evaluable');
    const findings = bulkInsert(db, 'finding', ['id', 'key', 'detector', 'family', 'rank', 'severity', 'data']);
    const calls = bulkInsert(db, 'finding_call', ['finding_id', 'position', 'call_id']);
    for (const [index, { stored }] of found.entries())
      findings.add(index + 1, stored.id, stored.detector, stored.family, index + 1, stored.severity, JSON.stringify(stored));
    findings.flush();
    for (const [index, { draft }] of found.entries())
      for (const [position, call] of [...new Set(draft.calls)].entries()) calls.add(index + 1, position, call);
    calls.flush();
    const reasons = db.prepare('INSERT INTO not_evaluable (detector, reason) VALUES (?, ?)');
    for (const [detector, reason] of wholly) reasons.run(detector, reason);
    const parts = db.prepare('INSERT INTO partly_evaluable (detector, reason, sources) VALUES (?, ?, ?)');
    for (const [detector, { reason, sources }] of partly) parts.run(detector, reason, JSON.stringify(sources));
    settleVerdicts(db);
    // Together with the rows: the audit log tells findings that were made anew from findings that somebody changed by it.
    bumpDerived(db);
  });
}

/** What a run of the detectors came to. */
export interface DetectionSummary {
  readonly findings: number;
  readonly bySeverity: Readonly<Partial<Record<FindingJson['severity'], number>>>;
  readonly notEvaluable: number;
}

interface Stored extends Found {
  readonly stored: StoredFinding;
}

interface Ranked extends Found {
  readonly plain: Omit<StoredFinding, 'story'>;
}

const toCounted = (db: SqlDriver, weak: ReadonlySet<number>, { detector, draft, plain }: Ranked): Counted => ({
  detector: detector.id,
  draft,
  joinsOthers: detector.joinsOthers === true,
  isIncident: familyOf({ detector, draft }) === 'incident',
  tells: draft.tells ?? detector.tells,
  severity: plain.severity,
  window: windowOf(db, draft.calls),
  byNetwork: draft.principals.every((id) => weak.has(id)),
});

/** In order of urgency, those that tell of the same deed made one. */
function rankAndJoin(db: SqlDriver, found: readonly Found[], credentialsOfIncidents: ReadonlySet<number>): readonly Ranked[] {
  const weak = new Set(
    db
      .prepare('SELECT id FROM principal WHERE weak = 1')
      .all<{ id: number }>()
      .map(({ id }) => id),
  );
  const shared = { credentialsOfIncidents, usual: usualBy(db) };
  const time = db.prepare('SELECT time FROM call WHERE id = ?');
  const ranked = found
    .map((entry) => ({ ...entry, plain: toStored(db, entry, shared) }))
    .sort((a, b) => compareUrgency(a.plain, b.plain))
    .map((entry) => ({ found: { detector: entry.detector, draft: entry.draft }, ...toCounted(db, weak, entry) }));
  return joinDuplicates(ranked, (call) => time.get<{ time: number | null }>(call)?.time ?? Infinity)
    .map(({ found: { detector }, draft, isIncident, severity }) => {
      const entry = { detector, draft: isIncident && isAlarm({ severity }) ? withRefused(db, draft) : draft };
      return { ...entry, plain: toStored(db, entry, shared) };
    })
    .sort((a, b) => compareUrgency(a.plain, b.plain));
}

/** The incident findings with the root cause of their story: a weakness beside an incident was there before it and has causes of its own. */
function withCauses(db: SqlDriver, told: readonly Stored[]): readonly Stored[] {
  const causes = findRootCauses(
    db,
    told.map(({ draft: { principals, calls }, stored: { id, detector, observed, story, family, severity, window, detectedAt } }) => ({
      ...{ id, detector, observed, story, principals, calls, from: window?.[0], crossed: detectedAt },
      isIncident: family === 'incident',
      isGrave: severity !== 'info' && severity !== 'low',
    })),
  );
  return told.map((entry) => {
    const rootCause = entry.stored.family === 'incident' ? causes.get(entry.stored.story) : undefined;
    return rootCause === undefined ? entry : { ...entry, stored: { ...entry.stored, rootCause } };
  });
}

/** Without the leads whose callers no other incident finding names. */
function inCompany(found: readonly Found[]): readonly Found[] {
  const named = new Set(
    found
      .filter(({ detector }) => detector.family === 'incident' && detector.needsCompany !== true)
      .flatMap(({ draft }) => [...draft.principals]),
  );
  return found.filter(({ detector, draft }) => detector.needsCompany !== true || draft.principals.some((id) => named.has(id)));
}

/** All findings in order of urgency, and what could not be answered. */
async function findAll(
  db: SqlDriver,
  { only, breathe, codec, openSecond, wait, progress }: RunOptions,
): Promise<{ readonly stored: readonly Stored[]; readonly unanswered: Unanswered }> {
  const chosen = detectors.filter((detector) => only === undefined || only.includes(detector.id));
  const found: Found[] = [];
  const gaps = await readInputGaps(db, breathe);
  const wholly: (readonly [string, string])[] = [];
  const partly: (readonly [string, PartlyDraft])[] = [];
  const answered = (count: number): void => progress?.(count, chosen.length);
  const outcomes = await askAll(db, chosen, { breathe, codec, openSecond, wait, answered });
  for (const detector of chosen) {
    const outcome = outcomes.get(detector.id);
    if (outcome === undefined) continue;
    if (outcome.kind === 'not-evaluable') wholly.push([detector.id, outcome.reason]);
    else {
      for (const draft of outcome.findings) found.push({ detector, draft });
      if (outcome.partly !== undefined) partly.push([detector.id, { reason: outcome.partly, sources: [] }]);
      for (const part of partlyOf(detector.reads, gaps)) partly.push([detector.id, part]);
    }
  }
  const told = inCompany(settleThefts(found));
  const incidentCredentials = new Set(told.filter((entry) => familyOf(entry) === 'incident').flatMap(({ draft }) => draft.credentials));
  const ranked = rankAndJoin(db, told, incidentCredentials);
  const stories = joinStories(
    ranked.map(({ detector, draft, plain }) => ({
      draft,
      isIncident: familyOf({ detector, draft }) === 'incident',
      opening: openingOf(db, draft, plain),
      window: windowOf(db, draft.calls),
    })),
  );
  const stored = withCauses(
    db,
    ranked.map(({ detector, draft, plain }, index) => ({ detector, draft, stored: { ...plain, story: stories[index] ?? '' } })),
  );
  progress?.(chosen.length, chosen.length);
  return { stored, unanswered: { wholly, partly } };
}

const minuteOf = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;

/** A finding with what the second look says of it. */
function withLook(entry: Stored, look: SecondLook | undefined): Stored {
  if (look === undefined || entry.stored.family !== 'incident') return entry;
  const result = isToldTwice(entry.stored, look)
    ? 'it is told with that part, too: it does not depend on the choice'
    : 'it is not told with that part: it depends on what is held for usual';
  const tested = { explanation: `another part of the evidence is what is usual: until ${minuteOf(look.to)}`, result };
  return { ...entry, stored: { ...entry.stored, benignTested: [...entry.stored.benignTested, tested] } };
}

/** What only the other part tells, as what the rules could not look at with the chosen one. */
const missedBy = (stored: readonly Stored[], look: SecondLook | undefined): Unanswered['partly'] =>
  look === undefined
    ? []
    : compareLooks(stored.map((entry) => entry.stored), look).onlyThere.map(({ detector, title, severity }) => [
        detector,
        { reason: `with what was seen until ${minuteOf(look.to)} as usual it tells as well (${severity}): ${title}`, sources: [] },
      ]); // prettier-ignore

/** Asks every detector its question and tells the incidents, writing nothing. */
export const lookOnly = async (db: SqlDriver, options: RunOptions): Promise<SecondLook['told']> =>
  (await findAll(db, options)).stored
    .filter(({ stored }) => stored.family === 'incident')
    .map(({ stored: { id, detector, title, severity, principals, window } }) => ({
      ...{ id, detector, title, severity, principals },
      ...(window === undefined ? {} : { window }),
    }));

/**
 * Asks every detector its question and writes the findings in order of urgency, each with the arithmetic of its severity, its story and its whole
 * evidence. Deterministic: the same evidence gives the same findings, ids and order.
 */
export async function runDetectors(db: SqlDriver, options: RunOptions): Promise<DetectionSummary> {
  const { stored: found, unanswered } = await findAll(db, options);
  const { wholly, partly } = unanswered;
  const stored = found.map((entry) => withLook(entry, options.look));
  write(db, stored, { wholly, partly: [...partly, ...missedBy(stored, options.look)] });
  const bySeverity: Partial<Record<FindingJson['severity'], number>> = {};
  for (const entry of stored) bySeverity[entry.stored.severity] = (bySeverity[entry.stored.severity] ?? 0) + 1;
  return { findings: stored.length, bySeverity, notEvaluable: wholly.length };
}
