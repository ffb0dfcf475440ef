import { append } from '../../lib/append.ts';
import { durationText } from '../../lib/duration.ts';
import { answerText } from '../store/call-answer.ts';
import { answerOf } from '../store/call-answer.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { fewOf, STRIP_MARKS } from './exhibits/few.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { denseRefusals, REFUSED } from './probes/dense-refusals.ts';
import { doorOf, hopedFor, isDiscovery, isHopedFor } from './probes/doors.ts';
import { findListsTried, MIN_TRIED } from './probes/lists-tried.ts';
import { findRefusalWaves } from './probes/refusal-waves.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, pageCalls, type CallRow } from './rows/page-calls.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { listOf, plural } from './spoken.ts';

/** Different doors knocked at within the window. */
const MIN_DOORS = 20;
/** Of a scanner's list, so few are enough: no client of an API asks for them. */
const MIN_HOPED = 8;
/** Share of the window's calls that were refused or led nowhere. */
const MIN_REFUSED = 0.5;
/** Units: µs. */
const WINDOW = 10 * 60 * 1_000_000;
/** After the probing, an entry belongs to it for so long. Units: µs. */
const LATER = 24 * 3_600 * 1_000_000;
/** A door that so many others go through is public. */
const PUBLIC = 3;

/** Different doors with one answer to the byte: a page for everything. */
const SOFT = 3;

interface Probing {
  readonly caller: Caller;
  /** From the first probe to the last, in time order. */
  readonly probes: readonly CallRow[];
  /** The first answer at a door that the probing had found. */
  readonly entry: CallRow | undefined;
}

/** Callers with enough refused calls to have knocked at so many doors. */
const candidates = (db: SqlDriver): readonly number[] =>
  db
    .prepare(
      `SELECT f.principal_id AS id FROM call c JOIN call_fact f ON f.call_id = c.id
       WHERE ${REFUSED} AND f.same_as IS NULL AND f.principal_id IS NOT NULL GROUP BY 1 HAVING count(DISTINCT c.path) >= ? ORDER BY 1`,
    )
    .all<{ id: number }>(MIN_HOPED)
    .map(({ id }) => id);

const isRefused = ({ status }: CallRow): boolean => status === 401 || status === 403 || status === 404 || status === 405 || status === 501;

const doorsOf = (calls: readonly CallRow[]): ReadonlySet<string> => new Set(calls.map(({ method, path }) => doorOf(method, path)));

/** Paths out of scanners' lists among some calls, with what each asks for. */
const hopesOf = (calls: readonly CallRow[]): ReadonlyMap<string, string> =>
  new Map(
    [...new Set(calls.map(({ path }) => path))].flatMap((path): readonly (readonly [string, string])[] => {
      const what = hopedFor(path);
      return what === undefined ? [] : [[path, what]];
    }),
  );

/** True when a stretch of calls tries doors rather than uses them. */
function isProbing(calls: readonly CallRow[]): boolean {
  const refused = calls.filter(isRefused);
  const doors = doorsOf(refused);
  if (refused.length < MIN_REFUSED * calls.length) return false;
  return doors.size >= MIN_DOORS || hopesOf(refused).size >= MIN_HOPED;
}

/** Rounds: calls without a long pause between them. */
function roundsOf(calls: readonly CallRow[]): readonly (readonly CallRow[])[] {
  const groups: CallRow[][] = [];
  let open: CallRow[] | undefined;
  for (const call of calls) {
    const last = open?.at(-1);
    if (open !== undefined && last !== undefined && call.time - last.time <= WINDOW) open.push(call);
    else groups.push((open = [call]));
  }
  return groups;
}

const answerKey = ({ host, status, bytes }: CallRow): string => `${host} ${String(status)} ${String(bytes)}`;

/** Answers that a host gives at different doors alike, to the byte: its page for what is not there, whatever status it bears. */
function softAnswers(calls: readonly CallRow[]): ReadonlySet<string> {
  const doors = new Map<string, Set<string>>();
  for (const call of calls) {
    if (answerOf(call) !== 'given' || Number.isNaN(call.bytes) || call.bytes === 0) continue;
    const key = answerKey(call);
    const list = doors.get(key) ?? new Set();
    doors.set(key, list.add(doorOf(call.method, call.path)));
  }
  return new Set([...doors].filter(([, paths]) => paths.size >= SOFT).map(([key]) => key));
}

/** The first answer that is known to have given something, during the probing or after it, at a door that the caller had not used before and that is not everybody's. */
function entryOf(db: SqlDriver, all: readonly CallRow[], probes: readonly CallRow[]): CallRow | undefined {
  const [first] = probes;
  const last = probes.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const soft = softAnswers(all);
  const known = new Set(all.filter(({ time }) => time < first.time).map(({ method, path }) => doorOf(method, path)));
  const others = db.prepare('SELECT principals, sensitivity, flags FROM endpoint WHERE id = ?');
  return all.find((call) => {
    if (call.time < first.time || call.time > last.time + LATER || answerOf(call) !== 'given' || call.method === 'OPTIONS') return false;
    if (soft.has(answerKey(call)) || known.has(doorOf(call.method, call.path)) || isDiscovery(call.path)) return false;
    const row = others.get<{ principals: number; sensitivity: number; flags: string }>(call.endpoint);
    return isHopedFor(call.path) || (row !== undefined && row.principals < PUBLIC && (row.sensitivity >= 1 || row.flags !== '[]'));
  });
}

async function findProbings(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly Probing[]> {
  const callers = readCallers(db);
  const found: Probing[] = [];
  const mayProbe = denseRefusals(db, MIN_HOPED, MIN_REFUSED, breathe);
  for (const id of candidates(db)) {
    if (!(await mayProbe(id))) continue;
    const all: CallRow[] = [];
    for (const page of pageCalls(db, 'f.principal_id = ?', id)) {
      append(all, page);
      await breathe();
    }
    all.sort(byTime);
    const probes = roundsOf(all.filter((call) => !isDiscovery(call.path) && call.method !== 'HEAD'))
      .filter(isProbing)
      .flat();
    if (probes.length > 0) found.push({ caller: callerOf(callers, id), probes, entry: entryOf(db, all, probes) });
  }
  return found;
}

/** Doors, refusals and the way in, of one caller or of the strangers of one case. */
function factsOf(probings: readonly Probing[]) {
  const probes = probings.flatMap((each) => each.probes);
  const refused = probes.filter(isRefused).sort(byTime);
  const hopes = hopesOf(refused);
  const entry = probings.length === 1 ? probings[0]?.entry : undefined;
  const [first] = refused;
  const last = refused.at(-1);
  return {
    probes,
    refused,
    entry,
    doors: doorsOf(refused).size,
    hoped: hopes.size,
    askedFor: [...new Set(hopes.values())].sort(),
    seconds: Math.max(1, Math.round(((last?.time ?? 0) - (first?.time ?? 0)) / 1e6)),
    lead: entry === undefined || first === undefined ? undefined : Math.max(0, Math.round((entry.time - first.time) / 1e6)),
    door: entry === undefined ? '' : `${entry.method} ${entry.host}${entry.path}`,
  };
}

const stripOf = (calls: readonly CallRow[], entry: CallRow | undefined): ExhibitDraft => ({
  kind: 'strip',
  title: entry === undefined ? 'From the first probe to the last' : 'From the first probe to the first success',
  lanes: ['refused or not there', 'answered'],
  marks: fewOf(calls, STRIP_MARKS).map((call) => ({
    at: call.id,
    lane: isRefused(call) ? 0 : 1,
    tone: call === entry ? 'grave' : 'refused',
    label: `${call.method} ${call.path} ${answerText(call)}`,
  })),
  omitted: Math.max(0, calls.length - STRIP_MARKS),
});

function severityOf({ entry, door }: ReturnType<typeof factsOf>): SeverityDraft {
  return {
    base: 'low',
    steps: entry === undefined ? [{ by: -1, why: 'every attempt failed' }] : [{ by: 1, why: `${door} answered with ${answerText(entry)}` }],
  };
}

/** Said only of callers that give a scanner's name: whoever hides has no such excuse. */
function orderedScan(db: SqlDriver, probings: readonly Probing[]): FindingDraft['benignTested'] {
  const identity = db.prepare("SELECT substr(identity, 9) AS name FROM principal WHERE id = ? AND identity GLOB 'scanner *'");
  const names = probings.flatMap(({ caller }) => identity.get<{ name: string }>(caller.id)?.name ?? []);
  if (names.length === 0) return [];
  const name = listOf([...new Set(names)].sort(), 2);
  return [
    {
      explanation: 'a scan that was ordered',
      result: `possible: its User-Agent says that it is ${name}, which anybody can write; ask ${name}, and whoever orders tests, whether it was ordered for these hours`,
    },
  ];
}

/** One finding for each caller that is known or got in; one for all strangers that did not. */
function toDraft(db: SqlDriver, probings: readonly Probing[]): FindingDraft {
  const facts = factsOf(probings);
  const { probes, refused, entry, doors, hoped, askedFor, seconds, lead, door } = facts;
  const calls = [...refused, ...(entry === undefined ? [] : [entry])].sort(byTime);
  const [one, ...others] = probings.map(({ caller }) => caller);
  const who = others.length === 0 ? (one?.label ?? 'An unknown principal') : plural(probings.length, 'stranger');
  return {
    subject: others.length === 0 ? `${one?.key ?? ''} ${String(refused[0]?.time ?? 0)}` : 'strangers in vain',
    title: `${who} knocked at ${plural(doors, 'different door')} in ${durationText(seconds)}, ${String(Math.round((refused.length / Math.max(1, probes.length)) * 100))} % refused or not there${askedFor.length === 0 ? '' : `, among them ${listOf(askedFor, 2)}`}${lead === undefined ? '' : `, and got into ${door} after ${durationText(lead)}`}`,
    claim: lead === undefined ? undefined : `${who} knocked at ${plural(doors, 'different door')} and got into ${door}`,
    severity: severityOf(facts),
    confidence: 'observed',
    score: Math.min(1, 0.2 + doors / 500 + (entry === undefined ? 0 : 0.3)),
    principals: probings.map(({ caller }) => caller.id),
    ...whatOf(
      db,
      calls.map(({ id }) => id),
    ),
    crossedAt: refused[Math.min(refused.length, MIN_DOORS) - 1]?.id,
    observed: {
      doors,
      outOfScannersLists: hoped,
      ...(askedFor.length === 0 ? {} : { askedFor }),
      refused: refused.length,
      calls: probes.length,
      seconds,
      ...(lead === undefined ? {} : { secondsToFirstSuccess: lead, firstSuccess: door }),
    },
    expected: { doorsIn10Minutes: `fewer than ${String(MIN_DOORS)}`, refusedShare: `below ${String(MIN_REFUSED)}` },
    benignTested: [
      {
        explanation: 'discovery as MCP, A2A and OAuth clients do it',
        result: 'not counted: well-known addresses, agent cards and health checks are left out',
      },
      ...orderedScan(db, probings),
      {
        explanation: 'a checker of links or of uptime',
        result:
          hoped > 0
            ? `not supported: ${plural(hoped, 'path')} out of scanners’ lists`
            : 'possible: none of the paths is out of a scanner’s list',
      },
    ],
    remediation: [
      'Answer unknown paths and methods alike, and count refusals for each principal.',
      ...(entry === undefined ? [] : [`Look at what ${door} gave, and close it where it is not meant to be open.`]),
    ],
    exhibits: [stripOf(calls, entry)],
  };
}

/** Flags a caller that tries many doors, most of them closed, and says when the first one opened. */
export const reconFanout: Detector = {
  id: 'recon-fanout',
  version: 3,
  title: 'Looking for open doors',
  question: 'Did anyone try out many paths and methods, and did one of them open?',
  about: {
    catches:
      'One principal that tries many paths and methods, most of them closed, with the first try, the first door that opened, and the time between; and an endpoint that refuses many principals in an hour in which it seldom refuses any.',
    inputs: ['calls with status', 'an inventory of what is usually asked for'],
    falsePositives: ['discovery as MCP, A2A and OAuth clients do it', 'a checker of links or of uptime', 'a scanner that was ordered'],
  },
  family: 'incident',
  joinsOthers: true,
  tells: 'where',
  needs: ['chains', 'signals'],
  reads: ['caller', 'time', 'status'],
  maps: {
    owaspApi: ['API9:2023'],
    owaspLlm: [],
    owaspAgentic: ['ASI10'],
    attack: ['T1595.003', 'T1526'],
    atlas: ['AML.T0075', 'AML.T0084.001'],
    cwe: ['CWE-204'],
  },
  settings: [
    { name: 'window', value: '10 min', why: 'a pause that long ends a round of probing' },
    { name: 'minDoors', value: MIN_DOORS, why: 'a client knows the handful of endpoints that it uses; twenty that fail are guesses' },
    {
      name: 'minHopedFor',
      value: MIN_HOPED,
      why: 'no client of an API asks for eight addresses out of scanners’ lists',
    },
    {
      name: 'minTried',
      value: MIN_TRIED,
      why: 'of strangers that find nothing this is the noise of the internet: one note for all of them, with what they hoped for',
    },
    { name: 'minRefused', value: MIN_REFUSED, why: 'who knows the doors is refused now and then, not every other time' },
    { name: 'public', value: PUBLIC, why: 'a door that three principals use was not found by probing' },
  ],
  async run(db, breathe) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    if (db.prepare('SELECT 1 FROM call WHERE status IS NOT NULL LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no call has a status: what was refused cannot be told' };
    const found = await findProbings(db, breathe);
    // Scanners of the whole internet knock at every door of every house; those of this one are told when they try more than the usual list.
    const isVain = ({ caller, entry }: Probing): boolean => caller.weak && entry === undefined;
    const vain = found.filter((probing) => isVain(probing) && doorsOf(probing.probes.filter(isRefused)).size >= MIN_DOORS);
    const told: FindingDraft[] = [];
    for (const probing of found) {
      if (!isVain(probing)) told.push(toDraft(db, [probing]));
      await breathe();
    }
    const waves = findRefusalWaves(db);
    await breathe();
    const named = new Set([...told.flatMap(({ principals }) => principals), ...vain.map(({ caller }) => caller.id)]);
    const listed = await findListsTried(db, named, breathe);
    return { kind: 'evaluated', findings: [...told, ...(vain.length === 0 ? [] : [toDraft(db, vain)]), ...waves, ...listed] };
  },
};
