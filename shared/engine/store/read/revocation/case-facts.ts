import type { Confidence, Family, Severity } from '../../../../contract/report-json.ts';
import { MAY_BE_GIVEN_SQL } from '../../call-answer.ts';
import { SHOWN_CREDENTIAL } from '../../credential-sql.ts';
import type { SqlDriver } from '../../driver.ts';
import type { StoredFinding } from '../../stored-finding.ts';
import { isOpen } from '../findings/open-finding.ts';
import { chainCredential } from './chain-credential.ts';

/** A finding as the plan needs it. */
export interface PlanFinding {
  readonly id: string;
  /** Place in the order of reports. */
  readonly order: number;
  readonly title: string;
  readonly detector: string;
  readonly family: Family;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Units: ms since 1970; absent when its calls have no times. */
  readonly from?: number;
  readonly to?: number;
  readonly detectedAt?: number;
  /** The incident that it is a part of: findings of one story share it; empty for none. */
  readonly story: string;
  /** True where this very finding shows that somebody else holds the credentials that it names. */
  readonly showsTheft: boolean;
}

/** How a credential was used in the calls of incidents. */
export interface IncidentUse {
  readonly calls: number;
  readonly answered: number;
  /** Calls by `principal endpoint` row ids. */
  readonly pairs: ReadonlyMap<string, number>;
  /** By id of the finding: of its calls that show a credential, the share that shows this one. Ratio; none for findings whose calls show none. */
  readonly shares: ReadonlyMap<string, number>;
}

/** Calls of incidents that a caller made with a credential that neither a source nor their chain shows. */
export interface UnseenUse {
  readonly calls: number;
  readonly answered: number;
  /** In the order of reports. */
  readonly findings: readonly PlanFinding[];
}

/** What the findings of the case say about credentials, by row id. */
export interface CaseFacts {
  /** The last call of the evidence. Units: µs. */
  readonly end: number | undefined;
  readonly findings: readonly PlanFinding[];
  readonly findingsOf: ReadonlyMap<number, readonly PlanFinding[]>;
  readonly incidentUse: ReadonlyMap<number, IncidentUse>;
  /** By row id of the principal. */
  readonly unseen: ReadonlyMap<number, UnseenUse>;
  /** Distinct calls of open incidents, whatever they came with. */
  readonly incidentCalls: number;
}

const millis = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time));

/** The finding itself tells of the theft, not another one of its story. */
const showsTheft = ({ id, rootCause }: StoredFinding): boolean =>
  rootCause?.kind === 'stolen' &&
  rootCause.signs.some(
    ({ finding, cause, speaks, strength }) => finding === id && cause === 'stolen' && speaks === 'for' && strength !== 'weak',
  );

function toPlanFinding(stored: StoredFinding, order: number): PlanFinding {
  const { id, title, detector, family, severity, confidence, window, detectedAt, story } = stored;
  const [from, to, detected] = [millis(window?.[0]), millis(window?.[1]), millis(detectedAt)];
  return {
    id,
    order,
    title,
    detector,
    family,
    severity,
    confidence,
    story,
    showsTheft: showsTheft(stored),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(detected === undefined ? {} : { detectedAt: detected }),
  };
}

/** Findings that are neither dismissed nor suppressed, in the order of reports. */
function openFindings(db: SqlDriver): readonly { readonly row: number; readonly stored: StoredFinding }[] {
  return db
    .prepare(`SELECT f.id, f.data FROM finding f WHERE ${isOpen(db, 'f')} ORDER BY f.rank`)
    .all<{ id: number; data: string }>()
    .map(({ id, data }) => ({ row: id, stored: JSON.parse(data) as StoredFinding })); // our own, from `detectors/run.ts`
}

const INCIDENT_CALLS = `
  SELECT fc.finding_id AS finding, fc.call_id AS call, ${MAY_BE_GIVEN_SQL} AS answered,
    ${SHOWN_CREDENTIAL} AS credential,
    f.principal_id AS principal, f.endpoint_id AS endpoint
  FROM finding x JOIN finding_call fc ON fc.finding_id = x.id JOIN call c ON c.id = fc.call_id LEFT JOIN call_fact f ON f.call_id = c.id
  WHERE x.family = 'incident'`;

interface IncidentRow {
  readonly finding: number;
  readonly call: number;
  /** 1 unless the evidence says that it was refused. */
  readonly answered: 0 | 1;
  readonly credential: number | null;
  readonly principal: number | null;
  readonly endpoint: number | null;
}

interface UnseenTally {
  readonly calls: Set<number>;
  readonly answered: Set<number>;
  readonly findings: Set<number>;
}

interface Tally {
  readonly seen: Set<number>;
  answered: number;
  readonly pairs: Map<string, number>;
  readonly answeredIn: Set<number>;
  /** Calls by row id of the finding. */
  readonly inFinding: Map<number, number>;
}

interface Tallies {
  /** Calls with any credential, by row id of the finding. */
  readonly shown: ReadonlyMap<number, number>;
  readonly tallies: Map<number, Tally>;
  readonly unseen: Map<number, UnseenTally>;
  readonly calls: number;
}

function addUnseen(unseen: Map<number, UnseenTally>, { principal, call, answered, finding }: IncidentRow): void {
  if (principal === null) return;
  let tally = unseen.get(principal);
  if (tally === undefined) unseen.set(principal, (tally = { calls: new Set(), answered: new Set(), findings: new Set() }));
  tally.calls.add(call);
  tally.findings.add(finding);
  if (answered === 1) tally.answered.add(call);
}

/** Tallies of each credential over the calls of open incidents. Cost: the evidence of the incidents. */
function tallyIncidents(db: SqlDriver, open: ReadonlySet<number>): Tallies {
  const tallies = new Map<number, Tally>();
  const unseen = new Map<number, UnseenTally>();
  const all = new Set<number>();
  const shown = new Map<number, number>();
  const isShown = chainCredential(db);
  for (const row of db.prepare(INCIDENT_CALLS).iterate<IncidentRow>()) {
    if (!open.has(row.finding)) continue;
    all.add(row.call);
    if (row.credential === null) {
      if (!isShown(row.call)) addUnseen(unseen, row);
      continue;
    }
    let tally = tallies.get(row.credential);
    if (tally === undefined)
      tallies.set(
        row.credential,
        (tally = { seen: new Set(), answered: 0, pairs: new Map(), answeredIn: new Set(), inFinding: new Map() }),
      );
    shown.set(row.finding, (shown.get(row.finding) ?? 0) + 1);
    tally.inFinding.set(row.finding, (tally.inFinding.get(row.finding) ?? 0) + 1);
    const isAnswered = row.answered === 1;
    if (isAnswered) tally.answeredIn.add(row.finding);
    if (tally.seen.has(row.call)) continue;
    tally.seen.add(row.call);
    if (isAnswered) tally.answered += 1;
    const pair = `${String(row.principal ?? 0)} ${String(row.endpoint ?? 0)}`;
    tally.pairs.set(pair, (tally.pairs.get(pair) ?? 0) + 1);
  }
  return { tallies, unseen, calls: all.size, shown };
}

function toUnseenUse({ calls, answered, findings }: UnseenTally, planned: ReadonlyMap<number, PlanFinding>): UnseenUse {
  const about = [...findings].flatMap((row) => planned.get(row) ?? []).sort((a, b) => a.order - b.order);
  return { calls: calls.size, answered: answered.size, findings: about };
}

/** Row ids of credentials by their names; thousands of findings name the same few. */
function credentialIds(db: SqlDriver): (key: string) => number | undefined {
  const select = db.prepare('SELECT credential_id AS id FROM credential_use WHERE key = ?');
  const known = new Map<string, number | undefined>();
  return (key) => {
    if (!known.has(key)) known.set(key, select.get<{ id: number }>(key)?.id);
    return known.get(key);
  };
}

/**
 * Reads which credentials the findings name, and which made calls of incidents. One that only failed in an incident is not of it:
 * a hundred guessed passwords are nothing to revoke.
 */
export function readCaseFacts(db: SqlDriver): CaseFacts {
  const open = openFindings(db);
  const planned = new Map(open.map(({ row, stored }, order) => [row, toPlanFinding(stored, order)]));
  const findingsOf = new Map<number, Set<PlanFinding>>();
  const name = (credential: number, finding: PlanFinding | undefined): void => {
    if (finding === undefined) return;
    const known = findingsOf.get(credential);
    if (known === undefined) findingsOf.set(credential, new Set([finding]));
    else known.add(finding);
  };
  const idOf = credentialIds(db);
  const { tallies, unseen, calls, shown } = tallyIncidents(db, new Set(planned.keys()));
  for (const { row, stored } of open)
    for (const key of stored.credentials) {
      const id = idOf(key);
      const tally = id === undefined ? undefined : tallies.get(id);
      const onlyFailed = stored.family === 'incident' && tally?.answered === 0;
      if (id !== undefined && !onlyFailed) name(id, planned.get(row));
    }
  for (const [credential, tally] of tallies) for (const finding of tally.answeredIn) name(credential, planned.get(finding));
  return {
    end: db.prepare('SELECT max(time) AS time FROM call').get<{ time: number | null }>()?.time ?? undefined,
    findings: [...planned.values()],
    findingsOf: new Map([...findingsOf].map(([credential, set]) => [credential, [...set]])),
    incidentUse: new Map(
      [...tallies].map(([credential, { seen, answered, pairs, inFinding }]) => {
        const shares = new Map(
          [...planned].flatMap(([row, { id }]) => {
            const all = shown.get(row);
            return all === undefined ? [] : [[id, (inFinding.get(row) ?? 0) / all] as const];
          }),
        );
        return [credential, { calls: seen.size, answered, pairs, shares }];
      }),
    ),
    unseen: new Map([...unseen].map(([principal, tally]) => [principal, toUnseenUse(tally, planned)])),
    incidentCalls: calls,
  };
}
