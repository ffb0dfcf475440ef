import { append } from '../../lib/append.ts';
import { durationText } from '../../lib/duration.ts';
import { answerText, MAY_BE_GIVEN_SQL } from '../store/call-answer.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, isGiven, pageCalls, pageFlaggedCalls, type CallRow } from './rows/page-calls.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { listOf, plural } from './spoken.ts';

/** Units: µs. */
const LATER = 24 * 3_600 * 1_000_000;
/** Operations that so many callers of the case use are nobody's privilege. */
const COMMON = 5;
/** Grants by one caller before the incident that make them its work. */
const WORK = 2;
/** Paths that give power over others, told apart from tokens of one's own and from hooks that are merely called. */
const POWER = /(?:^|[/_.-])(?:roles?|permissions?|grants?|rights|scopes?|groups?|members?|memberships?|admins?|policies|policy|acl|api-?keys?|apikeys?|service-?accounts?|clients?|webhooks?|redirect-?uris?|impersonat\w+|sudo|elevat\w+|users?|accounts?)(?:[/_.-]|$)/i; // prettier-ignore
/** Getting or renewing one's own login is no change of power. */
const LOGIN =
  /(?:^|[/_.-])(?:oauth2?|login|logout|signin|sign-in|token|tokens|session|sessions|refresh|password|passwords|verify|challenge)(?:[/_.-]|$)/i;

interface Use {
  readonly grant: CallRow;
  readonly uses: readonly CallRow[];
  readonly how: 'the same principal' | 'the credential that was made';
  readonly elsewhere: boolean;
}

const isGrant = ({ method, path }: CallRow): boolean => method !== 'GET' && method !== 'DELETE' && POWER.test(path) && !LOGIN.test(path);

async function readGrants(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly CallRow[]> {
  const grants: CallRow[] = [];
  for (const page of pageFlaggedCalls(db, 'grants-power')) {
    append(
      grants,
      page.filter((call) => isGiven(call) && isGrant(call)),
    );
    await breathe();
  }
  return grants.sort(byTime);
}

/** Uses of a credential that the answer of this call held. */
function usesOfMade(db: SqlDriver, grant: CallRow): Use | undefined {
  const row = db
    .prepare(
      `SELECT x.credential_id AS id FROM exposure x WHERE x.call_id = ? AND x.side = 'response' AND x.credential_id IS NOT (SELECT credential_id FROM call WHERE id = ?) LIMIT 1`,
    )
    .get<{ id: number }>(grant.id, grant.id);
  if (row === undefined) return undefined;
  const uses = [...pageCalls(db, 'c.credential_id = ? AND c.time BETWEEN ? AND ?', row.id, grant.time, grant.time + LATER)]
    .flat()
    .filter(isGiven)
    .sort(byTime);
  const [first] = uses;
  if (first === undefined) return undefined;
  const context = db.prepare('SELECT client_ip_id AS ip FROM call WHERE id = ?');
  const ip = (id: number): number | null | undefined => context.get<{ ip: number | null }>(id)?.ip;
  return { grant, uses, how: 'the credential that was made', elsewhere: ip(first.id) !== ip(grant.id) };
}

/** What the caller of a grant could do within a day that it had never been let in to before. */
function usesOfCaller(db: SqlDriver, grant: CallRow): Use | undefined {
  const before = new Set(
    db
      .prepare(`SELECT DISTINCT f.endpoint_id AS id FROM call c JOIN call_fact f ON f.call_id = c.id WHERE f.principal_id = ? AND c.time < ? AND ${MAY_BE_GIVEN_SQL}`)
      .all<{ id: number | null }>(grant.principal, grant.time)
      .map(({ id }) => id),
  );
  const uses = [...pageCalls(db, "f.principal_id = ? AND c.time > ? AND c.time <= ? AND e.principals < ? AND (e.flags <> '[]' OR e.sensitivity >= 2)", grant.principal, grant.time, grant.time + LATER, COMMON)]
    .flat()
    .filter((call) => isGiven(call) && !before.has(call.endpoint) && call.endpoint !== grant.endpoint)
    .sort(byTime);
  return uses.length === 0 ? undefined : { grant, uses, how: 'the same principal', elsewhere: false };
} // prettier-ignore

/** When a caller had given such power often enough for it to be its work; never for fewer. Units: µs. */
function settledFrom(grants: readonly CallRow[]): (grant: CallRow) => number {
  const keyOf = ({ principal, endpoint }: CallRow): string => `${String(principal)} ${String(endpoint)}`;
  const times = new Map<string, number[]>();
  for (const grant of grants) {
    const known = times.get(keyOf(grant)) ?? [];
    times.set(keyOf(grant), known);
    if (known.length < WORK) known.push(grant.time);
  }
  return (grant) => times.get(keyOf(grant))?.[WORK - 1] ?? Infinity;
}

/** True when the grant names the one who makes it: by its label or subject in the path. */
const isForItself = (caller: Caller, grant: CallRow): boolean =>
  grant.path.split('/').some((segment) => segment.length >= 3 && (segment === caller.label || caller.key.endsWith(segment)));

function severityOf({ uses, how, elsewhere }: Use, isNew: boolean, itself: boolean): SeverityDraft {
  return {
    base: 'medium',
    steps: [
      ...(itself ? [{ by: 1, why: 'the one who was given power is the one who gave it' }] : []),
      ...(how === 'the credential that was made' && elsewhere ? [{ by: 1, why: 'the new credential was used from another address' }] : []),
      ...(isNew && uses.length > 0 ? [] : [{ by: -1, why: 'others give such power in the usual course of things' }]),
    ],
  };
}

function toDraft(db: SqlDriver, caller: Caller, uses: readonly Use[], peers: number): FindingDraft {
  const [first] = uses;
  const grants = uses.map(({ grant }) => grant);
  const after = [...new Map(uses.flatMap((each) => each.uses).map((call) => [call.id, call])).values()].sort(byTime);
  const itself = grants.some((grant) => isForItself(caller, grant));
  const strongest = uses.find(({ elsewhere }) => elsewhere) ?? first;
  const lead = first === undefined || after[0] === undefined ? 0 : Math.max(0, Math.round((after[0].time - first.grant.time) / 1e6));
  const paths = [...new Set(grants.map(({ method, path }) => `${method} ${path}`))];
  const calls = [...grants, ...after].sort(byTime);
  return {
    subject: `${caller.key} ${String(first?.grant.time ?? 0)}`,
    title: `${caller.label} gave ${itself ? 'itself ' : ''}power by ${listOf(paths, 2)}, and ${strongest?.how === 'the credential that was made' ? 'the new credential' : 'it'} used what was new ${durationText(lead)} later: ${plural(after.length, 'call')}`,
    severity: strongest === undefined ? { base: 'medium', steps: [] } : severityOf(strongest, peers === 0, itself),
    confidence: strongest?.how === 'the credential that was made' ? 'observed' : 'inferred',
    score: Math.min(1, 0.4 + (itself ? 0.2 : 0) + (strongest?.elsewhere === true ? 0.2 : 0)),
    principals: [...new Set(calls.map(({ principal }) => principal))],
    ...whatOf(
      db,
      calls.map(({ id }) => id),
    ),
    crossedAt: after[0]?.id,
    observed: { grants: paths.slice(0, 10), uses: after.length, secondsFromGrantToUse: lead, throughNewCredential: strongest?.how === 'the credential that was made', fromAnotherAddress: strongest?.elsewhere ?? false },
    expected: { othersWhoDoSo: peers },
    benignTested: [
      { explanation: 'an administrator at work', result: peers === 0 ? 'not supported: nobody else gives such power in this evidence, and this principal had not before' : `possible: ${plural(peers, 'other principal')} ${peers === 1 ? 'does' : 'do'} so` },
      { explanation: 'a pipeline that sets things up', result: caller.kind === 'service' ? 'possible: the principal is a service' : `not supported: the principal is ${caller.kind === 'human' ? 'a person' : caller.kind}` },
    ],
    remediation: ['Take back what was given and end the credentials made by it.', 'Let nobody give power to himself: ask a second person.'],
    exhibits: [
      {
        kind: 'steps',
        title: 'Given, then used',
        steps: [
          ...grants.slice(0, 5).map((grant) => ({ at: grant.id, state: 'done' as const, text: `power given: ${grant.method} ${grant.path}` })),
          ...after.slice(0, 8).map((call) => ({ at: call.id, state: 'crossed' as const, text: `used: ${call.method} ${call.host}${call.path} ${answerText(call)}` })),
        ],
      },
    ],
  };
} // prettier-ignore

/** Flags power that is given and then used by the giver, or by the credential that was made for it. */
export const privilegeChangeThenUse: Detector = {
  id: 'privilege-change-then-use',
  version: 1,
  title: 'Power given, then used',
  question: 'Did anyone give power to itself, or make a credential that was then used elsewhere?',
  about: {
    catches: 'Power given to oneself or to a credential made for it, and used soon after: a role, a key, a consent, a member.',
    inputs: ['calls with a known principal, path template and status', 'answers or credentials that show what was made'],
    falsePositives: ['an administrator at work', 'a pipeline that sets an environment up'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'baseline'],
  reads: ['caller', 'time', 'status'],
  maps: {
    owaspApi: ['API5:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI03', 'ASI10'],
    attack: ['T1098.001', 'T1098.003', 'T1136.003'],
    atlas: ['AML.T0081'],
    cwe: ['CWE-863'],
  },
  settings: [
    { name: 'later', value: '24 h', why: 'what is used after a day cannot be told from ordinary work' },
    { name: 'common', value: COMMON, why: 'what five principals may do is nobody’s privilege' },
    { name: 'work', value: WORK, why: 'two grants before the incident make them the principal’s work' },
  ],
  async run(db, breathe) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const callers = readCallers(db);
    const grants = await readGrants(db, breathe);
    const baselineTo = Number(getMeta(db, 'baseline_to') ?? -Infinity);
    const settled = settledFrom(grants);
    const byCaller = new Map<number, Use[]>();
    for (const grant of grants) {
      await breathe();
      if (settled(grant) < Math.min(baselineTo, grant.time)) continue;
      const itself = isForItself(callerOf(callers, grant.principal), grant);
      const use = usesOfMade(db, grant) ?? (itself ? usesOfCaller(db, grant) : undefined);
      if (use !== undefined) byCaller.set(grant.principal, [...(byCaller.get(grant.principal) ?? []), use]);
    }
    const findings = [...byCaller].map(([id, uses]) => {
      const endpoints = new Set(uses.map(({ grant }) => grant.endpoint));
      const peers = new Set(grants.filter((grant) => grant.principal !== id && endpoints.has(grant.endpoint)).map(({ principal }) => principal)).size;
      return toDraft(db, callerOf(callers, id), uses, peers);
    });
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
