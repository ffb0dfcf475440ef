import { durationText } from '../../../lib/duration.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import { answerOf, answerText, MAY_BE_GIVEN_SQL } from '../../store/call-answer.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft, SeverityDraft } from '../detector.ts';
import { whoMade } from '../inventory/evidence.ts';
import { listOf, plural } from '../spoken.ts';

/** What an operation does to a trail of AWS CloudTrail. Source: CloudTrail API reference, "Actions". */
const OPERATIONS: Readonly<Record<string, 'off' | 'less' | 'on'>> = {
  StopLogging: 'off',
  DeleteTrail: 'off',
  StopEventDataStoreIngestion: 'off',
  DeleteEventDataStore: 'off',
  UpdateTrail: 'less',
  PutEventSelectors: 'less',
  StartLogging: 'on',
  CreateTrail: 'on',
  StartEventDataStoreIngestion: 'on',
  RestoreEventDataStore: 'on',
};

interface Switch {
  readonly id: number;
  readonly time: number;
  readonly source: number;
  readonly status: number | null;
  readonly flags: number;
  readonly operation: string;
  readonly does: 'off' | 'less' | 'on';
  /** Name of the trail; empty where the record names none. */
  readonly trail: string;
}

const trailOf = (resource: string | undefined): string => {
  let text = resource ?? '';
  try {
    text = decodeURIComponent(text);
  } catch {
    // As it stands: what is no escape is part of the name.
  }
  // A trail is named by itself or by its ARN, `arn:aws:cloudtrail:eu-west-1:123456789012:trail/name`.
  return text.slice(Math.max(text.lastIndexOf('/'), text.startsWith('arn:') ? text.lastIndexOf(':') : -1) + 1);
};

/** Operations on trails that nothing says were refused, in order of time. Cost: one walk along the operations of APIs. */
function readSwitches(db: SqlDriver): readonly Switch[] {
  const rows = db
    .prepare(
      `SELECT c.id, c.time, c.source_id AS source, c.status, c.flags, c.path FROM call c LEFT JOIN call_fact f ON f.call_id = c.id
        WHERE c.flags & ${String(callFlag.operation)} <> 0 AND c.time IS NOT NULL AND f.same_as IS NULL AND ${MAY_BE_GIVEN_SQL}
          AND (${Object.keys(OPERATIONS).map(() => 'c.path = ? OR c.path GLOB ?').join(' OR ')}) ORDER BY c.time, c.id`,
    )
    .all<Omit<Switch, 'operation' | 'does' | 'trail'> & { readonly path: string }>(...Object.keys(OPERATIONS).flatMap((name) => [`/${name}`, `/${name}/*`]));
  return rows.flatMap(({ path, ...row }): readonly Switch[] => {
    const [, operation = '', resource] = path.split('/');
    const does = OPERATIONS[operation];
    return does === undefined ? [] : [{ ...row, operation, does, trail: trailOf(resource) }];
  });
} // prettier-ignore

/** Calls by which a trail was ended or told to keep less, within a time. Units: µs. */
export const trailEndsIn = (db: SqlDriver, from: number, to: number): readonly number[] =>
  readSwitches(db).flatMap(({ id, time, does }) => (does !== 'on' && time >= from && time <= to ? [id] : []));

const text = (time: number): string => printTime(epochMicros(time)).slice(0, 16).replace('T', ' ');

const severityOf = ({ does }: Switch, isOpen: boolean): SeverityDraft =>
  does === 'less'
    ? { base: 'low', steps: [] }
    : { base: 'medium', steps: isOpen ? [{ by: 1, why: 'nothing in the evidence shows that it was switched on again' }] : [] };

function toDraft(db: SqlDriver, off: Switch, on: Switch | undefined, others: number, last: number): FindingDraft {
  const calls = [off.id, ...(on === undefined ? [] : [on.id])];
  const { principals, labels, credentials, chains } = whoMade(db, [off.id]);
  const trail = off.trail === '' ? 'a trail that the record does not name' : `the trail ${off.trail}`;
  const who = listOf(labels, 2) || 'An unknown principal';
  const seconds = Math.max(0, Math.round(((on?.time ?? last) - off.time) / 1e6));
  const isOff = off.does === 'off';
  const end =
    on === undefined
      ? `; nothing shows that it was ${isOff ? 'switched on' : 'changed back'} again until the evidence ends ${durationText(seconds)} later`
      : `, for ${durationText(seconds)}, until ${listOf(whoMade(db, [on.id]).labels, 2) || 'an unknown principal'} did ${on.operation}`;
  return {
    subject: `trail ${off.trail} ${off.operation} ${String(off.time)}`,
    title: `${who} ${isOff ? 'switched off' : 'changed what is kept by'} ${trail} (${off.operation}) at ${text(off.time)} UTC${end}`,
    severity: severityOf(off, on === undefined),
    confidence: answerOf(off) === 'given' ? 'observed' : 'inferred',
    score: isOff ? 0.5 : 0.2,
    principals,
    credentials,
    endpoints: [],
    chains,
    calls,
    crossedAt: off.id,
    observed: { trail: off.trail, operation: off.operation, by: labels, answer: answerText(off), silentFrom: text(off.time), ...(on === undefined ? {} : { silentTo: text(on.time), endedBy: on.operation }), seconds, recordsOfThatLogMeanwhile: others },
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
 * trail, or, for what keeps less, with the next change of it. Attempts that were refused made no hole, and are another detector's.
 */
export function findTrailSwitches(db: SqlDriver): readonly FindingDraft[] {
  const all = readSwitches(db);
  if (!all.some(({ does }) => does !== 'on')) return [];
  const last = db.prepare('SELECT max(time) AS time FROM call').get<{ time: number | null }>()?.time ?? 0;
  const between = db.prepare(
    'SELECT count(*) AS n FROM call c JOIN source s ON s.id = c.source_id WHERE s.format IS (SELECT format FROM source WHERE id = ?) AND c.time > ? AND c.time < ?',
  );
  return all.flatMap((off, at): readonly FindingDraft[] => {
    if (off.does === 'on') return [];
    const on = all.slice(at + 1).find((later) => later.trail === off.trail && (later.does === 'on' || (off.does === 'less' && later.does === 'less')));
    const others = between.get<{ n: number }>(off.source, off.time, on?.time ?? last + 1)?.n ?? 0;
    return [toDraft(db, off, on, others, last)];
  });
} // prettier-ignore
