import { groupBy } from '../../../lib/group-by.ts';
import { durationText } from '../../../lib/duration.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import { answerOf, answerText, MAY_BE_GIVEN_SQL } from '../../store/call-answer.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft, SeverityDraft } from '../detector.ts';
import { whoMade } from '../inventory/evidence.ts';
import { countOf, listOf, plural } from '../spoken.ts';

/** Findings of one case: who reads more has forgotten the first. */
const MAX_FINDINGS = 50;
/** Calls of one finding. */
const MAX_CALLS = 200;
/** Operations of an open hole that are named. */
const MAX_NAMED = 4;

/** What an operation does to a trail of AWS CloudTrail. A trail that was created keeps nothing before StartLogging. Source: CloudTrail API reference, "Actions". */
const OPERATIONS: Readonly<Record<string, 'off' | 'less' | 'on'>> = {
  StopLogging: 'off',
  DeleteTrail: 'off',
  StopEventDataStoreIngestion: 'off',
  DeleteEventDataStore: 'off',
  UpdateTrail: 'less',
  PutEventSelectors: 'less',
  StartLogging: 'on',
  StartEventDataStoreIngestion: 'on',
  RestoreEventDataStore: 'on',
};

/** An operation on a trail that nothing says was refused. */
export interface TrailSwitch {
  readonly id: number;
  readonly time: number;
  readonly source: number;
  readonly status: number | null;
  readonly flags: number;
  readonly operation: string;
  readonly does: 'off' | 'less' | 'on';
  /** Name of the trail; empty where the record names none. */
  readonly trail: string;
  /** The ARN that names it, with its account and region; absent where the record has the name alone. */
  readonly arn: string | undefined;
}

function trailOf(resource: string | undefined): Pick<TrailSwitch, 'trail' | 'arn'> {
  let text = resource ?? '';
  try {
    text = decodeURIComponent(text);
  } catch {
    // As it stands: what is no escape is part of the name.
  }
  // A trail is named by itself or by its ARN, `arn:aws:cloudtrail:eu-west-1:123456789012:trail/name`.
  const arn = text.startsWith('arn:') ? text : undefined;
  return { trail: text.slice(Math.max(text.lastIndexOf('/'), arn === undefined ? -1 : text.lastIndexOf(':')) + 1), arn };
}

/** True when two records that name one trail may mean one: a name alone may be that of any account and region. */
const mayBeOne = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

/** Operations on trails that nothing says were refused, in order of time. Cost: one walk along the operations of APIs. */
export function readTrailSwitches(db: SqlDriver): readonly TrailSwitch[] {
  const rows = db
    .prepare(
      `SELECT c.id, c.time, c.source_id AS source, c.status, c.flags, c.path FROM call c LEFT JOIN call_fact f ON f.call_id = c.id
        WHERE c.flags & ${String(callFlag.operation)} <> 0 AND c.time IS NOT NULL AND f.same_as IS NULL AND ${MAY_BE_GIVEN_SQL}
          AND (${Object.keys(OPERATIONS).map(() => 'c.path = ? OR c.path GLOB ?').join(' OR ')}) ORDER BY c.time, c.id`,
    )
    .all<Omit<TrailSwitch, 'operation' | 'does' | 'trail' | 'arn'> & { readonly path: string }>(...Object.keys(OPERATIONS).flatMap((name) => [`/${name}`, `/${name}/*`]));
  return rows.flatMap(({ path, ...row }): readonly TrailSwitch[] => {
    const [, operation = '', resource] = path.split('/');
    const does = OPERATIONS[operation];
    return does === undefined ? [] : [{ ...row, operation, does, ...trailOf(resource) }];
  });
} // prettier-ignore

/** Calls by which a trail was ended or told to keep less, within a time. Units: µs. */
export const trailEndsIn = (switches: readonly TrailSwitch[], from: number, to: number): readonly number[] =>
  switches.flatMap(({ id, time, does }) => (does !== 'on' && time >= from && time <= to ? [id] : [])).slice(0, MAX_CALLS);

/** A trail that was off, or was told to keep less, from the first of some operations on. */
interface TrailHole {
  readonly first: TrailSwitch;
  /** Of the first operation that gives one. */
  arn: string | undefined;
  /** All operations of this kind on the trail until it was switched on again, the first among them. */
  readonly all: TrailSwitch[];
  /** What ended it; nothing ends what keeps less, since a change says not what it changed. */
  end: TrailSwitch | undefined;
}

/** Holes, each trail's in order of time. Cost: one walk, and for each operation the holes of trails of its name. */
function holesOf(switches: readonly TrailSwitch[]): readonly TrailHole[] {
  const holes: TrailHole[] = [];
  for (const ofName of groupBy(switches, ({ trail }) => trail).values()) {
    let open: TrailHole[] = [];
    for (const each of ofName) {
      if (each.does === 'on') {
        for (const hole of open) if (hole.first.does === 'off' && mayBeOne(hole.arn, each.arn)) hole.end = each;
        open = open.filter(({ end }) => end === undefined);
        continue;
      }
      const same = open.find(({ first, arn }) => first.does === each.does && mayBeOne(arn, each.arn));
      if (same === undefined) {
        const hole: TrailHole = { first: each, arn: each.arn, all: [each], end: undefined };
        holes.push(hole);
        open.push(hole);
      } else {
        same.all.push(each);
        same.arn ??= each.arn;
      }
    }
  }
  return holes;
}

const text = (time: number): string => printTime(epochMicros(time)).slice(0, 16).replace('T', ' ');

const severityOf = ({ does }: TrailSwitch, isOpen: boolean): SeverityDraft =>
  does === 'less'
    ? { base: 'low', steps: [] }
    : { base: 'medium', steps: isOpen ? [{ by: 1, why: 'nothing in the evidence shows that it was switched on again' }] : [] };

function endText(db: SqlDriver, { first, all, end }: TrailHole, seconds: number): string {
  if (end !== undefined) return `, for ${durationText(seconds)}, until ${listOf(whoMade(db, [end.id]).labels, 2) || 'an unknown principal'} did ${end.operation}`;
  if (first.does === 'less' && all.length > 1) return ', and changed it again later; whether that brought anything back, the records do not say';
  return `; nothing shows that it was ${first.does === 'off' ? 'switched on' : 'changed back'} again until the evidence ends ${durationText(seconds)} later`;
} // prettier-ignore

function toDraft(db: SqlDriver, hole: TrailHole, others: number, last: number): FindingDraft {
  const { first, all, end } = hole;
  const made = all.slice(0, MAX_CALLS).map(({ id }) => id);
  const { principals, labels, credentials, chains } = whoMade(db, made);
  const trail = first.trail === '' ? 'a trail that the record does not name' : `the trail ${first.trail}`;
  const who = listOf(labels, 2) || 'An unknown principal';
  const seconds = Math.max(0, Math.round(((end?.time ?? last) - first.time) / 1e6));
  const isOff = first.does === 'off';
  const operations = `${listOf([...new Set(all.map(({ operation }) => operation))], MAX_NAMED)}${all.length === 1 ? '' : `, ${countOf(all.length)} times`}`;
  return {
    subject: `trail ${first.trail} ${first.operation} ${String(first.time)}`,
    title: `${who} ${isOff ? 'switched off' : 'changed what is kept by'} ${trail} (${operations}) at ${text(first.time)} UTC${endText(db, hole, seconds)}`,
    severity: severityOf(first, end === undefined),
    confidence: all.some((each) => answerOf(each) === 'given') ? 'observed' : 'inferred',
    score: isOff ? 0.5 : 0.2,
    principals,
    credentials,
    endpoints: [],
    chains,
    calls: [...made, ...(end === undefined ? [] : [end.id])],
    crossedAt: first.id,
    observed: { trail: first.trail, ...(hole.arn === undefined ? {} : { arn: hole.arn }), operation: first.operation, times: all.length, by: labels, answer: answerText(first), silentFrom: text(first.time), ...(end === undefined ? {} : { silentTo: text(end.time), endedBy: end.operation }), seconds, recordsOfThatLogMeanwhile: others },
    expected: { changesOfTrails: 0 },
    benignTested: [
      { explanation: 'an administrator who changes the trail', result: `possible: ask ${who} whether it was planned` },
      { explanation: 'another trail that goes on', result: others === 0 ? 'not supported: that log holds no other record meanwhile' : `possible: that log holds ${plural(others, 'record')} of the time; whether of another trail or region, it does not say` },
    ],
    remediation: ['Take what happened meanwhile from another log (access logs of buckets and load balancers, flow logs, another trail) before concluding that nothing did.', 'Deny StopLogging, DeleteTrail, UpdateTrail and PutEventSelectors by a policy of the organisation to all but one role.'],
  };
} // prettier-ignore

/**
 * Finds trails that somebody switched off, or told to keep less: a hole in the evidence that has an author. It ends with the next operation that starts the same
 * trail; what keeps less ends with nothing, since no record says that a later change took it back. Attempts that were refused made no hole, and are another
 * detector's. Operations of one kind on a trail within one hole are one finding.
 * Shape: in order of time; of very many those that were off before those that keep less, the longest first, and how many are left out.
 */
export function findTrailSwitches(
  db: SqlDriver,
  switches: readonly TrailSwitch[],
): { readonly findings: readonly FindingDraft[]; readonly omitted: number } {
  const holes = holesOf(switches);
  if (holes.length === 0) return { findings: [], omitted: 0 };
  const last = db.prepare('SELECT max(time) AS time FROM call').get<{ time: number | null }>()?.time ?? 0;
  const lengthOf = ({ first, end }: TrailHole): number => (end?.time ?? last) - first.time;
  const told = holes
    .toSorted((a, b) => Number(a.first.does === 'less') - Number(b.first.does === 'less') || lengthOf(b) - lengthOf(a))
    .slice(0, MAX_FINDINGS)
    .toSorted((a, b) => a.first.time - b.first.time || a.first.id - b.first.id);
  const between = db.prepare(
    'SELECT count(*) AS n FROM call c JOIN source s ON s.id = c.source_id WHERE s.format IS (SELECT format FROM source WHERE id = ?) AND c.time > ? AND c.time < ?',
  );
  const findings = told.map((hole) => {
    const others = between.get<{ n: number }>(hole.first.source, hole.first.time, hole.end?.time ?? last + 1)?.n ?? 0;
    return toDraft(db, hole, others, last);
  });
  return { findings, omitted: holes.length - told.length };
} // prettier-ignore
