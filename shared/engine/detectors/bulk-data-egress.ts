import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { missingCallers, missingTimes, rareness, readSignals, whatOf, type ReadSignal } from './signals/read-signals.ts';
import { isWork, toRiseDraft } from './signals/slow-rise.ts';
import { countOf, plural, sizeOf } from './spoken.ts';
import { egressFacts, egressLedger, readEgress } from './exhibits/egress.ts';
import { coverageCurve } from './exhibits/of-calls.ts';
import { peopleFacts } from './people/reached.ts';

/** Data of persons; below it a mass of bytes is a note. */
const SENSITIVE = 2;
/** Times what is expected, from which a slow rise is more than a note. */
const DRIP_RATIO = 3;
/** Less in an hour is a page with pictures. Units: bytes. */
const MIN_MASS = 10_000_000;

/** From here on, and so many times what is usual for the caller, a mass is more than a note though it names nobody. Units: bytes. */
const GREAT_MASS = 100_000_000;
const GREAT_RATIO = 100;

/** An operation that so many ask without a credential, and that names nobody, hands out files to all the world. */
const PUBLIC_CALLERS = 3;

/** Bytes of the answers that not everybody may have. */
const bytesBeyondPublic = (db: SqlDriver, calls: readonly number[]): number =>
  db
    .prepare(
      `SELECT coalesce(sum(c.res_bytes), 0) AS bytes FROM json_each(?) j JOIN call c ON c.id = j.value JOIN call_fact f ON f.call_id = c.id
         JOIN endpoint e ON e.id = f.endpoint_id
        WHERE NOT (e.method = 'GET' AND e.sensitivity = 0 AND e.principals >= ?
          AND NOT EXISTS (SELECT 1 FROM endpoint_auth a WHERE a.endpoint_id = e.id AND a.kind <> 'none'))`,
    )
    .get<{ bytes: number }>(JSON.stringify(calls), PUBLIC_CALLERS)?.bytes ?? 0;

/** A stranger fetched what anybody may: a mirror, a search engine, a large download. */
const isDownload = (db: SqlDriver, signal: ReadSignal): boolean => signal.is('byNetwork') && bytesBeyondPublic(db, signal.calls) < MIN_MASS;

/** Highest sensitivity of the endpoints that answered. */
function worstOf(db: SqlDriver, endpoints: readonly number[]): number {
  const select = db.prepare('SELECT sensitivity FROM endpoint WHERE id = ?');
  return endpoints.reduce((worst, id) => Math.max(worst, select.get<{ sensitivity: number }>(id)?.sensitivity ?? 0), 0);
}

/** What takes a mass of data beyond a note. */
function stepsOf(signal: ReadSignal, worst: number): FindingDraft['severity']['steps'] {
  if (worst < SENSITIVE || signal.is('byNetwork')) return [];
  return [
    { by: 1, why: 'personal data, and no program of the estate' },
    ...(worst >= 3 ? [{ by: 1, why: 'data of the most sensitive class' }] : []),
  ];
}

/** Whatever it holds, so much more than ever is no larger page of the same work. */
function massSteps(signal: ReadSignal): FindingDraft['severity']['steps'] {
  const usual = signal.number('ownUsualBytes');
  const times = signal.number('bytes') / Math.max(1, usual);
  if (signal.is('byNetwork') || signal.number('bytes') < GREAT_MASS || usual <= 0 || times < GREAT_RATIO) return [];
  return [{ by: 1, why: `${countOf(Math.round(times))} times what is usual for it in an hour` }];
}

/** A drip: more bytes or objects than usual, hour after hour. Less than a multiple of it, and work that grew, are a note whatever they hold. */
const toDrip = (db: SqlDriver, signal: ReadSignal): FindingDraft =>
  toRiseDraft(
    db,
    signal,
    signal.number('ratio') < DRIP_RATIO || isWork(db, signal) ? [] : stepsOf(signal, worstOf(db, whatOf(db, signal.calls).endpoints)),
  );

function toDraft(db: SqlDriver, signal: ReadSignal): FindingDraft {
  const { principal } = signal;
  const what = whatOf(db, signal.calls);
  const worst = worstOf(db, what.endpoints);
  const egress = readEgress(db, signal.calls);
  return {
    subject: `${principal.key} ${String(signal.start)}`,
    title: `${principal.label} was given ${sizeOf(signal.number('bytes'))} in an hour by ${plural(signal.number('calls'), 'call')}, where ${sizeOf(signal.number('ownUsualBytes'))} is usual for it`,
    severity: {
      base: 'low',
      steps: [...stepsOf(signal, worst), ...massSteps(signal)],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.3 + Math.log10(signal.number('bytes')) / 20),
    principals: [principal.id],
    ...what,
    crossedAt: signal.calls.at(-1),
    observed: {
      bytes: signal.number('bytes'),
      calls: signal.number('calls'),
      deviation: signal.number('deviation'),
      ...egressFacts(egress),
      ...(peopleFacts(db, signal.calls) ?? { peopleAffected: 'not told: no answer or path that names people is in the evidence' }),
    },
    expected: {
      ownBytesInAnHour: signal.number('ownUsualBytes'),
      ownHours: signal.number('ownHours'),
      peersBytesInAnHour: signal.number('peersUsualBytes'),
      rarityAmongPeers: rareness(signal.p),
    },
    benignTested: [
      {
        explanation: 'a report, backup or file service',
        result: 'not supported: the principal is no service',
      },
      {
        explanation: 'an hour like others of this principal',
        result: `not supported: ${sizeOf(signal.number('ownUsualBytes'))} in the middle of ${plural(signal.number('ownHours'), 'other hour')}`,
      },
    ],
    exhibits: [...egressLedger(egress), coverageCurve(db, 'Different objects over time', signal.calls)],
    remediation: ['Find where the data went next.', 'Limit bytes and records of one principal in an hour to what its task needs.'],
  };
}

/** Flags hours in which a caller was given far more data than ever, and than its peers. */
export const bulkDataEgress: Detector = {
  id: 'bulk-data-egress',
  version: 7,
  title: 'Mass of data',
  question: 'Was anyone given far more data than usual?',
  about: {
    catches:
      'A principal that was given far more bytes or records than it and its peers usually are, in an hour or drop by drop over many.',
    inputs: ['sizes of answers', 'bodies, for the number of people'],
    falsePositives: ['reports and backups', 'services that hand out files'],
  },
  family: 'incident',
  joinsOthers: true,
  tells: 'how-much',
  needs: ['signals', 'inventory'],
  reads: ['time', 'caller', 'answerBytes'],
  maps: {
    owaspApi: ['API4:2023', 'API3:2023'],
    owaspLlm: ['LLM02:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1020', 'T1567', 'T1030'],
    atlas: ['AML.T0025', 'AML.T0086'],
    cwe: ['CWE-200'],
  },
  settings: [
    { name: 'minBytes', value: '10 MB', why: 'less in an hour is a page with pictures' },
    {
      name: 'minDeviation',
      value: 6,
      why: 'robust deviations of the logarithm, above the own hours and above those of the kind; or twenty times the most that any other of the kind was given in an hour',
    },
    {
      name: 'publicCallers',
      value: PUBLIC_CALLERS,
      why: 'a stranger who fetches what as many others ask for without a credential, and what names nobody, downloads',
    },
    { name: 'dripRatio', value: DRIP_RATIO, why: 'times what is expected; a smaller rise that lasts is a note' },
    { name: 'sensitive', value: 'S2', why: 'bytes that name nobody are a note, unless they are very many more than ever' },
    {
      name: 'greatMass',
      value: '100 MB, 100 times',
      why: 'in an hour, against the usual hour of the same principal: no page of its work is so much larger',
    },
  ],
  async run(db, breathe) {
    const reason = missingTimes(db) ?? missingCallers(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    if (db.prepare('SELECT 1 FROM call WHERE res_bytes IS NOT NULL LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no source says how long answers were' };
    const findings: FindingDraft[] = [];
    for (const signal of readSignals(db, 'egress')) {
      // Reports and backups of programs of the estate are their work.
      if (signal.principal.kind !== 'service' && !isDownload(db, signal)) findings.push(toDraft(db, signal));
      await breathe();
    }
    for (const signal of readSignals(db, 'drift')) {
      if (signal.principal.kind !== 'service' && signal.text('measure') !== 'calls' && !isDownload(db, signal))
        findings.push(toDrip(db, signal));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
