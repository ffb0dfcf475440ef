import { durationText } from '../../../lib/duration.ts';
import { least } from '../../../lib/extremes.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { answerText } from '../../store/call-answer.ts';
import { sayStep } from '../../../model/named-operation.ts';
import type { FindingDraft, SeverityDraft } from '../detector.ts';
import { fewOf, LEDGER_ROWS } from '../exhibits/few.ts';
import { readEgress, egressFacts } from '../exhibits/egress.ts';
import { defang } from '../flow/untrusted.ts';
import { inTimeOrder } from '../rows/in-time-order.ts';
import type { Caller } from '../rows/callers.ts';
import { whatOf } from '../signals/read-signals.ts';
import { listOf, plural } from '../spoken.ts';
import type { Led, LedFetch } from './led-fetches.ts';
import { readObjectsTaken, type ObjectsTaken } from './objects-taken.ts';
import type { UsedElsewhere } from './used-elsewhere.ts';
import { steeringCalls } from './steering-calls.ts';

/** Spans of one trace that are all told. */
const MAX_TRACE = 50;

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

interface Parts {
  readonly caller: Caller;
  readonly fetches: readonly LedFetch[];
  readonly given: readonly LedFetch[];
  readonly handed: readonly LedFetch[];
  readonly used: readonly UsedElsewhere[];
  readonly taken: ObjectsTaken;
  /** Hosts whose answers sent the fetches on. */
  readonly redirectors: readonly string[];
}

function severityOf({ given, handed, used }: Parts): SeverityDraft {
  if (handed.length > 0)
    return {
      base: 'critical',
      steps: used.map(({ label, calls, networks }) => ({
        by: 0,
        why: `${label} was then used ${plural(calls.length, 'time')} from ${listOf(networks, 3)}`,
      })),
    };
  return given.length > 0 ? { base: 'high', steps: [] } : { base: 'medium', steps: [{ by: -1, why: 'every attempt failed' }] };
}

function titleOf({ caller, fetches, given, handed, used, redirectors, taken }: Parts): string {
  const services = distinct(fetches.flatMap(({ service }) => (service === '' ? [] : [service])));
  const kinds = distinct((given.length > 0 ? given : fetches).map(({ target }) => `a ${target.kind}`));
  const way = redirectors.length === 0 ? 'under another name' : 'by a redirect';
  const made = used.reduce((sum, { calls }) => sum + calls.length, 0);
  const then =
    made > 0
      ? `and its identity then made ${plural(made, 'call')} from elsewhere${taken.objects === 0 ? '' : `, reading ${plural(taken.objects, 'object')}`}`
      : handed.length > 0
        ? `which handed out a credential ${plural(handed.length, 'time')}`
        : given.length > 0
          ? `which answered ${plural(given.length, 'time')}`
          : 'which refused';
  return `${caller.label} had ${listOf(services.length === 0 ? ['a service'] : services, 2)} ask ${listOf(kinds)} ${way}, ${then}`;
}

const remediationOf = ({ caller, given, handed, used, redirectors }: Parts): readonly string[] => [
  ...used.map(
    ({ label }) =>
      `Disable ${label}, or take its roles away, until its tokens have run out: a token of a metadata service cannot be revoked by itself. Then give it a new account with the rights that its work needs and no more.`,
  ),
  ...(handed.length > 0 && used.length === 0 ? ['Take the identity of the service for stolen: disable it until its tokens have run out, and ask the audit log of the cloud where it was used.'] : []),
  ...(given.length > 0 ? [`Revoke the credentials of ${caller.label}${redirectors.length === 0 ? '' : `, and block ${listOf(redirectors.map(defang), 2)}`}.`] : []),
  'Look at the address after each redirect and look-up, or follow none; let the service fetch from a list of hosts only.',
  'Close the metadata service to the workload: no route to link-local addresses, a session token with a hop limit of 1 (IMDSv2), a sidecar of its own for outgoing calls.',
]; // prettier-ignore

const benignOf = ({ caller, fetches, redirectors, used }: Parts): FindingDraft['benignTested'] => [
  {
    explanation: 'the service asked its own metadata service, as its software does',
    result:
      redirectors.length > 0
        ? `not supported: ${listOf(redirectors.map(defang), 2)}, which is none of ours, sent it there`
        : `not supported: it was refused under one name and asked under another, within what ${caller.label} wanted of it`,
  },
  ...(fetches.some(({ isGiven }) => isGiven) && fetches.some(({ isGiven }) => !isGiven)
    ? [{ explanation: 'a mistake in an address', result: 'not supported: other ways to the same place were tried until one was answered' }]
    : []),
  ...used.map(({ label, homes, programs, callersOwn }) => ({
    explanation: `${label} has moved, or has a second site`,
    result: `not supported: it goes by ${listOf(programs, 2)} there, which it never did at ${listOf(homes, 3)}${callersOwn.length === 0 ? '' : `, and ${listOf(callersOwn, 2)} is where ${caller.label} came from`}`,
  })),
];

const ledgerOf = (db: SqlDriver, fetches: readonly LedFetch[]): NonNullable<FindingDraft['exhibits']> => {
  const path = db.prepare('SELECT m.value AS method, c.path, c.host_id FROM call c LEFT JOIN term m ON m.id = c.method_id WHERE c.id = ?');
  const asked = (id: number): string => {
    const row = path.get<{ method: string | null; path: string | null }>(id);
    return sayStep(row?.method ?? '', row?.path ?? '');
  };
  return [
    {
      kind: 'ledger',
      title: 'What the service was led to fetch',
      head: ['Asked for by', 'Sent on by', 'Target', 'Answer'],
      rows: fewOf(fetches, LEDGER_ROWS).map((fetch) => ({
        at: fetch.id,
        tone: fetch.isGiven ? ('grave' as const) : ('refused' as const),
        cells: [asked(fetch.door.id), fetch.by === undefined ? 'the request itself' : defang(fetch.by.host), defang(fetch.target.url), answerText(fetch)],
      })),
      omitted: Math.max(0, fetches.length - LEDGER_ROWS),
    },
  ];
}; // prettier-ignore

const usedFacts = (used: readonly UsedElsewhere[], taken: ObjectsTaken): FindingDraft['observed'] =>
  used.length === 0
    ? {}
    : {
        identities: used.map(({ label }) => label),
        usedElsewhere: used.reduce((sum, { calls }) => sum + calls.length, 0),
        usedFrom: used.flatMap(({ networks }) => networks),
        programsElsewhere: used.flatMap(({ programs }) => programs).slice(0, 5),
        ...(used.some(({ callersOwn }) => callersOwn.length > 0)
          ? { callersOwnAddress: used.flatMap(({ callersOwn }) => callersOwn) }
          : {}),
        usedAfterSeconds: Math.round(least(used.map(({ after }) => after)) / 1e6),
        objectsTaken: taken.objects,
        ...(taken.shapes.length === 0 ? {} : { objectsTakenFrom: taken.shapes }),
      };

const storyOf = ({ caller, fetches, handed, given, used }: Parts): FindingDraft['story'] => {
  const first = fetches[0];
  const reached = handed[0] ?? given[0];
  return [
    ...(first === undefined || first === reached ? [] : [{ call: first.id, role: 'probe', text: `${caller.label} tried to have a service fetch ${defang(first.target.url)}` }]),
    ...(reached === undefined ? [] : [{ call: reached.id, role: 'theft', text: `${defang(reached.target.url)} answered${reached.isHandedOut ? ' with a credential' : ''}` }]),
    ...used.flatMap(({ calls, label, networks, after }) => (calls[0] === undefined ? [] : [{ call: calls[0], role: 'replay', text: `${label} turned up at ${listOf(networks, 3)}, ${durationText(after / 1e6)} later` }])),
  ];
}; // prettier-ignore

/** All of a trace: its other spans are the same deed. A trace of an hour's work is not, and says nothing more. */
function traceCalls(db: SqlDriver, trace: string | null): readonly number[] {
  if (trace === null) return [];
  const calls = db
    .prepare(`SELECT c.id FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.trace_id = ? AND f.same_as IS NULL LIMIT ${String(MAX_TRACE + 1)}`)
    .all<{ id: number }>(trace);
  return calls.length > MAX_TRACE ? [] : calls.map(({ id }) => id);
} // prettier-ignore

/** The finding about what one caller had services fetch, how far it got, and what was then done with what it got. `more`: other calls of it that belong to it. */
export function ledDraft(
  db: SqlDriver,
  caller: Caller,
  led: Led,
  used: readonly UsedElsewhere[],
  more: readonly number[],
): FindingDraft {
  const { fetches } = led;
  const [given, handed] = [fetches.filter(({ isGiven }) => isGiven), fetches.filter(({ isHandedOut }) => isHandedOut)];
  const redirectors = distinct(fetches.flatMap(({ by }) => by?.host ?? [])).toSorted();
  const elsewhere = used.flatMap(({ calls }) => calls);
  const parts: Parts = { caller, fetches, given, handed, used, redirectors, taken: readObjectsTaken(db, elsewhere) };
  const around = [...fetches.flatMap(({ trace }) => traceCalls(db, trace)), ...fetches.flatMap(({ id, by, outer }) => [id, ...(by === undefined ? [] : [by.call]), ...outer.map((each) => each.id)])];
  const calls = inTimeOrder(db, [...new Set([...around, ...steeringCalls(db, led), ...more, ...elsewhere])]);
  const kinds = distinct(fetches.map(({ target }) => target.kind)).toSorted();
  return {
    subject: `${caller.key} led ${kinds.join()}`,
    title: titleOf(parts),
    severity: severityOf(parts),
    confidence: given.length > 0 ? 'observed' : 'inferred',
    score: given.length > 0 ? 1 : 0.6,
    principals: [...(led.caller === 0 ? [] : [caller.id]), ...used.map(({ principal }) => principal)],
    ...whatOf(db, calls),
    crossedAt: (handed[0] ?? given[0] ?? fetches[0])?.id,
    ...(used.length === 0 ? {} : { tells: 'whose' as const }),
    observed: {
      targets: distinct(fetches.map(({ target }) => defang(target.url))).slice(0, 10), kinds, fetches: fetches.length, answered: given.length, handedOut: handed.length,
      ...(redirectors.length === 0 ? {} : { redirectedBy: redirectors.map(defang) }), services: distinct(fetches.map(({ service }) => service)),
      ...usedFacts(used, parts.taken), ...egressFacts(readEgress(db, elsewhere)),
    },
    expected: { privateTargets: 0 },
    benignTested: benignOf(parts),
    remediation: remediationOf(parts),
    exhibits: ledgerOf(db, fetches),
    story: storyOf(parts),
  };
} // prettier-ignore
